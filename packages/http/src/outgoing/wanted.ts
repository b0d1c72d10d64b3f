import { type Claims, isVerified, MisuseError } from '@kit/jwt'
import { canonicalize, encodeBase64url } from '@kit/jwt/encoding'

/** A token that a caller wants. */
export interface Wanted {
  /** The service that is called: the audience of the token. */
  readonly target: string
  /** Scopes, in any order; none unless given. */
  readonly scopes?: readonly string[]
  /** The user acted for: claims that a kit verified, or the token that the user sent. The caller itself unless given. */
  readonly user?: Claims | string
}

/** What a source of tokens is asked for. */
export interface Asked {
  /** Who calls. */
  readonly caller: string
  /** The audience of the token. */
  readonly target: string
  /** In the order of their characters, each once. */
  readonly scopes: readonly string[]
  /** The user acted for: verified claims, or the user's token; undefined: the caller itself. */
  readonly user: Claims | string | undefined
}

// A scope-token of RFC 6749 section 3.3: the order of its characters is the same in every language.
const SCOPE = /^[!#-[\]-~]+$/

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

/**
 * A private copy of what is wanted.
 *
 * @throws MisuseError - no target, what is no scope, a user by claims that no kit verified: a token that is kept would else be
 *   shown for claims that nobody has looked at
 */
export function readWanted(caller: string, { target, scopes = [], user, ...others }: Wanted): Asked {
  if (!isText(target) || Object.keys(others).length > 0) throw new MisuseError('wanted: wrong')
  if (!Array.isArray(scopes) || !scopes.every((scope) => typeof scope === 'string' && SCOPE.test(scope)))
    throw new MisuseError('scopes: wrong')
  if (user !== undefined && !isText(user) && !isVerified(user)) throw new MisuseError('user: not verified')
  return { caller, target, scopes: [...new Set(scopes)].sort(), user }
}

/** What a token is kept under: the same text in every language. A token is in it by its digest alone. */
export const keyOf = async ({ caller, target, scopes, user }: Asked): Promise<string> =>
  canonicalize([caller, target, scopes, user === undefined ? null : await nameOf(user)])

async function nameOf(user: Claims | string): Promise<readonly string[]> {
  if (typeof user === 'string') return ['token', await digestOf(user)]
  const { iss, sub, jti } = user
  // Without jti, two tokens of one user may allow different things.
  return isText(iss) && isText(sub) && isText(jti)
    ? ['claims', iss, sub, jti]
    : ['digest', await digestOf(canonicalize(user))]
}

const digestOf = async (text: string): Promise<string> =>
  encodeBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))
