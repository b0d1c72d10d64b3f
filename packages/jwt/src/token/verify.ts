import { type Algorithm, algorithmOf } from '../crypto/algorithms'
import type { JsonObject } from '../encoding/json-value'
import { parseJsonObject } from '../encoding/strict-json'
import type { Bytes } from '../encoding/utf8'
import { TokenError } from '../errors/errors'
import { checkBinding } from './binding'
import { type Claims, checkClaims, type KnownClaims, markVerified } from './claims'
import { splitToken } from './compact'
import { checkType, readHeader } from './header'
import { checkTimes } from './time'

/** What a trusted issuer's tokens are held to once the signature holds. */
export interface IssuerRules {
  readonly issuer: string
  /** Audiences of which a token must name one. */
  readonly audiences: ReadonlySet<string>
  /** Whether it is the kit's own issuer. */
  readonly own: boolean
  /** The outermost actors that it may name; undefined: any. */
  readonly actors: ReadonlySet<string> | undefined
  /** What becomes of an outside issuer's claims; undefined: they stay as they are. */
  readonly map: ((claims: JsonObject) => JsonObject) | undefined
}

/** A key that may have signed a token, and the issuers that hold it, in their configured order. */
export interface Candidate {
  readonly key: { verify(data: Bytes, signature: Bytes): Promise<boolean> }
  readonly issuers: readonly IssuerRules[]
}

/** Finds the keys for a token. */
export interface KeyFinder {
  /** Whether any trusted issuer allows the algorithm. */
  allows(algorithm: Algorithm): boolean
  /** @throws TokenError - `key_not_found`, `key_ambiguous`, `key_not_pinned`, `jwks_unavailable` */
  find(
    algorithm: Algorithm,
    kid: string | undefined,
    now: number,
  ): Promise<{ readonly candidates: readonly Candidate[]; readonly unavailable: boolean }>
}

/** Says whether claims were revoked before they expire. */
export interface RevocationList {
  /**
   * Whether a token was revoked; asked at every verification.
   *
   * @param claims - checked in all else; `iss` and `jti` name the token
   * @param now - seconds since the epoch
   * @returns exactly true or false. An exception, or anything else, counts as `revocation_unavailable`
   * @example
   * const revocation: RevocationList = { isRevoked: ({ sub }) => sub === 'u13' }
   */
  isRevoked(claims: KnownClaims, now: number): boolean | Promise<boolean>
}

/** How a kit verifies. */
export interface VerifyRules {
  readonly keys: KeyFinder
  /** Accepted types, in the form of `typeForm`. */
  readonly types: ReadonlySet<string>
  readonly requireType: boolean
  readonly maxTokenBytes: number
  readonly maxActorDepth: number
  /** Seconds. */
  readonly leeway: number
  /** Seconds. */
  readonly maxLifetime: number
  readonly revocation: RevocationList | undefined
}

/** What one verification is asked beyond the rules. */
export interface Expectations {
  /** Whether `sub` must be there. */
  readonly subject: boolean
  /** What the request proved, to be found in `cnf`. */
  readonly proofs: readonly (readonly [string, string])[]
}

/**
 * Verifies a token: the rules of the design in their order, the first that fails gives the code. Nothing that a sender
 * controls is parsed before it must be.
 *
 * @param now - seconds since the epoch
 * @throws TokenError
 */
export async function verifyToken(
  token: unknown,
  rules: VerifyRules,
  now: number,
  { subject, proofs }: Expectations,
): Promise<Claims> {
  const { header: headerBytes, payload, signature, signingInput } = splitToken(token, rules.maxTokenBytes)
  const header = readHeader(headerBytes)
  const algorithm = algorithmOf(header.alg)
  if (algorithm === undefined || !rules.keys.allows(algorithm)) throw new TokenError('alg_not_allowed')
  checkType(header.typ, rules.types, rules.requireType)
  const { candidates, unavailable } = await rules.keys.find(algorithm, header.kid, now)
  const issuers = await signersOf(candidates, signingInput, signature)
  if (issuers === undefined) throw new TokenError(unavailable ? 'jwks_unavailable' : 'signature_invalid')
  const json = parseJsonObject(payload)
  if (json === undefined) throw new TokenError('claims_malformed')
  // Several issuers may hold the key: the one that the token names, where it is among them.
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-assertion -- the compiler does not know that one is there
  const issuer = issuers.find((one) => one.issuer === json['iss']) ?? (issuers[0] as IssuerRules)
  const required = ['iss', 'aud', 'exp', ...(issuer.own ? ['iat'] : []), ...(subject ? ['sub'] : [])]
  checkClaims(json, required, rules.maxActorDepth)
  const claims = json as unknown as KnownClaims
  checkParties(claims, issuer)
  checkTimes(claims, now, rules.leeway)
  if (issuer.own && claims.exp - (claims.iat as number) > rules.maxLifetime)
    throw new TokenError('token_lifetime_too_long')
  if (rules.revocation) await checkRevocation(rules.revocation, claims, now)
  checkBinding(json['cnf'], proofs)
  return markVerified(issuer.map ? issuer.map(json) : json)
}

/** The issuers that hold the key under which the signature is good; undefined where it is good under none. */
async function signersOf(
  candidates: readonly Candidate[],
  data: Bytes,
  signature: Bytes,
): Promise<readonly IssuerRules[] | undefined> {
  for (const { key, issuers } of candidates) if (await holds(key, data, signature)) return issuers
  return undefined
}

async function holds(key: Candidate['key'], data: Bytes, signature: Bytes): Promise<boolean> {
  try {
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-boolean-literal-compare -- the key may be anybody's
    return (await key.verify(data, signature)) === true
  } catch {
    // Some runtimes throw on what is merely no signature; whatever they say, it is not one that holds.
    return false
  }
}

function checkParties({ iss, aud, act }: KnownClaims, { issuer, audiences, actors }: IssuerRules): void {
  if (iss !== issuer) throw new TokenError('issuer_mismatch')
  const named = typeof aud === 'string' ? audiences.has(aud) : aud.some((audience) => audiences.has(audience))
  if (!named) throw new TokenError('audience_mismatch')
  if (act !== undefined && actors !== undefined && !actors.has(act.sub)) throw new TokenError('actor_not_allowed')
}

async function checkRevocation(list: RevocationList, claims: KnownClaims, now: number): Promise<void> {
  let revoked: unknown
  try {
    revoked = await list.isRevoked(claims, now)
  } catch {
    // A list that throws says nothing, whatever it says.
  }
  if (typeof revoked !== 'boolean') throw new TokenError('revocation_unavailable')
  if (revoked) throw new TokenError('token_revoked')
}
