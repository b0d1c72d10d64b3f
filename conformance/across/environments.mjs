// Random environments: every variable, with values that are right, nearly right, and wrong.
import { JWK } from './kits.mjs'

const secret = (byte) => Buffer.alloc(64, byte).toString('base64url')
const OTHER_X = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'
const text = JSON.stringify
const PUBLIC = text({ kty: JWK.kty, crv: JWK.crv, x: JWK.x })
const PRIVATE = text(JWK)
const KID_PRIVATE = text({ ...JWK, kid: 'k9' })
const THUMBPRINT = 'A'.repeat(43)
const SURROGATE = '\ud800'
const URL_TEXT = 'https://issuer.example/jwks.json'

/** Two numbers in three are right, so that what comes later is reached. */
const numbers = (...right) => [
  ...[...right, ...right, ...right, ...right, ...right],
  ...['0', '1', '91', '86401', '007', '+5', '1e3', ' 60', '１２', '999999999', '1000000000', '', SURROGATE],
]

/** Values by variable; the first is right. */
const VALUES = {
  JWT_ISS: ['https://issuer.example', 'x', ' ', '', SURROGATE],
  JWT_AUD: ['api', 'api,other', 'api, other', 'api,', 'api,api', ',', ' api ', `api,${SURROGATE}`],
  JWT_PROFILE: ['HS512', 'EdDSA', 'HS512', 'EdDSA', 'Ed25519', 'hs512', '', SURROGATE],
  JWT_ACCEPT: [
    ...['HS512', 'EdDSA', 'HS512,EdDSA', 'EdDSA, HS512', 'EdDSA,RS256', 'RS256'],
    ...['EdDSA,Ed25519', 'none', 'HS256', 'HS512,HS512', `HS512,${SURROGATE}`],
  ],
  JWT_TTL_SECONDS: numbers('60', '900', '3600'),
  JWT_LEEWAY: numbers('0', '60', '90'),
  JWT_MAX_LIFETIME_SECONDS: numbers('3600', '86400', '600'),
  JWT_SECRET: [
    ...[secret(1), secret(2), secret(1), secret(2)],
    ...[secret(1).slice(0, 80), `${secret(1)}==`, `${secret(1)} `, PUBLIC, '', SURROGATE],
  ],
  JWT_SECRET_ACCEPT: [
    ...[secret(3), `k1=${secret(3)}`, `${secret(3)},a=b=${secret(4)}`],
    ...[`${secret(3)},${secret(3)}`, `=${secret(3)}`, `${secret(3)}=`, `k=${secret(3).slice(0, 80)}`, 'x', ''],
    ...[[3, 4, 5, 6].map(secret).join(), `${SURROGATE}=${secret(3)}`, `k=${SURROGATE}`, `x,k=`],
  ],
  JWT_PRIVATE_JWK: [
    ...[PRIVATE, KID_PRIVATE, text({ ...JWK, x: OTHER_X }), text({ ...JWK, x: OTHER_X, kid: 'k9' })],
    ...[PUBLIC, '{', text({ ...JWK, d: JWK.x.slice(1) }), text({ ...JWK, use: 'enc' }), text({ ...JWK, kid: 1 }), ''],
  ],
  JWT_KID: ['k1', 'k9', 'k1', 'k9', '', SURROGATE],
  JWT_PUBLIC_JWK: [
    ...[PUBLIC, `{"keys":[${PUBLIC}]}`, '{"keys":[]}', text({ kty: JWK.kty, crv: JWK.crv, x: OTHER_X })],
    ...[PRIVATE, '{"keys":1}', '[]', '{}', text({ kty: 'OKP', crv: 'Ed25519', x: 'AQ' }), ''],
  ],
  JWT_JWKS_URL: [
    ...[URL_TEXT, 'http://127.0.0.1:1/jwks', 'https://a.example:443?x', 'http://issuer.example/', 'file:///etc/passwd'],
    ...['https://a@b/', 'https://[::1]:1/', 'https://a.example:+1/', 'https://a..b/', 'http://localhost:99999/'],
    ...['https://a]/', 'https://[a/', SURROGATE, ''],
  ],
  JWT_JWKS_SERVICE: ['AUTH', '', SURROGATE],
  JWT_JWKS_CACHE_TTL_SECONDS: numbers('300', '1'),
  JWT_ALLOWED_THUMBPRINTS: [
    ...[THUMBPRINT, `${THUMBPRINT}, ${THUMBPRINT.slice(1)}E`],
    ...[`${THUMBPRINT},${THUMBPRINT}`, 'abc', `${THUMBPRINT}=`, `${THUMBPRINT},`],
  ],
}
/** The suffix of the variable that names a binding. */
const NAMED = {
  JWT_SECRET: '_NAME',
  JWT_SECRET_ACCEPT: '_NAMES',
  JWT_PRIVATE_JWK: '_NAME',
  JWT_PUBLIC_JWK: '_NAME',
  JWT_JWKS_URL: '_NAME',
  JWT_JWKS_SERVICE: '_NAME',
}
const MATERIAL = Object.keys(NAMED)

/** Moves a value into a binding, mostly as it should be. */
function bind(r, env, name) {
  const variable = name + NAMED[name]
  const bindings = env[name].split(',').map((value, index) => [`BOUND_${name}_${index}`, value])
  const count = variable.endsWith('_NAMES') ? bindings.length : 1
  env[variable] = r.chance(0.05)
    ? ''
    : bindings
        .slice(0, count)
        .map(([binding]) => binding)
        .join()
  for (const [binding, value] of bindings.slice(0, count))
    if (r.chance(0.95)) env[binding] = r.chance(0.05) ? null : count > 1 ? value : env[name]
  if (r.chance(0.95)) delete env[name]
}

/** A config case. How many variables are wrong differs from case to case, as one fault hides the next. */
export function config(r) {
  const right = r.pick([1, 0.9, 0.7, 0.3])
  const chosen = new Set(['JWT_ISS', 'JWT_AUD', r.pick(MATERIAL), r.pick(MATERIAL)].filter(() => r.chance(0.93)))
  for (const name of Object.keys(VALUES)) if (r.chance(0.15)) chosen.add(name)
  const env = {}
  const files = {}
  for (const name of chosen) env[name] = r.pick(r.chance(right) ? VALUES[name].slice(0, 4) : VALUES[name])
  for (const name of MATERIAL) if (name in env && r.chance(0.25)) bind(r, env, name)
  if ('JWT_PRIVATE_JWK' in env && r.chance(0.2)) {
    env.JWT_PRIVATE_JWK_PATH = '/key'
    if (r.chance(0.9)) files['/key'] = env.JWT_PRIVATE_JWK
    if (r.chance(0.9)) delete env.JWT_PRIVATE_JWK
  }
  return { env, ...(r.chance(0.9) && { files }), ...(r.chance(0.3) && { role: r.pick(['producer', 'consumer']) }) }
}
