import type { Algorithm } from './algorithms'
import type { Verify } from './ed25519'

/**
 * Imports a public key for RS256, PS256, ES256, ES384 or ES512 (RFC 7518 sections 3.3 to 3.5) by jose, which is loaded when
 * the first such key is configured.
 *
 * @param jwk - the required members of the key (RFC 7638), checked already
 */
export async function importOutside(algorithm: Algorithm, jwk: Record<string, string>): Promise<Verify> {
  const { importJWK } = await import('./jose-import')
  const key = (await importJWK(jwk as { kty: 'RSA' | 'EC' }, algorithm.name)) as CryptoKey
  const { modulusLength = 0 } = key.algorithm as Partial<RsaKeyAlgorithm>
  const size = algorithm.signature || Math.ceil(modulusLength / 8)
  return async (data, signature) =>
    signature.length === size && crypto.subtle.verify(algorithm.params, key, signature, data)
}
