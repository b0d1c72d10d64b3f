import { decodeBase64url, encodeBase64url } from '../encoding/base64url'
import { canonicalize } from '../encoding/jcs'
import type { JsonObject } from '../encoding/json-value'
import { type Bytes, encodeUtf8 } from '../encoding/utf8'
import { importPrivateKey } from '../keys/private-key'
import { importSecret } from '../keys/secret'
import type { Signer } from '../keys/signer'
import { FOREIGN_PRIVATE_JWK, FOREIGN_SECRET, TEST_SECRET } from './keys'

/** A token before it is written: what a kit would not mint can be said here. */
export interface Draft {
  readonly header: JsonObject
  readonly claims: JsonObject
  /** Whose key signs: the kit's, a stranger's of the same algorithm, the test secret by HS256, or nobody's. */
  readonly by: 'own' | 'foreign' | 'hs256' | 'nobody'
  /** The claims that stand in the token in the place of those that were signed. */
  readonly instead?: JsonObject
  /** How many of the three segments are left; all unless given. */
  readonly segments?: number
}

/** An object without some of its members. */
export function leaveOut(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)))
}

/**
 * The token of a draft (RFC 7515 section 7.1), its header and claims in canonical form.
 *
 * @param own - signs what the kit signs
 * @throws whatever `own` throws
 */
export async function writeDraft(
  { header, claims, by, instead = claims, segments = 3 }: Draft,
  own: Signer,
): Promise<string> {
  const [first, second] = [header, claims].map(segmentOf)
  const signature = await sign(by, own, encodeUtf8(`${first}.${second}`))
  return [first, segmentOf(instead), encodeBase64url(signature)].slice(0, segments).join('.')
}

const segmentOf = (value: JsonObject): string => encodeBase64url(encodeUtf8(canonicalize(value)))

async function sign(by: Draft['by'], own: Signer, data: Bytes): Promise<Uint8Array> {
  if (by === 'own') return own.sign(data)
  if (by === 'nobody') return new Uint8Array()
  if (by === 'hs256') return signHs256(data)
  const foreign = own.alg === 'HS512' ? await importSecret(FOREIGN_SECRET) : await importPrivateKey(FOREIGN_PRIVATE_JWK)
  return foreign.sign(data)
}

/** The algorithm that most secrets are used with elsewhere (RFC 7518 section 3.2), which no kit takes. */
async function signHs256(data: Bytes): Promise<Uint8Array> {
  const secret = decodeBase64url(TEST_SECRET) as Bytes
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, data))
}
