import type { Algorithm } from './algorithms'
import type { Verify } from './backend'

/**
 * Imports a public key for RS256, PS256, ES256, ES384 or ES512 (RFC 7518 sections 3.3 to 3.5).
 *
 * @param jwk - the required members of the key (RFC 7638), checked already. Nothing else of it reaches the runtime: what an
 *   `alg` or a `use` means differs from one to another
 */
export async function importOutside({ params, signature: length }: Algorithm, jwk: JsonWebKey): Promise<Verify> {
  const key = await crypto.subtle.importKey('jwk', jwk, params, true, ['verify'])
  const { modulusLength = 0 } = key.algorithm as Partial<RsaKeyAlgorithm>
  const size = length || Math.ceil(modulusLength / 8)
  return async (data, signature) => signature.length === size && crypto.subtle.verify(params, key, signature, data)
}
