import type { Algorithm } from '../crypto/algorithms'
import type { JsonObject } from '../encoding/json-value'
import { after, type Maybe } from '../encoding/steps'
import { TokenError } from '../errors/errors'
import { checkBinding } from './binding'
import { type Claims, checkClaims, type KnownClaims, markVerified } from './claims'
import { checkType } from './header'
import { openToken, type VerifyKey } from './opened'
import type { SignatureCache } from './signature-cache'
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

/** What a header says of its key, and the moment. */
export interface KeyQuery {
  readonly algorithm: Algorithm
  readonly kid: string | undefined
  /** Seconds since the epoch. */
  readonly now: number
}

/** Finds the issuer whose key signed a token. */
export interface KeyFinder {
  /** Whether any trusted issuer allows the algorithm. */
  allows(algorithm: Algorithm): boolean
  /**
   * @param isSigner - whether a key made the signature; asked once for each key
   * @param isNamed - whether the token names an issuer; asked of those whose key made the signature
   * @returns the issuer whose key made the signature and that the token names; where it names none of those, the first
   * @throws TokenError - `key_not_found`, `key_ambiguous`, `key_not_pinned`, `jwks_unavailable`, `signature_invalid`
   */
  find(
    query: KeyQuery,
    isSigner: (key: VerifyKey) => Maybe<boolean>,
    isNamed: (issuer: IssuerRules) => boolean,
  ): Maybe<IssuerRules>
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
  /** Which signatures held before; everything else is checked again. */
  readonly cache?: SignatureCache | undefined
  /** Throws for claims that were revoked. */
  readonly revocation?: ((claims: KnownClaims, now: number) => Maybe<void>) | undefined
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
export function verifyToken(
  token: unknown,
  rules: VerifyRules,
  now: number,
  { subject, proofs }: Expectations,
): Maybe<Claims> {
  const { maxTokenBytes, cache } = rules
  const { header, check, parse, isKnown, accept } = cache
    ? cache.open(token, maxTokenBytes)
    : openToken(token, maxTokenBytes)
  const { algorithm, type, kid } = header
  if (algorithm === undefined || !rules.keys.allows(algorithm)) throw new TokenError('alg_not_allowed')
  checkType(type, rules.types, rules.requireType)
  // Read once a key is known to have signed it, to tell which of the issuers that hold the key is meant.
  let json: JsonObject | undefined
  const found = rules.keys.find({ algorithm, kid, now }, check, (one) => {
    json ??= parse()
    return json?.['iss'] === one.issuer
  })
  return after(found, (issuer) => {
    if (json === undefined) throw new TokenError('claims_malformed')
    const read = json
    // What is remembered has them all, and of the right types; whether `sub` must be there, each call says.
    if (!isKnown?.(issuer) || (subject && read['sub'] === undefined))
      checkClaims(read, `iss aud exp${issuer.own ? ' iat' : ''}${subject ? ' sub' : ''}`, rules.maxActorDepth)
    const claims = read as unknown as KnownClaims
    checkParties(claims, issuer)
    checkTimes(claims, now, rules.leeway)
    if (issuer.own && claims.exp - (claims.iat as number) > rules.maxLifetime)
      throw new TokenError('token_lifetime_too_long')
    return after(rules.revocation?.(claims, now), () => {
      if (proofs.length > 0) checkBinding(read['cnf'], proofs)
      accept?.(issuer)
      return markVerified(issuer.map ? issuer.map(read) : read)
    })
  })
}

function checkParties({ iss, aud, act }: KnownClaims, { issuer, audiences, actors }: IssuerRules): void {
  if (iss !== issuer) throw new TokenError('issuer_mismatch')
  const named = typeof aud === 'string' ? audiences.has(aud) : aud.some((audience) => audiences.has(audience))
  if (!named) throw new TokenError('audience_mismatch')
  if (act !== undefined && actors !== undefined && !actors.has(act.sub)) throw new TokenError('actor_not_allowed')
}
