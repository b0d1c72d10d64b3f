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

/** What a header says of its key, and the moment. */
export interface KeyQuery {
  readonly algorithm: Algorithm
  readonly kid: string | undefined
  /** Seconds since the epoch. */
  readonly now: number
}

/** What verifies a signature. */
export interface VerifyKey {
  verify(data: Bytes, signature: Bytes): Promise<boolean>
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
    isSigner: (key: VerifyKey) => Promise<boolean>,
    isNamed: (issuer: IssuerRules) => boolean,
  ): Promise<IssuerRules>
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
  /** Throws for claims that were revoked. */
  readonly revocation?: ((claims: KnownClaims, now: number) => Promise<void>) | undefined
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
  // Read once a key is known to have signed it, to tell which of the issuers that hold the key is meant.
  const read: { json?: JsonObject | undefined } = {}
  const issuer = await rules.keys.find(
    { algorithm, kid: header.kid, now },
    (key) => holds(key, signingInput, signature),
    (one) => {
      read.json ??= parseJsonObject(payload)
      return read.json?.['iss'] === one.issuer
    },
  )
  const { json } = read
  if (json === undefined) throw new TokenError('claims_malformed')
  const required = ['iss', 'aud', 'exp', ...(issuer.own ? ['iat'] : []), ...(subject ? ['sub'] : [])]
  checkClaims(json, required, rules.maxActorDepth)
  const claims = json as unknown as KnownClaims
  checkParties(claims, issuer)
  checkTimes(claims, now, rules.leeway)
  if (issuer.own && claims.exp - (claims.iat as number) > rules.maxLifetime)
    throw new TokenError('token_lifetime_too_long')
  await rules.revocation?.(claims, now)
  checkBinding(json['cnf'], proofs)
  return markVerified(issuer.map ? issuer.map(json) : json)
}

async function holds(key: VerifyKey, data: Bytes, signature: Bytes): Promise<boolean> {
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
