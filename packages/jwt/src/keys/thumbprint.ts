import { type Algorithm, algorithmOf, EDDSA } from '../crypto/algorithms'
import { isPublicKey } from '../crypto/edwards25519'
import { bigEndian, isOnCurve } from '../crypto/nist-curves'
import { encodeBase64url } from '../encoding/base64url'
import { canonicalize } from '../encoding/jcs'
import { encodeUtf8 } from '../encoding/utf8'
import { bytesOf, invalid, type Members, readJwk, unsuitable } from './jwk'
import type { Jwk } from './key'

/** The members of a key that RFC 7638 section 3.2 requires, checked. */
export type RequiredMembers = Readonly<Record<string, string>>

function readRsa(jwk: Members): RequiredMembers {
  const modulus = bytesOf(jwk, 'n')
  const exponent = bytesOf(jwk, 'e')
  const [n, e] = [bigEndian(modulus), bigEndian(exponent)]
  // RFC 7518 section 6.3.1.1 forbids leading zeros: the same key would have another thumbprint.
  const isMinimal = modulus[0] !== 0 && exponent[0] !== 0
  if (!isMinimal || !(n & e & 1n) || e === 1n || e >= n) throw invalid()
  return { kty: 'RSA', n: jwk['n'] as string, e: jwk['e'] as string }
}

function readEc(jwk: Members, crv: string): RequiredMembers {
  if (!isOnCurve(crv, bytesOf(jwk, 'x'), bytesOf(jwk, 'y'))) throw invalid()
  return { kty: 'EC', crv, x: jwk['x'] as string, y: jwk['y'] as string }
}

function readOkp(jwk: Members): RequiredMembers {
  if (!isPublicKey(bytesOf(jwk, 'x', 32))) throw invalid()
  return { kty: 'OKP', crv: 'Ed25519', x: jwk['x'] as string }
}

/**
 * Checks the material of a public key, whose type is known to be the algorithm's.
 *
 * @throws ConfigError - `key_invalid`: encoding, length, y ≥ p, of low order, not on the curve, e even or 1
 */
export function readMaterial(jwk: Members, algorithm: Algorithm): RequiredMembers {
  if (algorithm.kty === 'RSA') return readRsa(jwk)
  return algorithm === EDDSA ? readOkp(jwk) : readEc(jwk, algorithm.crv as string)
}

/** The thumbprint of checked members. */
export async function thumbprintOf(members: RequiredMembers): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', encodeUtf8(canonicalize(members)))
  return encodeBase64url(new Uint8Array(digest))
}

const ALGORITHM_OF_CURVE: ReadonlyMap<unknown, string> = /* @__PURE__ */ new Map([
  ['P-256', 'ES256'],
  ['P-384', 'ES384'],
  ['P-521', 'ES512'],
  ['Ed25519', 'EdDSA'],
])

/**
 * SHA-256 thumbprint of a public key (RFC 7638), or of a private key's public half. Metadata is ignored.
 *
 * @param jwk - an Ed25519, P-256, P-384, P-521 or RSA JWK, or its JSON text
 * @returns 43 characters of base64url
 * @throws ConfigError - `key_invalid`; `key_unsuitable` for other types of key
 * @example
 * const kid = await thumbprint({ kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' })
 */
export async function thumbprint(jwk: Jwk | string): Promise<string> {
  const members = readJwk(jwk)
  const algorithm = algorithmOf(members['kty'] === 'RSA' ? 'RS256' : ALGORITHM_OF_CURVE.get(members['crv']))
  if (algorithm === undefined || algorithm.kty !== members['kty']) throw unsuitable()
  return thumbprintOf(readMaterial(members, algorithm))
}
