import { type Answer, answer } from '../http/message'
import type { Parameters } from '../http/parameters'
import { Refused } from '../http/refused'
import type { Client } from './clients'
import type { Context } from './context'
import { issue, tokenResponse } from './issuing'
import { scopeOf, targetOf } from './targets'

/** A token of a client's own (RFC 6749 section 4.4). */
export async function credentials(form: Parameters, client: Client, context: Context): Promise<Answer> {
  const { id, permissions, roles, scopes } = client
  const scope = scopeOf(form) ?? scopes.join(' ')
  if (scope !== '' && !scope.split(' ').every((one) => scopes.includes(one)))
    throw new Refused('invalid_scope', 'scope_not_allowed')
  const aud = targetOf(form, client)
  const claims = {
    sub: id,
    client_id: id,
    ...(permissions.length > 0 && { permissions }),
    ...(roles.length > 0 && { roles }),
    ...(scope !== '' && { scope }),
  }
  const ttl = client.ttl ?? context.config.ttl
  return answer(200, tokenResponse(await issue(context, id, (kit) => kit.sign(claims, { aud, ttl }))))
}
