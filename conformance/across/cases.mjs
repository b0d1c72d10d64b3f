// Random cases in the format of the vectors. Nobody knows the right answer to them; both languages must give the same.
import { config } from './environments.mjs'
import { AUDIENCE, ISSUER, JWK, KITS, NOW, token } from './kits.mjs'
import { text, value } from './random.mjs'
import { timeline } from './timelines.mjs'

const KIT_NAMES = Object.keys(KITS)
const WORDS = ['read', 'write', 'admin', 'read:data', '', 'constructor', '__proto__', 'finance']
const words = (r) => r.times(3, () => r.pick(WORDS))
const near = (r) => NOW + r.pick([-901, -91, -90.5, -90, -89, -1, -0.5, 0, 0.5, 1, 60, 89.5, 90, 91, 900, 86400, 86491])
const odd = (r) =>
  r.pick([null, true, 0, -1, '', 'x', [], ['x'], [1], {}, { sub: 'x' }, 1e10, 253402300800, String(NOW)])

const CLAIMS = {
  iss: (r) => r.pick([ISSUER, ISSUER, ISSUER, `${ISSUER}/`, 'x']),
  aud: (r) => r.pick(['api', 'api', AUDIENCE, ['x', 'other'], 'ap', []]),
  exp: near,
  iat: near,
  nbf: near,
  sub: (r) => r.pick(['u1', 'é', 'a b']),
  jti: (r) => `id-${r.below(100)}`,
  permissions: words,
  roles: words,
  groups: words,
  scope: (r) => words(r).join(r.pick([' ', '  ', '\t'])),
  act: (r) => actor(r, r.below(7)),
  may_act: (r) =>
    r.pick([
      { sub: 'gateway' },
      { sub: 'x' },
      { sub: 'gateway', iss: ISSUER },
      { sub: 'gateway', iss: 'x' },
      'gateway',
      null,
    ]),
}
const actor = (r, depth) => ({
  sub: r.pick(['gateway', 'orders']),
  ...(r.chance(0.2) && { iss: r.pick([ISSUER, '']) }),
  ...(depth > 0 && { act: actor(r, depth - 1) }),
})

/** Claims of which some are missing, some of another type, and some are nobody's. */
function claims(r, { names = Object.keys(CLAIMS), keep = 0.6, wrong = 0.03 } = {}) {
  const chosen = names.filter((name) =>
    r.chance(name === 'iss' || name === 'aud' || name === 'exp' || name === 'iat' ? 0.97 : keep),
  )
  const own = r.times(3, () => [text(r), value(r, 3)])
  return Object.fromEntries([...own, ...chosen.map((name) => [name, r.chance(wrong) ? odd(r) : CLAIMS[name](r)])])
}

const JSON_FAULTS = [
  (json) => json.replace(/^\{/, '{"iss":"x",'),
  (json) => json.replace(/^\{/, '{"\\u0073ub":"x","sub":"y",'),
  (json) => `\ufeff${json}`,
  (json) => `${json} x`,
  (json) => ` \n${json}\t`,
  (json) => json.replace(/\}$/, ',"n":1e400}'),
  (json) => json.replace(/\}$/, ',"n":9007199254740993}'),
  (json) => json.replace(/\}$/, ',"n":9007199254740991}'),
  (json) => json.replace(/\}$/, ',"s":"\\ud800"}'),
  (json) => json.replace(/\}$/, ',"s":"\\ud83d\\ude00"}'),
  (json) => json.replace(/\}$/, `,"d":${'['.repeat(15)}${']'.repeat(15)}}`),
  (json) => json.replace(/\}$/, `,"d":${'['.repeat(16)}${']'.repeat(16)}}`),
  (json) => json.replace(/\}$/, ',"n":01}'),
  (json) => json.replace(/\}$/, ',"n":-0.0e-5}'),
  (json) => json.replace(/\}$/, ',}'),
  (json) => json.slice(0, -1),
  (json) => `[${json}]`,
]

function damage(r, whole) {
  const at = r.below(whole.length)
  const letter = r.pick([...'AQgw_-=+/.\n é', ''])
  return whole.slice(0, at) + letter + whole.slice(at + r.below(2))
}

function verify(r) {
  const alg = r.pick(['HS512', 'EdDSA'])
  const header = {
    alg: r.pick([alg, alg, alg, alg, 'Ed25519', 'none', 'hs512']),
    typ: r.pick(['JWT', 'jwt', 'application/JWT', 'at+jwt']),
  }
  if (r.chance(0.6)) header.kid = alg === 'HS512' ? 'hs-1' : 'ed-1'
  if (r.chance(0.1)) header[r.pick(['crit', 'b64', 'typ', 'kid', 'alg', 'jwk', 'x'])] = odd(r)
  const break_ = (json) => (r.chance(0.15) ? r.pick(JSON_FAULTS)(json) : json)
  const whole = token(break_(JSON.stringify(header)), break_(JSON.stringify(claims(r))), alg)
  return {
    kit: r.pick(KIT_NAMES),
    now: NOW,
    token: r.chance(0.2) ? damage(r, whole) : whole,
    operation: r.pick(['verify', 'verify', 'checkAuth', 'consumeOnce']),
  }
}

function sign(r) {
  const names = [
    'sub',
    'nbf',
    'jti',
    'permissions',
    'roles',
    'groups',
    'scope',
    'act',
    ...r.some(['iss', 'exp'], 1).filter(() => r.chance(0.1)),
  ]
  const options = {
    ...(r.chance(0.3) && { aud: r.pick(['x', ['x', 'y'], '', []]) }),
    ...(r.chance(0.3) && { ttl: r.pick([1, 60, 3600, 3601, 86400, 86401, 0, -1, 1.5]) }),
  }
  return {
    kit: r.pick(KIT_NAMES),
    now: NOW + r.next(),
    claims: JSON.stringify(claims(r, { names })),
    options,
    entropy: r.hex(16),
  }
}

function rule(r, depth) {
  const list = () => words(r)
  const members = {
    permissionsAll: list,
    permissionsAny: list,
    rolesAll: list,
    rolesAny: list,
    scopesAll: list,
    scopesAny: list,
    subject: () => r.pick(['u1', 'x', { ref: 'owner' }, { ref: 'nobody' }, 1]),
    actor: () => r.pick([{ sub: 'gateway' }, { sub: 'x' }, { sub: 'gateway', iss: ISSUER }, {}]),
    noActor: () => r.pick([true, true, true, false]),
    claims: () =>
      Object.fromEntries(r.times(2, () => [r.pick(['sub', 'n', 'x', 'constructor', '__proto__']), value(r, 2)])),
    ...(depth > 0 && {
      allOf: () => r.times(3, () => rule(r, depth - 1)),
      anyOf: () => r.times(3, () => rule(r, depth - 1)),
      not: () => rule(r, depth - 1),
    }),
  }
  const names = r.some(Object.keys(members), 3)
  return Object.fromEntries((names.length ? names : ['permissionsAny']).map((name) => [name, members[name]()]))
}

function policy(r) {
  const names = ['sub', 'permissions', 'roles', 'scope', 'act', 'iss']
  return {
    policy: rule(r, 3),
    claims: JSON.stringify({ ...claims(r, { names, keep: 0.8, wrong: 0 }), n: value(r, 1) }),
    context: { owner: r.pick(['u1', 'x']) },
  }
}

function delegation(r) {
  const option = (make, p = 0.3) => r.chance(p) && make()
  return {
    kit: r.pick(KIT_NAMES),
    now: NOW,
    original: JSON.stringify({
      ...claims(r, { wrong: 0.01 }),
      ...(r.chance(0.9) && { exp: NOW + r.pick([1, 0.5, 900, 60]) }),
    }),
    actor: r.pick(['gateway', 'gateway', 'orders', '']),
    options: {
      ...(r.chance(0.95) && { aud: r.pick(['next', ['next', 'x'], '']) }),
      ...option(() => ({ permissions: words(r) })),
      ...option(() => ({ roles: words(r) }), 0.2),
      ...option(() => ({ scope: words(r).join(' ') }), 0.2),
      ...option(() => ({ ttl: r.pick([1, 60, 3601, 0]) }), 0.2),
      ...option(() => ({ copy: [r.pick(['n', 'email', 'jti', 'constructor', 'permissions'])] }), 0.2),
    },
    entropy: r.hex(16),
  }
}

function keys(r) {
  const jwk = {
    ...JWK,
    ...(r.chance(0.3) && { alg: r.pick(['EdDSA', 'Ed25519', 'HS512', 1]) }),
    ...(r.chance(0.3) && { kid: r.pick(['k', '', 1]) }),
  }
  if (r.chance(0.5)) delete jwk.d
  if (r.chance(0.3)) jwk.use = r.pick(['sig', 'enc', ''])
  if (r.chance(0.3))
    jwk.key_ops = r.pick([['verify'], ['sign'], ['sign', 'verify'], 'verify', [], ['verify', 'verify']])
  if (r.chance(0.3))
    jwk.x = r.pick([damage(r, jwk.x), `${jwk.x}=`, Buffer.from(r.hex(32), 'hex').toString('base64url')])
  return { operation: r.pick(['importPublic', 'importPrivate', 'exportPublic']), input: { jwk: JSON.stringify(jwk) } }
}

export const KINDS = { sign, verify, policy, delegation, keys, config, 'jwks-timeline': timeline }
