// What is wrong with a JWK or a JWKS. Nothing of it is ever told.
import { type Algorithm, EDDSA, HS512, isOutside } from '../../crypto/algorithms'
import { canonicalize } from '../../encoding/jcs'
import { isJsonObject, isText, type JsonObject, type JsonValue } from '../../encoding/json-value'
import { parseJsonObject } from '../../encoding/strict-json'
import { readPrivateJwk } from '../../keys/private-key'
import { readPublicJwk } from '../../keys/public-key'
import { usableKeys } from '../../sources/key-set'
import type { Symptom } from './findings'
import type { Entry, Reading } from './reading'
import { DOCTOR } from './texts'
import { listedAlgorithms } from './words'

const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

const isPrivate = (jwk: JsonObject): boolean => PRIVATE_MEMBERS.some((name) => Object.hasOwn(jwk, name))

/** Whether reading succeeds: the kit's own judgement of one key. */
function holds(read: () => unknown): boolean {
  try {
    read()
    return true
  } catch {
    return false
  }
}

/** Whether the text of a public JWK is good for an algorithm. */
export const fits = (text: string, algorithm: Algorithm): boolean => holds(() => readPublicJwk(text, algorithm))

/** Whether the text is that of a key set: any key may be in it. */
export const isSet = (text: string): boolean => Object.hasOwn(parseJsonObject(text) ?? {}, 'keys')

/** The algorithms that public keys are read for. */
function rowsOf(reading: Reading): readonly Algorithm[] {
  const asymmetric = listedAlgorithms(reading).filter((algorithm) => algorithm !== HS512)
  return asymmetric.length > 0 ? asymmetric : [EDDSA]
}

/** Why the kit refuses a private or public key. */
export function jwkSymptoms({ supplier, option, text = '' }: Entry, reading: Reading): readonly Symptom[] {
  const isPrivatePlace = option === 'privateKey'
  const line = isPrivatePlace ? DOCTOR.lines.private : DOCTOR.lines.public
  const jwk = parseJsonObject(text) ?? {}
  const form = formFault(text)
  // A key for one of the outside issuers' algorithms: what the kit says of it is all that is known.
  if (!form && !isPrivatePlace && rowsOf(reading).some(isOutside) && isText(jwk['kty']) && jwk['kty'] !== 'OKP')
    return []
  const code = form ?? memberFault(jwk, isPrivatePlace)
  return [[code, supplier, { line }]]
}

/** What is wrong with the text, before it is a key. */
function formFault(text: string): string | undefined {
  if (/-----BEGIN|ssh-ed25519|ssh-rsa|ecdsa-sha2-/.test(text)) return 'jwk_pem'
  if (/^[ \t\n\r]*(["'])[\s\S]*\1[ \t\n\r]*$/.test(text)) return 'jwk_quoted'
  if (parseJsonObject(text) !== undefined) return undefined
  return /^[ \t\n\r]*\{[ \t\n\r]*\\"/.test(text) ? 'jwk_escaped' : 'jwk_not_json'
}

/** What is wrong with a key that is an object. */
function memberFault(jwk: JsonObject, isPrivatePlace: boolean): string {
  const { kty, crv } = jwk
  const faults: readonly (readonly [isThere: boolean, code: string])[] = [
    [Object.hasOwn(jwk, 'keys'), isPrivatePlace ? 'private_jwk_set' : 'jwks_invalid'],
    [typeof kty !== 'string', 'jwk_invalid'],
    [kty === 'oct', 'jwk_is_secret'],
    [isPrivatePlace && kty === 'OKP' && !Object.hasOwn(jwk, 'd'), 'private_jwk_public'],
    [!isPrivatePlace && isPrivate(jwk), 'public_jwk_private'],
    [kty !== 'OKP' || crv !== 'Ed25519', 'jwk_curve'],
  ]
  return faults.find(([isThere]) => isThere)?.[1] ?? keyFault(jwk, isPrivatePlace)
}

function keyFault(jwk: JsonObject, isPrivatePlace: boolean): string {
  const { use: _use, alg: _alg, key_ops: _operations, ...bare } = jwk
  const read = (members: object) => (isPrivatePlace ? readPrivateJwk(members) : readPublicJwk(members, EDDSA))
  if (!holds(() => read(jwk))) return holds(() => read(bare)) ? 'jwk_purpose' : 'jwk_invalid'
  // Each half was right for itself.
  return 'jwk_halves'
}

/** The `kid` of the private JWK, where it can be read. */
export function kidOfPrivateKey(reading: Reading): string | undefined {
  const kid = parseJsonObject(reading.of('privateKey').text ?? '')?.['kid']
  return isText(kid) ? kid : undefined
}

/** What a kit ignores in a key set, and its operator should know. */
export function setSymptoms(reading: Reading): readonly Symptom[] {
  const { supplier, text = '' } = reading.of('publicKeys')
  const keys = parseJsonObject(text)?.['keys']
  if (!Array.isArray(keys)) return []
  const jwks = (keys as readonly JsonValue[]).filter(isJsonObject)
  const usable = jwks.filter((jwk) => usableKeys([jwk], rowsOf(reading)).length > 0)
  const symptoms: Symptom[] = []
  if (usable.length === 0) symptoms.push(['jwks_empty', supplier])
  if (hasKidTwice(usable)) symptoms.push(['jwks_kid_twice', supplier])
  if (jwks.some(isPrivate)) symptoms.push(['jwks_private', supplier])
  return symptoms
}

/** Two different keys of one type and `kid`; the same key twice counts once. */
function hasKidTwice(jwks: readonly JsonObject[]): boolean {
  const keys = new Map<string, string>()
  return jwks.some(({ kid, kty, crv = null, x = null, n = null }) => {
    if (typeof kid !== 'string') return false
    const place = canonicalize([kty as string, crv, kid])
    const key = canonicalize([x, n])
    const other = keys.get(place) ?? key
    keys.set(place, other)
    return other !== key
  })
}
