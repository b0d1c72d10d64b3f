// Random environments: every variable, with values that are right, nearly right, and wrong.
import { JWK } from './kits.mjs'

const secret = (byte) => Buffer.alloc(64, byte).toString('base64url')
const PUBLIC = JSON.stringify({ kty: JWK.kty, crv: JWK.crv, x: JWK.x })
const PRIVATE = JSON.stringify(JWK)
const THUMBPRINT = 'A'.repeat(43)
const NUMBERS = [
  '0',
  '1',
  '60',
  '90',
  '91',
  '900',
  '3600',
  '86400',
  '86401',
  '007',
  '+5',
  '1e3',
  '0x10',
  ' 60',
  '１２',
  '999999999',
  '1000000000',
  '',
]

const VALUES = {
  JWT_ISS: ['https://issuer.example', 'x', '', ' '],
  JWT_AUD: ['api', 'api,other', 'api, other', 'api,', 'api,api', ',', ' api '],
  JWT_PROFILE: ['HS512', 'EdDSA', 'Ed25519', 'hs512', ''],
  JWT_ACCEPT: ['HS512', 'EdDSA', 'HS512,EdDSA', 'EdDSA, HS512', 'EdDSA,Ed25519', 'RS256', 'none', 'HS256'],
  JWT_TTL_SECONDS: NUMBERS,
  JWT_LEEWAY: NUMBERS,
  JWT_MAX_LIFETIME_SECONDS: NUMBERS,
  JWT_SECRET: [secret(1), secret(2), secret(1).slice(0, 80), `${secret(1)}==`, `${secret(1)} `, PUBLIC],
  JWT_SECRET_ACCEPT: [
    secret(3),
    `k1=${secret(3)}`,
    `${secret(3)},a=b=${secret(4)}`,
    `${secret(3)},${secret(3)}`,
    `=${secret(3)}`,
  ],
  JWT_PRIVATE_JWK: [PRIVATE, PUBLIC, JSON.stringify({ ...JWK, kid: 'k9' }), '{', JSON.stringify({ ...JWK, d: JWK.x })],
  JWT_KID: ['k1', 'k9', ''],
  JWT_PUBLIC_JWK: [PUBLIC, PRIVATE, `{"keys":[${PUBLIC}]}`, '{"keys":[]}', '{"keys":1}', '[]'],
  JWT_JWKS_URL: [
    'https://issuer.example/jwks.json',
    'http://127.0.0.1:1/jwks',
    'http://issuer.example/',
    'file:///etc/passwd',
  ],
  JWT_JWKS_CACHE_TTL_SECONDS: NUMBERS,
  JWT_ALLOWED_THUMBPRINTS: [THUMBPRINT, `${THUMBPRINT},${THUMBPRINT}`, 'abc', `${THUMBPRINT}=`],
}
const NAMED = ['JWT_SECRET', 'JWT_PRIVATE_JWK', 'JWT_PUBLIC_JWK']

/** A config case. Most variables are left out, as one fault hides the next. */
export function config(r) {
  const env = { JWT_ISS: VALUES.JWT_ISS[0], JWT_AUD: VALUES.JWT_AUD[0], [r.pick(NAMED)]: undefined }
  for (const [name, values] of Object.entries(VALUES))
    if (r.chance(name in env ? 0.3 : 0.12)) env[name] = r.pick(values)
  for (const name of NAMED) {
    if (name in env && env[name] === undefined) env[name] = VALUES[name][0]
    if (!(name in env) || !r.chance(0.2)) continue
    env[`${name}_NAME`] = 'BOUND'
    if (r.chance(0.9)) env.BOUND = env[name]
    if (r.chance(0.9)) delete env[name]
  }
  return { env, ...(r.chance(0.3) && { role: r.pick(['producer', 'consumer']) }) }
}
