import { sha256 } from '#crypto'
import { type Algorithm, algorithmOf } from '../crypto/algorithms'
import { canonicalize } from '../encoding/jcs'
import type { Maybe } from '../encoding/steps'
import { readJwk, unsuitable } from './jwk'
import type { Jwk } from './key'
import { type RequiredMembers, readMaterial } from './material'

/** The thumbprint of checked members. */
export const thumbprintOf = (members: RequiredMembers): Maybe<string> => sha256(canonicalize(members))

const ALGORITHM_OF_CURVE: ReadonlyMap<unknown, string> = /* @__PURE__ */ new Map([
  ['P-256', 'ES256'],
  ['P-384', 'ES384'],
  ['P-521', 'ES512'],
  ['Ed25519', 'EdDSA'],
])

/** The algorithm that the type of a key tells, RS256 for RSA; undefined for types that are not used here. */
export function algorithmOfKey({ kty, crv }: Readonly<Record<string, unknown>>): Algorithm | undefined {
  const algorithm = algorithmOf(kty === 'RSA' ? 'RS256' : ALGORITHM_OF_CURVE.get(crv))
  return algorithm?.kty === kty ? algorithm : undefined
}

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
  const algorithm = algorithmOfKey(members)
  if (algorithm === undefined) throw unsuitable()
  return thumbprintOf(readMaterial(members, algorithm))
}
