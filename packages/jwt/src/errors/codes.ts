// The closed list of codes, in the order of the design; conformance/errors.json says the same in words for both languages.

/** Codes of {@link TokenError}, in the order of the verification steps. */
export const TOKEN_ERROR_CODES = [
  'token_too_large',
  'token_malformed',
  'header_invalid',
  'alg_not_allowed',
  'typ_mismatch',
  'key_not_found',
  'key_ambiguous',
  'key_not_pinned',
  'jwks_unavailable',
  'signature_invalid',
  'claims_malformed',
  'claim_missing',
  'claim_invalid',
  'delegation_too_deep',
  'issuer_mismatch',
  'audience_mismatch',
  'actor_not_allowed',
  'token_expired',
  'token_not_yet_valid',
  'token_issued_in_future',
  'token_lifetime_too_long',
  'token_revoked',
  'revocation_unavailable',
  'binding_missing',
  'binding_mismatch',
  'token_replayed',
  'replay_unavailable',
  'policy_denied',
  'delegation_expired',
  'delegation_actor_denied',
  'delegation_escalation',
  'value_unsupported',
] as const

/** Codes of {@link ConfigError}. */
export const CONFIG_ERROR_CODES = [
  'config_missing',
  'config_invalid',
  'config_conflict',
  'key_invalid',
  'key_weak',
  'key_unsuitable',
  'jwks_invalid',
  'runtime_unsupported',
] as const

/** A code that a `TokenError` carries: stable, for the log and for tests. */
export type TokenErrorCode = (typeof TOKEN_ERROR_CODES)[number]

/** A code that a `ConfigError` carries: stable, for the log and for tests. */
export type ConfigErrorCode = (typeof CONFIG_ERROR_CODES)[number]

/** Codes whose claim is always the same one. */
const FIXED_CLAIMS: Partial<Record<TokenErrorCode, string>> = {
  delegation_too_deep: 'act',
  issuer_mismatch: 'iss',
  audience_mismatch: 'aud',
  actor_not_allowed: 'act',
  token_expired: 'exp',
  token_not_yet_valid: 'nbf',
  token_issued_in_future: 'iat',
  token_lifetime_too_long: 'exp',
}

/** The claim that a code always concerns, if there is one. */
export const claimOf = (code: TokenErrorCode): string | undefined => FIXED_CLAIMS[code]

/** HTTP status of a code: 503 where a store cannot answer, 403 where the token is good but not enough, else 401. */
export const statusOf = (code: TokenErrorCode): 401 | 403 | 503 =>
  code.endsWith('_unavailable') ? 503 : code === 'policy_denied' ? 403 : 401

/** RFC 6750 section 3.1: the word that goes on the wire. With 503 the token is not at fault, so there is none. */
export const challengeOf = (status: 401 | 403 | 503): string | undefined =>
  status === 503 ? undefined : `Bearer error="${status === 403 ? 'insufficient_scope' : 'invalid_token'}"`
