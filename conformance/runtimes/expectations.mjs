// What a runtime cannot do is an asserted rejection: it must refuse with the code that is listed, and nothing else may fail.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../expectations/', import.meta.url))
const LISTS = ['HS512', 'EdDSA', 'outside']
const ENTRY = ['code', 'issue', 'reason', 'test']
const OUTSIDE = /"(?:RS256|PS256|ES256|ES384|ES512)"/

/** The rejections that a runtime is expected to answer with, by test. Throws where the file is not as it must be. */
export function readExpectations(runtime, read = (name) => readFileSync(`${folder}${name}.json`, 'utf8')) {
  const { format, runtime: name, ...lists } = JSON.parse(read(runtime))
  const wrong = (what) => {
    throw new Error(`expectations/${runtime}.json: ${what}`)
  }
  if (format !== 1 || name !== runtime) wrong('not the file of this runtime, format 1')
  if (`${Object.keys(lists)}` !== `${LISTS}`) wrong(`the lists are ${LISTS}`)
  if (lists.HS512.length + lists.EdDSA.length > 0) wrong('every runtime can do all of HS512 and EdDSA')
  const rejections = new Map()
  for (const entry of lists.outside) {
    if (`${Object.keys(entry).sort()}` !== `${ENTRY}`) wrong(`an entry has ${ENTRY}`)
    if (!Object.values(entry).every((value) => typeof value === 'string' && value !== '')) wrong('an empty member')
    if (!/^https:\/\/\S+$/.test(entry.issue)) wrong(`${entry.test}: the issue is the address of the runtime's own`)
    if (rejections.has(entry.test)) wrong(`${entry.test}: listed twice`)
    rejections.set(entry.test, entry)
  }
  return rejections
}

/** The ids of the tests in vector files, and which of them use an algorithm of outside issuers. */
export function indexOf(files) {
  const index = new Map()
  for (const { kits = {}, groups } of files)
    for (const { tests } of groups)
      for (const test of tests) {
        const kit = typeof test.kit === 'string' ? kits[test.kit] : undefined
        index.set(test.id, { isOutside: OUTSIDE.test(JSON.stringify([test, kit])) })
      }
  return index
}

/**
 * Holds results against what is expected of a runtime.
 *
 * @returns how many passed, and a sentence for each failure: a test that failed, passed unexpectedly, did not run or ran
 *   twice, and a listed rejection of a test that is not there
 */
export function judge(results, rejections, index) {
  const failures = []
  const ran = new Set()
  let passed = 0
  for (const { id, passed: holds, expected, got } of results) {
    const rejection = rejections.get(id)
    const isRejected = !holds && rejection !== undefined && got?.fault?.code === rejection.code
    if (ran.has(id) || !index.has(id)) failures.push(`${id}: ran, but is no test of the suite, or ran twice`)
    else if (rejection && holds)
      failures.push(`${id}: passes, though ${rejection.code} is expected: ${rejection.reason}`)
    else if (holds || isRejected) passed += 1
    else failures.push(`${id}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`)
    ran.add(id)
  }
  for (const id of index.keys()) if (!ran.has(id)) failures.push(`${id}: did not run`)
  for (const id of rejections.keys()) {
    if (!index.has(id)) failures.push(`${id}: a rejection of a test that does not exist`)
    else if (!index.get(id).isOutside) failures.push(`${id}: a rejection, but of no algorithm of outside issuers`)
  }
  return { passed, failures }
}
