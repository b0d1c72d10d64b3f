import { encodeText, signText } from '#crypto'
import { canonicalize } from '../encoding/jcs'
import type { JsonObject } from '../encoding/json-value'
import { after, type Maybe } from '../encoding/steps'
import { ConfigError, TokenError } from '../errors/errors'
import type { Signer } from '../keys/signer'
import { checkClaims, readClaims } from './claims'

/** How a kit mints. */
export interface MintRules {
  /** Seconds. */
  readonly maxLifetime: number
  readonly maxTokenBytes: number
  readonly maxActorDepth: number
  /** A new `jti`, asked for when the claims have none. */
  readonly uuid: () => string
}

/** What one token is minted with. */
export interface MintRequest {
  readonly iss: string
  readonly aud: string | readonly string[]
  /** Seconds; anything but an integer from 1 to the longest lifetime is refused. */
  readonly ttl: unknown
  /** The token expires no later, seconds since the epoch. */
  readonly expiresBy: number | undefined
  /** Seconds since the epoch. */
  readonly now: number
}

/** A signature of 64 bytes, HS512's and Ed25519's alike. */
const SIGNATURE_CHARACTERS = 86
const RESERVED = ['iss', 'aud', 'iat', 'exp']

/** The segment of a header as the kit writes it, RFC 8785. */
export function encodeHeader(alg: string, typ: string, kid: string | undefined): string {
  return encodeText(canonicalize(kid === undefined ? { alg, typ } : { alg, typ, kid }))
}

/**
 * The claims of a new token: TTL, reserved claims, JSON, claim types, in this order. The caller's object is read here, before
 * anything is awaited: what it changes afterwards is not minted.
 *
 * @throws ConfigError - `config_invalid` with `ttl` or `entropy`
 * @throws MisuseError - `claims` is not a plain object
 * @throws TokenError - `value_unsupported`, `claim_invalid`, `delegation_too_deep`
 */
export function newClaims(claims: unknown, rules: MintRules, request: MintRequest): JsonObject {
  const { iss, aud, now, ttl, expiresBy = Number.POSITIVE_INFINITY } = request
  if (!Number.isInteger(ttl) || (ttl as number) < 1 || (ttl as number) > rules.maxLifetime)
    throw new ConfigError('config_invalid', { variable: 'ttl' })
  const given = Object(claims) as object
  for (const claim of RESERVED) if (Object.hasOwn(given, claim)) throw new TokenError('value_unsupported', { claim })
  const iat = Math.floor(now)
  const exp = Math.min(iat + (ttl as number), expiresBy)
  const payload = readClaims(claims, { aud, exp, iat, iss, jti: '' })
  if (payload['jti'] === '' && !Object.hasOwn(claims as object, 'jti')) payload['jti'] = rules.uuid()
  checkClaims(payload, '', rules.maxActorDepth)
  return payload
}

/**
 * Mints a token (RFC 7515 section 5.1): size, then signature.
 *
 * @param header - the header's segment
 * @throws TokenError - `value_unsupported`: larger than allowed
 */
export function mintToken(
  claims: JsonObject,
  header: string,
  signer: Signer,
  { maxTokenBytes }: MintRules,
): Maybe<string> {
  const json = JSON.stringify(claims)
  // Its members stand in their order, unless names are numbers, which an object puts first. Most have no object within.
  const hasNumbers = json.includes('{"', 1) ? /{"\d/.test(json) : (json[2] as string) < 'a'
  const signingInput = `${header}.${encodeText(hasNumbers ? canonicalize(claims) : json)}`
  if (signingInput.length + 1 + SIGNATURE_CHARACTERS > maxTokenBytes) throw new TokenError('value_unsupported')
  return after(signText(signer, signingInput), (signature) => `${signingInput}.${signature}`)
}
