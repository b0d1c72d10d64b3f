// fast-jwt: a synchronous signer and verifier, both made once. Its cache is off but where one token is repeated.
import { randomUUID } from 'node:crypto'
import { createSigner, createVerifier } from 'fast-jwt'
import { join } from './payload.mjs'

export const name = 'fast-jwt'
export const isRepeated = true
export const hasKeySets = true

const algorithmOf = (profile) => (profile === 'hs512' ? 'HS512' : 'EdDSA')
const secretOf = ({ secret }) => Buffer.from(secret, 'base64url')

export function sign(material, profile) {
  const { issuer, audience, kid, privatePem } = material
  const signer = createSigner({
    algorithm: algorithmOf(profile),
    key: profile === 'hs512' ? secretOf(material) : privatePem,
    iss: issuer,
    aud: audience,
    expiresIn: 900_000,
    ...(profile === 'eddsa' ? { kid } : {}),
  })
  return (claims) => signer(join({ jti: randomUUID() }, claims))
}

export function verify(material, profile, { isCached = false, keySet } = {}) {
  const { issuer, audience, publicPem, kid } = material
  // Its users look the key up themselves: in a map, so that the size of the set makes no difference.
  const pems = new Map([[kid, publicPem]])
  const key = keySet ? async ({ header }) => pems.get(header.kid) : profile === 'hs512' ? secretOf(material) : publicPem
  return createVerifier({
    algorithms: [algorithmOf(profile)],
    key,
    allowedIss: issuer,
    allowedAud: audience,
    checkTyp: 'JWT',
    requiredClaims: ['exp', 'iat'],
    clockTolerance: 90_000,
    cache: isCached,
  })
}
