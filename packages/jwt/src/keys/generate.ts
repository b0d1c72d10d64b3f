import { exportJWK } from 'jose/key/export'
import { generateKeyPair as generateJoseKeyPair } from 'jose/key/generate/keypair'
import { encodeBase64url } from '../encoding/base64url'
import { isText } from '../encoding/json-value'
import { ConfigError, MisuseError } from '../errors/errors'
import { readOptions } from '../errors/misuse'
import type { Jwk } from './key'
import { MIN_SECRET_BYTES } from './secret'
import { thumbprintOf } from './thumbprint'

/** A multiple of what HMAC can use: what asks for more is a mistake. */
const MAX_SECRET_BYTES = 1024

/**
 * A new secret for HS512, from the platform's random numbers.
 *
 * @param bytes - its length, 64 to 1024
 * @returns canonical, unpadded base64url text
 * @throws MisuseError - fewer than 64 bytes or more than 1024, or not an integer
 * @example
 * const kit = createKit({ issuer, audience, secret: generateSecret() })
 */
export function generateSecret(bytes: number = MIN_SECRET_BYTES): string {
  if (!Number.isInteger(bytes) || bytes < MIN_SECRET_BYTES || bytes > MAX_SECRET_BYTES)
    throw new MisuseError('a secret has 64 to 1024 bytes')
  return encodeBase64url(crypto.getRandomValues(new Uint8Array(bytes)))
}

/**
 * A new Ed25519 key pair as JWKs (RFC 8037).
 *
 * @param options - `kid`: the id of both; the thumbprint (RFC 7638) unless given
 * @returns `privateJwk`, to be kept where it signs, and `publicJwk`, to be published
 * @throws MisuseError - wrong options
 * @throws ConfigError - `runtime_unsupported`: no Ed25519 here
 * @example
 * const { privateJwk, publicJwk } = await generateKeyPair()
 */
export async function generateKeyPair(
  options: { readonly kid?: string } = {},
): Promise<{ privateJwk: Jwk; publicJwk: Jwk }> {
  const { kid: given } = readOptions(options, ['kid'])
  if ('kid' in options && !isText(given)) throw new MisuseError('kid is not a non-empty string')
  const { d, x } = await generate()
  const members = { kty: 'OKP', crv: 'Ed25519', x }
  // Written here: exported JWKs carry another `alg`, and other members, on each runtime.
  const metadata = { kid: given ?? (await thumbprintOf(members)), alg: 'EdDSA', use: 'sig' }
  return { privateJwk: { ...members, d, ...metadata }, publicJwk: { ...members, ...metadata } }
}

async function generate(): Promise<{ d: string; x: string }> {
  try {
    const { privateKey } = await generateJoseKeyPair('Ed25519', { extractable: true })
    return (await exportJWK(privateKey)) as { d: string; x: string }
  } catch {
    throw new ConfigError('runtime_unsupported')
  }
}
