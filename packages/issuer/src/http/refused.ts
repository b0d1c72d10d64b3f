import { type Answer, answer } from './message'

/** Error codes on the wire: RFC 6749 section 5.2, RFC 8693 section 2.2.2, RFC 7009 section 2.2.1, and two of plain HTTP. */
export type WireCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'invalid_scope'
  | 'invalid_target'
  | 'access_denied'
  | 'unsupported_token_type'
  | 'temporarily_unavailable'
  | 'server_error'
  | 'not_found'
  | 'method_not_allowed'

const STATUS: Readonly<Partial<Record<WireCode, number>>> = {
  invalid_client: 401,
  access_denied: 403,
  not_found: 404,
  method_not_allowed: 405,
  server_error: 500,
  temporarily_unavailable: 503,
}

// A challenge belongs to every 401 (RFC 9110 section 15.5.2).
const CHALLENGE = { 'www-authenticate': 'Basic realm="issuer", charset="UTF-8"' }

/** A request is refused. `why` is a code for the log; on the wire goes the other one alone, and nothing of the request. */
export class Refused extends Error {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  constructor(
    readonly code: WireCode,
    readonly why: string,
    {
      status = STATUS[code] ?? 400,
      headers = {},
    }: { status?: number; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(`${code}: ${why}`)
    this.status = status
    this.headers = headers
  }

  answer(): Answer {
    return answer(this.status, { error: this.code }, { ...(this.status === 401 && CHALLENGE), ...this.headers })
  }
}
