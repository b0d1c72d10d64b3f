import type { Parameters } from '../http/parameters'
import { Refused } from '../http/refused'
import type { Client } from './clients'

/**
 * The one service that a token is for: what `audience` (RFC 8693) or `resource` (RFC 8707) names, or the only one that the
 * client has.
 *
 * @throws Refused - `invalid_target`
 */
export function targetOf(form: Parameters, { audiences }: Client): string {
  const asked = [form.get('audience'), form.get('resource')].filter((name) => name !== undefined)
  const [target, ...others] = asked.length > 0 ? asked : audiences
  if (target === undefined || others.length > 0) throw new Refused('invalid_target', 'audience_not_one')
  if (!audiences.includes(target)) throw new Refused('invalid_target', 'audience_not_allowed')
  return target
}

/** RFC 6749 section 3.3, as it is written there: one space between two. */
const SCOPE = /^[!#-[\]-~]+(?: [!#-[\]-~]+)*$/

/**
 * The scope that a request asks for.
 *
 * @throws Refused - `invalid_scope`
 */
export function scopeOf(form: Parameters): string | undefined {
  const scope = form.get('scope')
  if (scope !== undefined && !SCOPE.test(scope)) throw new Refused('invalid_scope', 'scope_malformed')
  return scope
}
