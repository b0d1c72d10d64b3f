// What a refusal is on the wire: RFC 9457 and RFC 6750, the same bytes in every language.
import { canonicalize } from '@kit/jwt/encoding'
import type { RefusalCode } from './refused'

/** An answer, to be sent as it is. */
export interface Answer {
  /** Of HTTP. */
  readonly status: 401 | 403 | 429 | 503
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Text in UTF-8. */
  readonly body: string
}

interface Kind {
  readonly status: Answer['status']
  /** On the wire, where the code of the log would tell an attacker how far it came. */
  readonly code: string
  readonly title: string
  readonly type?: string
  readonly headers: Readonly<Record<string, string>>
}

// Seconds: a store that fails is mostly back after a failover.
const COME_BACK = '5'

const ANONYMOUS: Kind = {
  status: 401,
  code: 'authentication_required',
  title: 'Unauthorized',
  // RFC 6750 section 3.1: no error where there is no token.
  headers: { 'www-authenticate': 'Bearer' },
}
const INVALID: Kind = {
  status: 401,
  code: 'invalid_token',
  title: 'Unauthorized',
  headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
}
const DENIED: Kind = {
  status: 403,
  code: 'insufficient_scope',
  title: 'Forbidden',
  headers: { 'www-authenticate': 'Bearer error="insufficient_scope"' },
}
const EXCEEDED: Kind = {
  status: 429,
  code: 'quota_exceeded',
  title: 'Quota Exceeded',
  // draft-ietf-httpapi-ratelimit-headers-11 section 5.1.
  type: 'https://iana.org/assignments/http-problem-types#quota-exceeded',
  headers: {},
}
const UNAVAILABLE: Kind = {
  status: 503,
  code: 'temporarily_unavailable',
  title: 'Service Unavailable',
  headers: { 'retry-after': COME_BACK },
}

function kindOf(code: RefusalCode): Kind {
  if (code === 'credentials_missing' || code === 'credentials_scheme_unsupported') return ANONYMOUS
  if (code === 'policy_denied') return DENIED
  if (code === 'quota_exceeded') return EXCEEDED
  return code.endsWith('_unavailable') ? UNAVAILABLE : INVALID
}

/**
 * @param code - why
 * @param headers - further ones
 * @param violated - the limit that was exceeded
 */
export function answerFor(code: RefusalCode, headers: Readonly<Record<string, string>>, violated?: string): Answer {
  const { status, code: word, title, type = 'about:blank', headers: own } = kindOf(code)
  const problem = {
    ...{ code: word, status, title, type },
    ...(violated !== undefined && { 'violated-policies': [violated] }),
  }
  return {
    status,
    headers: { 'cache-control': 'no-store', 'content-type': 'application/problem+json', ...own, ...headers },
    body: canonicalize(problem),
  }
}
