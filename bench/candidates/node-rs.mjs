// @node-rs/jsonwebtoken: jsonwebtoken in Rust, called synchronously. Installed is its binary, which has all of it: the package
// around it only picks the binary, and not all of those that it names can be had.
import { randomUUID } from 'node:crypto'
import { createRequire } from 'node:module'
import { join } from './payload.mjs'

export const name = 'node-rs'

const require = createRequire(import.meta.url)

function binary() {
  try {
    return require('@node-rs/jsonwebtoken-linux-x64-gnu')
  } catch {
    return undefined
  }
}

/** Why it takes no part, where it does not. */
export const missing = binary() ? undefined : 'packaged for Linux x64 with glibc only'

/** It reads its key again at each call: a secret as bytes, an Ed25519 key as PEM. */
const keyOf = ({ secret, privatePem, publicPem }, profile, use) => {
  if (profile === 'hs512') return Buffer.from(secret, 'base64url')
  return use === 'sign' ? privatePem : publicPem
}

export function signer(method, { issuer, audience, kid, ...material }, profile) {
  const key = keyOf(material, profile, 'sign')
  const header = profile === 'hs512' ? { algorithm: 'HS512' } : { algorithm: 'EdDSA', keyId: kid }
  const call = binary()[method]
  return (claims) => {
    const iat = Math.floor(Date.now() / 1000)
    const registered = { iss: issuer, aud: audience, iat, exp: iat + 900, jti: randomUUID() }
    return call(join(registered, claims), key, header)
  }
}

export function verifier(method, { issuer, audience, ...material }, profile) {
  const key = keyOf(material, profile, 'verify')
  const call = binary()[method]
  const validation = {
    algorithms: [profile === 'hs512' ? 'HS512' : 'EdDSA'],
    iss: [issuer],
    aud: [audience],
    requiredSpecClaims: ['exp', 'iss', 'aud'],
    validateNbf: true,
    leeway: 90,
  }
  return (token) => call(token, key, validation)
}

export const sign = (material, profile) => signer('signSync', material, profile)
export const verify = (material, profile) => verifier('verifySync', material, profile)
