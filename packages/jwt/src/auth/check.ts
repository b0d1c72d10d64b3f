import { MisuseError, TokenError } from '../errors/errors'
import type { Claims } from '../token/claims'
import type { Context } from './evaluate'
import type { Policy } from './policy'
import { type Principal, principalOf } from './principal'

/**
 * The principal of claims that a policy, and the predicate beside it, let pass.
 *
 * @throws TokenError - `policy_denied`, with the rules that failed; with none where the predicate said no
 * @throws MisuseError - a name that the context lacks; a predicate that answers anything but true or false
 */
export function checkClaimsAgainst(
  claims: Claims,
  policy: Policy,
  context: Context | undefined,
  also: ((claims: Claims) => boolean) | undefined,
): Principal {
  const { allowed, failed } = policy.evaluate(claims, context)
  if (!allowed) throw new TokenError('policy_denied', { failed })
  if (also !== undefined) {
    const answer: unknown = also(claims)
    // A promise is no answer, and would be true.
    if (typeof answer !== 'boolean') throw new MisuseError('also: not a boolean')
    if (!answer) throw new TokenError('policy_denied', { failed: [] })
  }
  return principalOf(claims)
}
