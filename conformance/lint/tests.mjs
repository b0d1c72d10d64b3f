// What a schema cannot say of tests: ids, counts, flags, inputs, tokens, faults.
import { expand, jcs } from '../generator/text.mjs'
import { readJson, testsOf } from './files.mjs'

const repeatedIn = (values) => [...new Set(values.filter((value, i) => values.indexOf(value) !== i))]
const prefixOf = (id) => id.slice(0, id.indexOf('-'))

/** Suites that are all named after their prefix share it: policy-claims and policy-shape, with policy-0001. */
const isFamily = (prefix, suites) => suites.every((suite) => suite.startsWith(`${prefix}-`))

export function* identity(files) {
  const ids = files.flatMap(({ file }) => testsOf(file).map(({ id }) => id))
  yield ['ids are unique', [...new Set(ids)].length === ids.length ? [] : repeatedIn(ids)]
  const owners = new Map()
  for (const { name, file } of files) {
    const prefixes = [...new Set(testsOf(file).map(({ id }) => prefixOf(id)))]
    const [prefix] = prefixes
    const owner = owners.get(prefix) ?? file.suite
    owners.set(prefix, owner)
    const isOwn = owner === file.suite || isFamily(prefix, [owner, file.suite])
    yield [`${name} has a prefix of its own`, isOwn ? [] : [`${prefix} is of ${owner}`]]
    yield [`${name} has one prefix`, prefixes.length === 1 ? [] : prefixes]
    yield [`${name} is named after its suite`, name === `${file.suite}.json` ? [] : [file.suite]]
    const count = testsOf(file).length
    yield [`${name} counts its tests`, count === file.numberOfTests ? [] : [`${count}, not ${file.numberOfTests}`]]
  }
}

export function* flags(files) {
  for (const { name, file } of files) {
    const used = new Set(testsOf(file).flatMap((test) => test.flags))
    const explained = Object.keys(file.notes)
    yield [`${name} explains its flags`, [...used].filter((flag) => !explained.includes(flag))]
    yield [`${name} uses its notes`, explained.filter((flag) => !used.has(flag))]
    const kits = Object.keys(file.kits ?? {})
    const named = new Set(testsOf(file).map(({ kit }) => kit))
    const inline = (kit) => typeof kit !== 'string'
    yield [`${name} defines its kits`, [...named].filter((kit) => !inline(kit) && !kits.includes(kit))]
    yield [`${name} uses its kits`, kits.filter((kit) => !named.has(kit))]
  }
}

const isText = (value) => value !== null && typeof value === 'object' && 'repeat' in value && 'times' in value
/** A test as what goes in: kits by value, repetitions written out, without what only a reader sees. */
const inputOf = (file, test) => {
  const { id, comment, flags: _flags, expected, headerText, payloadText, kit, ...input } = test
  const written = Object.entries(input).map(([name, value]) => [name, isText(value) ? expand(value) : value])
  const config = typeof kit === 'string' ? file.kits?.[kit] : kit
  return jcs(JSON.parse(JSON.stringify({ ...Object.fromEntries(written), kit: config, kind: file.kind })))
}

export function* inputs(files) {
  const seen = new Map()
  for (const { name, file } of files) {
    const problems = []
    for (const test of testsOf(file)) {
      const input = inputOf(file, test)
      const other = seen.get(input)
      if (other)
        problems.push(
          `${test.id} has the input of ${other.id}${jcs(other.expected) === jcs(test.expected) ? '' : ', and another answer'}`,
        )
      seen.set(input, test)
    }
    yield [`${name} repeats no input`, problems]
  }
}

const decoded = (segment) => Buffer.from(segment, 'base64url').toString('utf8')

/** headerText and payloadText are what the token says; so are the texts of a minted one. */
const tokenProblems = (file, test) => {
  const isMinted = file.kind === 'sign' || file.kind === 'delegation'
  const token = isMinted ? test.expected.token : test.token
  const texts = isMinted ? [test.expected.header, test.expected.payload] : [test.headerText, test.payloadText]
  if (token === undefined || typeof token !== 'string') {
    return texts.some((text) => text !== undefined) && !isMinted && !isText(token)
      ? [`${test.id} has texts without a token`]
      : []
  }
  const segments = token.split('.')
  return texts.flatMap((text, i) =>
    text === undefined || decoded(segments[i] ?? '') === text ? [] : [`${test.id} segment ${i}`],
  )
}

export function* tokens(files) {
  for (const { name, file } of files) {
    yield [`${name} shows what its tokens say`, testsOf(file).flatMap((test) => tokenProblems(file, test))]
  }
}

const faultProblem = (codes, { code, claim, variable }) => {
  const entry = codes.get(code)
  if (!entry) return `${code} is not in errors.json`
  if (entry.error === 'ConfigError') return claim === undefined ? undefined : `${code} names no claim`
  if (variable !== undefined) return `${code} names no variable`
  if (entry.claim === 'none') return claim === undefined ? undefined : `${code} names no claim`
  if (entry.claim !== 'fault') return claim === entry.claim ? undefined : `${code} names ${entry.claim}`
  return claim !== undefined || code === 'value_unsupported' ? undefined : `${code} names a claim`
}

export function* faults(files) {
  const codes = new Map(readJson('errors.json').codes.map((entry) => [entry.code, entry]))
  for (const { name, file } of files) {
    const problems = testsOf(file)
      .filter(({ expected }) => expected.fault)
      .map(({ id, expected }) => [id, faultProblem(codes, expected.fault)])
      .filter(([, problem]) => problem)
    yield [`${name} expects faults of errors.json`, problems.map((problem) => problem.join(': '))]
  }
  yield ['errors.json lists each code once', repeatedIn([...readJson('errors.json').codes.map(({ code }) => code)])]
}
