import { encodeBase64url } from '../encoding/base64url'
import { canonicalize } from '../encoding/jcs'
import type { JsonObject, JsonValue } from '../encoding/json-value'
import { encodeUtf8 } from '../encoding/utf8'
import { ConfigError, TokenError } from '../errors/errors'
import type { Signer } from '../keys/signer'
import { checkClaims, readClaims } from './claims'

/** What holds for every token that a kit mints. */
export interface MintLimits {
  /** Seconds. */
  readonly maxLifetime: number
  readonly maxTokenBytes: number
  readonly maxActorDepth: number
}

/** What one token is minted with. */
export interface MintRequest {
  readonly iss: string
  readonly aud: string | readonly string[]
  /** Seconds; anything but an integer from 1 to the longest lifetime is refused. */
  readonly ttl: unknown
  /** The token expires no later, seconds since the epoch. */
  readonly expiresBy?: number
  /** Seconds since the epoch. */
  readonly now: number
  /** 16 random bytes, asked for when the claims have no `jti`. */
  readonly entropy: () => Uint8Array
}

/** A signature of 64 bytes, HS512's and Ed25519's alike. */
const SIGNATURE_CHARACTERS = 86
const RESERVED = ['iss', 'aud', 'iat', 'exp']

/** The segment of a header as the kit writes it, RFC 8785. */
export function encodeHeader(alg: string, typ: string, kid: string | undefined): string {
  return encodeSegment(kid === undefined ? { alg, typ } : { alg, typ, kid })
}

const encodeSegment = (value: JsonValue): string => encodeBase64url(encodeUtf8(canonicalize(value)))

/**
 * The claims of a new token: TTL, reserved claims, JSON, claim types, in this order. The caller's object is read here, before
 * anything is awaited: what it changes afterwards is not minted.
 *
 * @throws ConfigError - `config_invalid` with `ttl` or `entropy`
 * @throws MisuseError - `claims` is not a plain object
 * @throws TokenError - `value_unsupported`, `claim_invalid`, `delegation_too_deep`
 */
export function newClaims(claims: unknown, limits: MintLimits, request: MintRequest): JsonObject {
  const { iss, aud, now, entropy, ttl, expiresBy = Number.POSITIVE_INFINITY } = request
  if (!Number.isInteger(ttl) || (ttl as number) < 1 || (ttl as number) > limits.maxLifetime)
    throw new ConfigError('config_invalid', { variable: 'ttl' })
  for (const claim of RESERVED)
    if (Object.hasOwn(Object(claims) as object, claim)) throw new TokenError('value_unsupported', { claim })
  const payload = readClaims(claims)
  const iat = Math.floor(now)
  const exp = Math.min(iat + (ttl as number), expiresBy)
  Object.assign(payload, { iss, aud, iat, exp }, Object.hasOwn(payload, 'jti') ? {} : { jti: uuid(entropy()) })
  checkClaims(payload, [], limits.maxActorDepth)
  return payload
}

/**
 * Mints a token (RFC 7515 section 5.1): size, then signature.
 *
 * @param header - the header's segment
 * @throws TokenError - `value_unsupported`: larger than allowed
 */
export async function mintToken(
  claims: JsonObject,
  header: string,
  signer: Signer,
  { maxTokenBytes }: MintLimits,
): Promise<string> {
  const signingInput = `${header}.${encodeSegment(claims)}`
  if (signingInput.length + 1 + SIGNATURE_CHARACTERS > maxTokenBytes) throw new TokenError('value_unsupported')
  return `${signingInput}.${encodeBase64url(await signer.sign(encodeUtf8(signingInput)))}`
}

/** RFC 9562 section 5.4: a random UUID, version 4. */
function uuid(entropy: Uint8Array): string {
  const bytes = Uint8Array.from(entropy)
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
