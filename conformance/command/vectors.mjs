// Random files of vectors: real tests with members taken out, put in and turned into something else, at any depth.
import { readdirSync, readFileSync } from 'node:fs'
import { random, value } from '../across/random.mjs'

// Those of which both runners know the shape of a test: any other could ask for a billion of something.
const KINDS = [
  'sign',
  'verify',
  'delegation',
  'policy',
  'keys',
  'thumbprint',
  'jwks',
  'config',
  'local-jwks',
  'provider',
  'jwks-timeline',
]
const folder = new URL('../vectors/', import.meta.url)
const ODD = [
  'kit',
  'now',
  'token',
  'options',
  'stores',
  'expected',
  'fault',
  'value',
  'plain',
  'repeat',
  'times',
  'clock',
  'self',
  '__proto__',
]

const files = () =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')))
    .filter(({ kind }) => KINDS.includes(kind))

/** So many scenarios of one seed. */
export function randomVectors(seed, count) {
  const r = random(seed)
  const { pick, chance } = r
  const suites = files()

  /** A copy in which one thing is different. */
  const changed = (it, depth) => {
    if (typeof it !== 'object' || it === null || depth === 0 || chance(0.15)) return other(it)
    if (Array.isArray(it)) {
      if (it.length === 0 || chance(0.1)) return [...it, value(r, 1)]
      const at = r.below(it.length)
      return chance(0.2)
        ? it.filter((_, index) => index !== at)
        : it.map((item, index) => (index === at ? changed(item, depth - 1) : item))
    }
    const names = Object.keys(it)
    const name = names.length === 0 || chance(0.1) ? pick(ODD) : pick(names)
    const entries = Object.entries(it).filter(([each]) => each !== name)
    return Object.fromEntries(chance(0.2) ? entries : [...entries, [name, changed(it[name], depth - 1)]])
  }
  const other = (it) => {
    if (typeof it === 'string' && chance(0.6)) {
      const at = r.below(it.length + 1)
      return it.slice(0, at) + pick(['', 'A', '"', '{', ' ', '\u00e9', '9', '=', '.']) + it.slice(at + r.below(3))
    }
    if (typeof it === 'number' && chance(0.6)) return pick([it + 1, -it, it / 2, it * 1000, 0, 2 ** 53, 1e21])
    return value(r, 2)
  }
  return Array.from({ length: count }, (_, index) => {
    const { format, suite, kind, kits, groups } = pick(suites)
    const test = pick(pick(groups).tests)
    let file = {
      format,
      suite,
      kind,
      ...(kits && { kits: chance(0.8) && typeof test.kit === 'string' ? { [test.kit]: kits[test.kit] } : kits }),
      groups: [{ name: 'g', tests: [test] }],
    }
    if (chance(0.8)) file.groups[0].tests = [changed(test, 8)]
    else file = changed(file, 9)
    return {
      name: `vectors ${index}`,
      argv: ['conformance', 'a.json', ...(chance(0.5) ? ['--json'] : [])],
      files: { 'a.json': JSON.stringify(file) ?? '' },
    }
  })
}
