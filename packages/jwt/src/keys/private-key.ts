import { signText, verifyText } from '#crypto'
import { EDDSA } from '../crypto/algorithms'
import { importSign } from '../crypto/ed25519'
import { after, type Maybe } from '../encoding/steps'
import type { Bytes } from '../encoding/utf8'
import { agreedKid, bytesOf, checkMetadata, invalid, readJwk, unsuitable } from './jwk'
import type { Jwk, PrivateKey } from './key'
import { readMaterial } from './material'
import { importMaterial, type PublicMaterial } from './public-key'

/** A private key whose members were checked; whether they belong together is known when it is imported. */
export interface PrivateMaterial {
  readonly d: Bytes
  readonly publicMaterial: PublicMaterial
}

/**
 * @param kid - its id; the JWK's own must agree
 * @throws ConfigError - `key_invalid`, `key_unsuitable`, `config_conflict`
 */
export function readPrivateJwk(input: unknown, kid?: string): PrivateMaterial {
  const jwk = readJwk(input)
  const own = checkMetadata(jwk, EDDSA, ['sign'])
  if (jwk['d'] === undefined) throw unsuitable()
  const members = readMaterial(jwk, EDDSA)
  const d = bytesOf(jwk, 'd', 32)
  return { d, publicMaterial: { algorithm: EDDSA, kid: agreedKid(own, kid), jwk: members } }
}

/**
 * Imports a checked private key, once.
 *
 * @throws ConfigError - `key_invalid` where `d` and `x` do not belong together
 */
export const importPrivateMaterial = ({ d, publicMaterial }: PrivateMaterial): Maybe<PrivateKey> =>
  after(importMaterial(publicMaterial), (publicKey) =>
    after(importSign(d), (sign) => {
      const { kid, thumbprint } = publicKey
      const probe = after(signText({ sign }, thumbprint), (signature) => verifyText(publicKey, thumbprint, signature))
      return after(probe, (held) => {
        // Some runtimes sign happily with a `d` that is not that of `x`; what is signed then holds under no published key.
        if (held !== true) throw invalid()
        return Object.freeze({ alg: 'EdDSA', kid, thumbprint, publicKey, sign } as const)
      })
    }),
  )

/**
 * An Ed25519 private key (RFC 8037).
 *
 * @param input - an OKP JWK with `x` and `d`, or its JSON text
 * @returns a key that signs, and shows nothing of `d`
 * @throws ConfigError - `key_invalid` (also where `d` and `x` do not belong together), `key_unsuitable` (a public key, or one
 *   for something else)
 * @example
 * const key = await importPrivateKey((await generateKeyPair()).privateJwk)
 */
export async function importPrivateKey(input: Jwk | string): Promise<PrivateKey> {
  return importPrivateMaterial(readPrivateJwk(input))
}
