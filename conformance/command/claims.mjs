// Random tokens to look into, and random claims held against random policies.
import { random, text, value } from '../across/random.mjs'
import * as jws from '../generator/jws.mjs'

const NOW = 1_800_000_000
const DISTANCES = [
  0, 0.1, 0.5, 1, 1.5, 59.5, 119.4999, 119.5, 120, 3599.5, 7199.9, 7200, 86_400, 172_799.5, 172_800, 4e7, 6.4e7,
]
const ODD_TIMES = [
  -1,
  -0,
  253402300799,
  253402300799.5,
  253402300800,
  NOW * 1000,
  2 ** 53 - 1,
  5e-324,
  '1',
  null,
  true,
  [],
  {},
]
const NAMES = ['read', 'write', 'admin', 'a b', '', 'é', '\u202e', '😀', '\ufb33', 'constructor', '__proto__']
const RULES = [
  ...['permissionsAll', 'permissionsAny', 'rolesAll', 'rolesAny', 'scopesAll', 'scopesAny'],
  ...['subject', 'actor', 'noActor', 'claims', 'allOf', 'anyOf', 'not'],
]

/** So many scenarios of one seed. */
export function randomClaims(seed, count) {
  const r = random(seed)
  const { pick, chance, times } = r
  const name = () => (chance(0.7) ? pick(NAMES) : text(r))
  const names = (odd = 0.05) => (chance(odd) ? value(r, 2) : times(4, name))
  const time = () => {
    if (chance(0.2)) return pick(ODD_TIMES)
    const away = chance(0.7) ? pick(DISTANCES) : r.next() * 10 ** r.below(9)
    return NOW + (chance(0.5) ? away : -away)
  }
  const actor = (depth) => {
    if (chance(0.05)) return value(r, 2)
    return {
      ...(chance(0.95) && { sub: chance(0.9) ? name() : value(r, 1) }),
      ...(chance(0.3) && { iss: chance(0.9) ? name() : value(r, 1) }),
      ...(depth > 0 && chance(0.7) && { act: actor(depth - 1) }),
      ...(chance(0.1) && { [text(r)]: value(r, 1) }),
    }
  }
  const claims = () => ({
    ...(chance(0.8) && { sub: chance(0.95) ? name() : value(r, 1) }),
    ...(chance(0.7) && { exp: time() }),
    ...(chance(0.5) && { iat: time() }),
    ...(chance(0.3) && { nbf: time() }),
    ...(chance(0.5) && { permissions: names() }),
    ...(chance(0.5) && { roles: names() }),
    ...(chance(0.5) && { scope: chance(0.95) ? times(3, name).join(' ') : value(r, 1) }),
    ...(chance(0.5) && { act: actor(r.below(15)) }),
    ...(chance(0.5) && Object.fromEntries(times(3, () => [text(r), value(r, 3)]))),
  })
  const policy = (depth) => {
    const rules = {}
    for (const rule of [pick(RULES), ...times(2, () => pick(RULES))]) {
      if (chance(0.01)) rules[chance(0.5) ? rule : text(r)] = value(r, 2)
      else if (rule === 'subject') rules[rule] = chance(0.6) ? name() : { ref: chance(0.8) ? 'owner' : name() }
      else if (rule === 'actor') rules[rule] = { sub: name(), ...(chance(0.3) && { iss: name() }) }
      else if (rule === 'noActor') rules[rule] = true
      else if (rule === 'claims')
        rules[rule] = Object.fromEntries(times(2, () => [pick(['sub', 'exp', text(r)]), value(r, 2)]))
      else if (rule === 'not') rules[rule] = policy(depth - 1)
      else if (rule.endsWith('Of')) rules[rule] = depth > 0 ? times(3, () => policy(depth - 1)) : []
      else rules[rule] = names(0.01)
    }
    return rules
  }
  const header = () => (chance(0.8) ? { alg: 'HS512', typ: 'JWT' } : value(r, 3))
  const spoiled = (token) => (chance(0.05) ? token.slice(r.below(token.length)) : token)
  return Array.from({ length: count }, (_, index) => {
    const more = { ...(chance(0.3) && { terminal: ['stdout', 'stderr'] }), ...(chance(0.3) && { now: NOW + r.next() }) }
    const json = chance(0.3) ? ['--json'] : []
    if (chance(0.5)) {
      const payload = chance(0.95) ? claims() : value(r, 3)
      const token = `${jws.b64u(JSON.stringify(header()))}.${jws.b64u(JSON.stringify(payload))}.${jws.b64u('x')}`
      return { name: `token ${index}`, argv: ['inspect', ...json], stdin: spoiled(token), ...more }
    }
    const files = {
      'p.json': JSON.stringify(policy(3)),
      'c.json': JSON.stringify({ owner: chance(0.9) ? name() : value(r, 1) }),
    }
    const context = chance(0.8) ? ['--context', 'c.json'] : []
    return {
      name: `policy ${index}`,
      argv: ['policy', 'p.json', ...context, ...json],
      files,
      stdin: JSON.stringify(claims()),
      ...more,
    }
  })
}
