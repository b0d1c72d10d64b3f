// node conformance/generator/generate.mjs [--check] [source…]: writes vectors/<suite>.json from sources/*.mjs, or compares.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { confirm } from './confirm.mjs'
import { toolbox } from './toolbox.mjs'

const SOURCES = new URL('sources/', import.meta.url)
const VECTORS = new URL('../vectors/', import.meta.url)

/** Pure ASCII, so that no editor, archive or parser can change a hostile character on its way. */
const ascii = (text) =>
  text.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
const serialized = (file) => `${ascii(JSON.stringify(file, null, 1))}\n`

const isConfirmable = (kind, { expected, operation }) => {
  if (kind === 'verify') return expected.claims !== undefined && operation !== 'decodeUnverified'
  return (kind === 'sign' || kind === 'delegation') && expected.token !== undefined
}

const checkIds = (prefix, tests, seen) => {
  for (const { id } of tests) {
    if (!new RegExp(`^${prefix}-[0-9]{4}$`).test(id)) throw new Error(`${id}: not an id with the prefix ${prefix}`)
    if (seen.has(id)) throw new Error(`${id}: given twice`)
    seen.add(id)
  }
}

const confirmAll = async ({ kind, kits = {}, groups }) => {
  for (const test of groups.flatMap((group) => group.tests)) {
    if (!isConfirmable(kind, test)) continue
    const kit = typeof test.kit === 'string' ? kits[test.kit] : test.kit
    if (!kit) throw new Error(`${test.id}: no kit named ${test.kit}`)
    await confirm(kind, test, kit)
  }
}

const read = async (name, seen) => {
  const { default: exported } = await import(new URL(name, SOURCES))
  const source = typeof exported === 'function' ? await exported(toolbox) : exported
  const { suite, kind, prefix, notes, kits, groups } = source
  const tests = groups.flatMap((group) => group.tests)
  checkIds(prefix, tests, seen)
  await confirmAll(source)
  const head = { format: 1, suite, kind, numberOfTests: tests.length, notes }
  return { name: `${suite}.json`, text: serialized({ ...head, ...(kits && { kits }), groups }) }
}

const options = process.argv.slice(2)
const named = options.filter((option) => !option.startsWith('--'))
const all = readdirSync(SOURCES).filter((name) => name.endsWith('.mjs'))
const chosen = named.length > 0 ? named.map((name) => `${name}.mjs`) : all.sort()

const readAll = async () => {
  const seen = new Set()
  const files = new Map()
  for (const source of chosen) {
    const { name, text } = await read(source, seen)
    if (files.has(name)) throw new Error(`${source}: another source already makes ${name}`)
    files.set(name, text)
  }
  return files
}

const onDisk = () => readdirSync(VECTORS).filter((name) => name.endsWith('.json'))

const differing = (files) => {
  const isSame = (name) => onDisk().includes(name) && readFileSync(new URL(name, VECTORS), 'utf8') === files.get(name)
  const stale = named.length > 0 ? [] : onDisk().filter((name) => !files.has(name))
  return [...[...files.keys()].filter((name) => !isSame(name)), ...stale]
}

const files = await readAll()
if (options.includes('--check')) {
  const names = differing(files)
  for (const name of names) console.error(`differs from its source: conformance/vectors/${name}`)
  process.exitCode = names.length > 0 ? 1 : 0
} else {
  for (const name of differing(files)) {
    if (files.has(name)) writeFileSync(new URL(name, VECTORS), files.get(name))
    else rmSync(new URL(name, VECTORS))
    console.log(fileURLToPath(new URL(name, VECTORS)))
  }
}
