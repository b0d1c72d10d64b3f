import { canonicalize } from '@kit/jwt/encoding'

/** Whether a JSON value is an object. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Canonical text (RFC 8785) of what was made here. Where it is flat its members are only put in order: to copy and check them first
 * costs more than all else that is written of a token.
 */
export const writtenText = (members: Readonly<Record<string, unknown>>): string =>
  Object.values(members).some((value) => typeof value === 'object')
    ? canonicalize(members)
    : JSON.stringify(members, Object.keys(members).sort())
