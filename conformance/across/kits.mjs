// The kits that the random cases use, and tokens made for them with node:crypto alone.
import { createHmac, createPrivateKey, sign } from 'node:crypto'

const SECRET = Buffer.from(Array.from({ length: 64 }, (_, index) => (index * 37 + 11) % 256)).toString('base64url')
const SEED = Buffer.from(Array.from({ length: 32 }, (_, index) => (index * 53 + 7) % 256))
const PKCS8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), SEED])
const privateKey = createPrivateKey({ key: PKCS8, format: 'der', type: 'pkcs8' })
const { crv, d, x, kty } = privateKey.export({ format: 'jwk' })

export const NOW = 1_800_000_000
export const ISSUER = 'https://issuer.example'
export const AUDIENCE = ['api', 'other']
const base = { issuer: ISSUER, audience: AUDIENCE }
export const JWK = { kty, crv, x, d }

export const KITS = {
  hs512: { ...base, secret: SECRET },
  eddsa: { ...base, privateKey: { ...JWK, kid: 'ed-1' } },
  both: { ...base, profile: 'EdDSA', secret: SECRET, privateKey: { ...JWK, kid: 'ed-1' }, accept: ['HS512', 'EdDSA'] },
  strict: {
    ...base,
    secret: SECRET,
    kid: 'hs-1',
    leeway: 0,
    requireType: true,
    maxActorDepth: 2,
    maxLifetime: 3600,
    actors: ['gateway'],
  },
}

const encode = (text) => Buffer.from(text, 'utf8').toString('base64url')

/** A token over exactly these texts. `alg` says what signs, whatever the header claims. */
export function token(header, payload, alg) {
  const input = `${encode(header)}.${encode(payload)}`
  const signature =
    alg === 'HS512'
      ? createHmac('sha512', Buffer.from(SECRET, 'base64url')).update(input).digest()
      : sign(null, Buffer.from(input), privateKey)
  return `${input}.${signature.toString('base64url')}`
}
