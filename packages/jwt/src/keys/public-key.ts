import { type Algorithm, algorithmOf, EDDSA, HS512, type PublicAlgorithmName } from '../crypto/algorithms'
import type { Verify } from '../crypto/backend'
import { importVerify } from '../crypto/ed25519'
import { bigEndian } from '../crypto/nist-curves'
import { importOutside } from '../crypto/outside'
import { decodeBase64url } from '../encoding/base64url'
import { after, attempt, type Maybe } from '../encoding/steps'
import type { Bytes } from '../encoding/utf8'
import { ConfigError, MisuseError } from '../errors/errors'
import { readOptions } from '../errors/misuse'
import { bytesOf, checkMetadata, invalid, readJwk, unsuitable } from './jwk'
import type { Jwk, PublicKey } from './key'
import { type RequiredMembers, readMaterial } from './material'
import { thumbprintOf } from './thumbprint'

/** A public key that was checked but not imported: all that can be known without waiting. */
export interface PublicMaterial {
  readonly algorithm: Algorithm
  readonly kid: string | undefined
  readonly jwk: RequiredMembers
}

/** Members that make a JWK a private one (RFC 7518 section 6). */
export const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']
/** Of 2048 bits. */
const LEAST_MODULUS = 2n ** 2047n

/**
 * Checks a public JWK for one algorithm: metadata, suitability, no private member, then its material.
 *
 * @throws ConfigError - `key_invalid`, `key_unsuitable`, `key_weak`
 */
export function readPublicJwk(input: unknown, algorithm: Algorithm): PublicMaterial {
  const jwk = readJwk(input)
  const kid = checkMetadata(jwk, algorithm, ['verify'])
  if (PRIVATE_MEMBERS.some((name) => jwk[name] !== undefined)) throw unsuitable()
  const members = readMaterial(jwk, algorithm)
  if (algorithm.kty === 'RSA' && bigEndian(bytesOf(jwk, 'n')) < LEAST_MODULUS) throw new ConfigError('key_weak')
  return { algorithm, kid, jwk: members }
}

// The public half of a private key is imported with it, and is then one of its issuer's keys.
const IMPORTED = /* @__PURE__ */ new WeakMap<PublicMaterial, Maybe<PublicKey>>()

/**
 * Imports a checked public key, once.
 *
 * @throws ConfigError - `key_invalid` where the runtime refuses the key all the same
 */
export function importMaterial(material: PublicMaterial): Maybe<PublicKey> {
  const imported = IMPORTED.get(material) ?? importNow(material)
  IMPORTED.set(material, imported)
  return imported
}

const importNow = ({ algorithm, kid, jwk }: PublicMaterial): Maybe<PublicKey> =>
  after(thumbprintOf(jwk), (thumbprint) =>
    after(importVerifier(algorithm, jwk), (verify) =>
      Object.freeze({
        alg: algorithm.name as PublicAlgorithmName,
        kid: kid ?? thumbprint,
        thumbprint,
        jwk: Object.freeze(jwk),
        verify,
      }),
    ),
  )

const importVerifier = (algorithm: Algorithm, jwk: RequiredMembers): Maybe<Verify> =>
  attempt(
    () =>
      algorithm === EDDSA
        ? importVerify(decodeBase64url(jwk['x'] as string) as Bytes)
        : importOutside(algorithm, { ...jwk }),
    () => {
      // The runtime's own words may quote the key: they go no further.
      throw invalid()
    },
  )

/**
 * A public key, bound to one algorithm.
 *
 * @param input - a public JWK, or its JSON text
 * @param options - `alg`: the algorithm that the key is for, `EdDSA` unless given; a JWK's own `alg` must agree
 * @returns a key that verifies
 * @throws ConfigError - `key_invalid`; `key_unsuitable` (another type of key, `use`, `key_ops`, `alg`, or a private key);
 *   `key_weak` (RSA below 2048 bits)
 * @throws MisuseError - wrong options
 * @example
 * const key = await importPublicKey(jwk, { alg: 'ES256' })
 */
export async function importPublicKey(
  input: Jwk | string,
  options: { readonly alg?: PublicAlgorithmName | 'Ed25519' } = {},
): Promise<PublicKey> {
  const { alg } = readOptions(options, ['alg'])
  const algorithm = 'alg' in options ? algorithmOf(alg) : EDDSA
  if (algorithm === undefined || algorithm === HS512) throw new MisuseError('alg is not that of a public key')
  return importMaterial(readPublicJwk(input, algorithm))
}

/**
 * The JWK to publish for an Ed25519 key: public members only, in the order `kty crv x kid alg use` (RFC 7517, RFC 8037).
 *
 * @param key - a public key, or a private one, whose public half is exported
 * @returns a JWK without `d`, whatever was given
 * @throws ConfigError - `key_unsuitable`: a key of another type
 * @throws MisuseError - not such a key
 * @example
 * const jwks = { keys: [exportPublicJwk(await importPrivateKey(privateJwk))] }
 */
export function exportPublicJwk(key: PublicKey | { readonly publicKey: PublicKey }): Jwk {
  const { jwk, kid, alg } = publicHalf(key)
  if (alg !== EDDSA.name) throw unsuitable()
  return { ...(jwk as RequiredMembers & { kty: string }), kid, alg, use: 'sig' }
}

function publicHalf(key: PublicKey | { readonly publicKey: PublicKey }): PublicKey {
  const half = 'publicKey' in Object(key) ? (key as { publicKey: PublicKey }).publicKey : (key as PublicKey)
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- nothing says that a caller gave a key
  if (typeof half?.jwk !== 'object') throw new MisuseError('not a public key')
  return half
}
