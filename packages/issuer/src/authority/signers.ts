import { importPrivateKey, importSecret, type Jwk } from '@kit/jwt'
import { AuthorityError } from '../errors'
import type { AuthorityAlgorithm, KeyRecord } from './key-set'

/** The key that signs now. */
export interface AuthoritySigner {
  /** Its algorithm. */
  readonly alg: AuthorityAlgorithm
  /** Its id. */
  readonly kid: string
  /**
   * Signs.
   *
   * @param data - the signing input (RFC 7515 section 5.1)
   * @returns the signature, as JWS has it
   * @example
   * const signature = await (await authority.signer()).sign(new TextEncoder().encode('header.payload'))
   */
  sign(data: Uint8Array<ArrayBuffer>): Promise<Uint8Array>
}

const PARAMS = {
  ES256: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
} as const

/**
 * Imports the private half of an active key.
 *
 * @throws AuthorityError - `key_document_invalid`: it is no key for its algorithm
 */
export async function signerOf({ algorithm, kid, privateJwk }: KeyRecord): Promise<AuthoritySigner> {
  // A key that a document calls one is not always one: what an import says of it is of another library, and may quote it.
  const sign = await importSign(algorithm, privateJwk as Jwk).catch(() => {
    throw new AuthorityError('key_document_invalid')
  })
  return Object.freeze({ alg: algorithm, kid, sign })
}

async function importSign(algorithm: AuthorityAlgorithm, jwk: Jwk): Promise<AuthoritySigner['sign']> {
  if (algorithm === 'HS512' || algorithm === 'EdDSA') {
    const key = algorithm === 'HS512' ? await importSecret(jwk) : await importPrivateKey(jwk)
    return async (data) => key.sign(data)
  }
  // What `alg` and `use` mean to a runtime differs from one to another: neither reaches it.
  const { alg: _, use: __, kid: ___, ...members } = jwk
  const key = await crypto.subtle.importKey('jwk', members as JsonWebKey, PARAMS[algorithm], false, ['sign'])
  return async (data) => new Uint8Array(await crypto.subtle.sign(PARAMS[algorithm], key, data))
}
