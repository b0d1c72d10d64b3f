import { type Claims, TokenError } from '@kit/jwt'
import { type Answer, answer, empty, type Message } from '../http/message'
import { readForm, required } from '../http/parameters'
import { Refused } from '../http/refused'
import { authenticate } from './authentication'
import type { Client } from './clients'
import type { Context } from './context'
import { isFor } from './kits'

/** What is told of a token (RFC 7662 section 2.2, RFC 8705 section 3.2), and what it lets its subject do. */
const TOLD = [
  'iss',
  'sub',
  'aud',
  'exp',
  'nbf',
  'iat',
  'jti',
  'client_id',
  'scope',
  'permissions',
  'roles',
  'act',
  'cnf',
]

/** Whether a token that came to a client is good (RFC 7662). Of any other one it learns nothing. */
export async function introspect(message: Message, context: Context): Promise<Answer> {
  const form = readForm(message)
  const client = await authenticate(message, form, context)
  const claims = await opened(required(form, 'token'), context)
  if (claims === undefined || !isFor(claims, client)) return answer(200, { active: false })
  const told = TOLD.filter((name) => claims[name] !== undefined).map((name) => [name, claims[name]] as const)
  return answer(200, { active: true, token_type: 'Bearer', ...(Object.fromEntries(told) as Record<string, unknown>) })
}

/** Takes a token back (RFC 7009): one that was issued to the client, or in which it acts. */
export async function revoke(message: Message, context: Context): Promise<Answer> {
  const { config } = context
  const form = readForm(message)
  const client = await authenticate(message, form, context)
  const claims = await opened(required(form, 'token'), context)
  // What is not good any more needs no taking back (section 2.2).
  if (claims === undefined) return empty(200)
  if (!isOf(claims, client)) throw new Refused('unauthorized_client', 'token_of_another')
  const { iss: issuer, jti, exp } = claims
  if (jti === undefined) throw new Refused('unsupported_token_type', 'claim_missing')
  try {
    await config.revocation.revoke({ issuer, jti, expires: exp + config.authority.timing.leeway })
  } catch {
    throw new Refused('temporarily_unavailable', 'revocation_unavailable')
  }
  return empty(200)
}

const isOf = (claims: Claims, { id }: Client): boolean =>
  claims.act === undefined ? claims['client_id'] === id : claims.act.sub === id

/**
 * The claims of a good token of this issuer.
 *
 * @throws Refused - `temporarily_unavailable`: it cannot be known now
 */
async function opened(token: string, { kits }: Context): Promise<Claims | undefined> {
  try {
    return await kits.own.verify(token)
  } catch (error) {
    if (!TokenError.is(error)) throw error
    if (error.status === 503) throw new Refused('temporarily_unavailable', error.code)
    return undefined
  }
}
