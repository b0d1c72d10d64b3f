// The error codes that docstrings name: of both languages, and against what the vectors expect.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { python, root } from '../../setup.mjs'
import { tagged } from './typescript.mjs'

const contract = (path) => JSON.parse(readFileSync(join(root, 'conformance', path), 'utf8'))

export const CODES = ['errors.json', 'issuer/errors.json', 'redis/errors.json'].flatMap((path) =>
  contract(path).codes.map(({ code }) => code),
)

const snake = (name) => name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase()

/** Calls that make what a class of the other language makes. */
const MADE = { 'Kit.__init__': 'create_kit', kit: 'create_kit', 'Authority.__init__': 'create_authority' }

/** `Kit.checkAuth` and `Kit.check_auth` are one name, and so are `createKit` and `Kit.__init__`. */
const nameOf = (name) => {
  const [last, owner] = name
    .replace(/^[\w/]+: /, '')
    .split('.')
    .reverse()
  const one = owner ? `${owner}.${snake(last)}` : snake(last)
  return MADE[one] ?? one
}

/** What is said under each name, one text for each class of errors. */
export function sayingsOfTypeScript(members) {
  const sayings = {}
  for (const member of members)
    for (const text of tagged(member, '@throws')) {
      const [, error, said] = /^(\w+) - (.*)$/s.exec(text) ?? ['', text, '']
      const name = nameOf(member.name)
      sayings[name] = { ...sayings[name], [error]: `${sayings[name]?.[error] ?? ''} ${said}` }
    }
  return sayings
}

/** The same of Python. */
export function sayingsOfPython() {
  const { stdout, stderr } = spawnSync(python, [join(root, 'python', 'house', 'raises.py')], { encoding: 'utf8' })
  if (!stdout) throw new Error(stderr)
  return Object.fromEntries(Object.entries(JSON.parse(stdout)).map(([name, one]) => [nameOf(name), one]))
}

/** The codes of a text: those that it names, and those of the functions that it refers to. */
function codesOf(sayings, name, error, seen = new Set()) {
  const key = `${name} ${error}`
  if (seen.has(key)) return []
  seen.add(key)
  const said = sayings[name]?.[error] ?? ''
  const named = [...said.matchAll(/`([\w.]+)`/g)].map(([, one]) => one)
  const owner = name.includes('.') ? `${name.split('.')[0]}.` : ''
  const referred =
    said
      .match(/\bas [^;]*/g)
      ?.flatMap((part) => [...part.matchAll(/`(?:kit_jwt\.)?([\w.]+)`/g)].map(([, one]) => nameOf(one))) ?? []
  return [
    ...named.filter((one) => CODES.includes(one)),
    ...referred.flatMap((one) => codesOf(sayings, sayings[owner + one] ? owner + one : one, error, seen)),
  ]
}

/** The codes that a function is said to refuse with, sorted. */
export const said = (sayings, name) =>
  [...new Set(Object.keys(sayings[name] ?? {}).flatMap((error) => codesOf(sayings, name, error)))].sort()

/**
 * What differs for a reason: a runtime lacks what another has, and answers later what another answers at once; TypeScript
 * imports the keys of a kit at the first use, Python when the kit is made.
 */
const isOfLanguage = (name, code) =>
  code === 'runtime_unsupported' ||
  (code === 'key_invalid' && /^(Kit\.|sign$|verify$|check_auth$|create_delegated_token$)/.test(name))

/** The codes that one language names and the other does not, under names that both have. */
export function* differences(typescript, python) {
  for (const name of Object.keys(typescript).filter((one) => one in python)) {
    const [here, there] = [said(typescript, name), said(python, name)]
    const differ = [...here.filter((code) => !there.includes(code)), ...there.filter((code) => !here.includes(code))]
    for (const code of differ) if (!isOfLanguage(name, code)) yield `${name}: ${code}`
  }
}

/** What the tests of a vector file call, by kind and operation. */
const CALLS = {
  sign: ['Kit.sign'],
  verify: ['Kit.verify'],
  'verify checkAuth': ['Kit.check_auth'],
  'verify consumeOnce': ['Kit.verify', 'Kit.consume_once'],
  'verify decodeUnverified': ['Kit.decode_unverified'],
  delegation: ['Kit.create_delegated_token', 'unsafe_trust_claims'],
  policy: ['parse_policy', 'unsafe_trust_claims'],
  'keys importSecret': ['import_secret'],
  'keys importPrivate': ['import_private_key'],
  'keys importPublic': ['import_public_key'],
  'keys exportPublic': ['export_public_jwk'],
  thumbprint: ['thumbprint'],
  jwks: ['create_key_set', 'KeySet.select'],
  config: ['config_from_environment'],
  provider: ['trusted_provider'],
  'local-jwks': ['KeySource.select', 'LocalJwks.select'],
  'jwks-timeline': ['remote_jwks', 'KeySource.select', 'RemoteJwks.select', 'Kit.verify'],
}

/** Codes that vectors expect, with the functions that one of them must come from. */
export function* expectedCodes() {
  for (const file of readdirSync(join(root, 'conformance', 'vectors'))) {
    const { kind, groups } = contract(join('vectors', file))
    for (const { tests } of groups)
      for (const { id, operation, expected } of tests) {
        const faults = [expected, ...(expected.outcomes ?? []).flat()].flatMap(({ fault }) => fault ?? [])
        if (faults.length === 0) continue
        const calls = CALLS[operation ? `${kind} ${operation}` : kind]
        if (!calls) throw new Error(`${id}: nobody says what ${kind} ${operation} calls`)
        // A kit that cannot be made refuses before anything is called.
        for (const { code } of faults) yield { id, code, calls: [...calls, 'create_kit'] }
      }
  }
}
