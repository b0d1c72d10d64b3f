import { type Kit, MisuseError } from '@kit/jwt'
import type { TokenSource } from './source'

/** What minting needs of a kit. */
export type MintingKit = Pick<Kit, 'sign' | 'createDelegatedToken' | 'decodeUnverified'>

/** How tokens are minted. */
export interface MintOptions {
  /** Seconds that a token lives; the kit's unless given. */
  readonly ttl?: number
}

/**
 * Mints the tokens with a kit: in the caller's own name, or as the one who acts for a user, whose verified claims are then
 * needed. Without scopes, a token for a user has those of the user.
 *
 * @param kit - whose keys the targets trust
 * @param options - `ttl` in seconds
 * @returns the source; it throws what `Kit.sign` and `Kit.createDelegatedToken` throw, and `MisuseError` for a user by token
 * @example
 * const tokens = createTargetTokens({ caller: 'gateway', source: mintLocally(kit, { ttl: 300 }) })
 */
export function mintLocally(kit: MintingKit, options: MintOptions = {}): TokenSource {
  const own = { ...options }
  return async ({ caller, target, scopes, user }) => {
    const scope = scopes.length > 0 ? { scope: scopes.join(' ') } : {}
    if (typeof user === 'string') throw new MisuseError('user: claims are needed, a token is not verified here')
    const token =
      user === undefined
        ? await kit.sign({ sub: caller, ...scope }, { aud: target, ...own })
        : await kit.createDelegatedToken(user, caller, { aud: target, ...scope, ...own })
    const { exp, iat } = kit.decodeUnverified(token).claims as { readonly exp: number; readonly iat: number }
    return { token, lifetime: exp - iat }
  }
}
