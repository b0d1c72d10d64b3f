import type { TokenErrorCode } from '@kit/jwt'

/** Why a guard refuses what no kit has refused. */
export type GuardCode =
  | 'credentials_missing'
  | 'credentials_scheme_unsupported'
  | 'credentials_repeated'
  | 'quota_exceeded'
  | 'limiter_unavailable'

/** Why a request is refused: for the log. */
export type RefusalCode = GuardCode | TokenErrorCode

/** A request is refused. Thrown and caught within a guard. */
export class Refused extends Error {
  constructor(
    readonly code: RefusalCode,
    readonly details: { readonly claim?: string | undefined; readonly failed?: readonly string[] | undefined } = {},
  ) {
    super(code)
  }
}
