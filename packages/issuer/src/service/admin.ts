import { TokenError } from '@kit/jwt'
import { type Answer, answer, type Message } from '../http/message'
import { readObject } from '../http/parameters'
import { Refused } from '../http/refused'
import { ADMIN_HEADER } from './authentication'
import { ADMIN } from './clients'
import type { AdminRules, IssuerConfig } from './config'
import type { Context } from './context'
import { digestOf, isAmong } from './digests'
import { issue } from './issuing'

const NAMES = ['sub', 'roles', 'permissions', 'aud', 'ttl']
/** No digest of anything that anybody knows. */
const NOBODY = new Uint8Array(32)

/** Mints what whoever holds the admin secret asks for, within the policy. */
export async function admin(message: Message, context: Context): Promise<Answer> {
  await authenticateAdmin(message, context)
  const { claims, aud, ttl } = readRequest(readObject(message), context.config)
  try {
    const { token, kid, claims: issued } = await issue(context, ADMIN, (kit) => kit.sign(claims, { aud, ttl }))
    return answer(200, { token, expiresAt: issued.exp, kid })
  } catch (error) {
    // What was asked for does not fit into a token.
    throw TokenError.is(error) ? new Refused('invalid_request', error.code) : error
  }
}

async function authenticateAdmin({ headers }: Message, { config, failures }: Context): Promise<void> {
  if (headers['authorization'] !== undefined) throw new Refused('invalid_request', 'authentication_ambiguous')
  const shown = headers[ADMIN_HEADER]
  const [digest, wanted] = await Promise.all([digestOf(shown ?? ''), config.adminDigest])
  // From here to the end nothing else happens meanwhile: many requests at once are no more guesses than one after the other.
  const now = config.clock()
  const wait = failures.wait(now)
  if (wait > 0) {
    const headers = { 'retry-after': String(wait) }
    throw new Refused('temporarily_unavailable', 'too_many_failures', { status: 429, headers })
  }
  if (shown === undefined) throw new Refused('invalid_client', 'authentication_missing')
  if (isAmong(digest, [wanted ?? NOBODY])) return
  failures.add(now)
  throw new Refused('invalid_client', 'secret_wrong')
}

interface AdminRequest {
  readonly claims: {
    readonly sub: string
    readonly roles?: readonly string[]
    readonly permissions?: readonly string[]
  }
  readonly aud: string | readonly string[]
  readonly ttl: number
}

function readRequest(body: Readonly<Record<string, unknown>>, config: IssuerConfig): AdminRequest {
  if (Object.keys(body).some((name) => !NAMES.includes(name))) invalid('parameter_unknown')
  const { sub = invalid('parameter_missing'), aud = config.audience ?? invalid('parameter_missing') } = body
  const { ttl = config.ttl } = body
  if (typeof sub !== 'string' || sub === '') return invalid('parameter_invalid')
  if (typeof ttl !== 'number' || !Number.isInteger(ttl) || ttl < 1) return invalid('parameter_invalid')
  const audiences = texts([aud].flat())
  const sets = { roles: body['roles'], permissions: body['permissions'] }
  const claims = Object.fromEntries(
    Object.entries(sets).flatMap(([name, value]) => (value === undefined ? [] : [[name, texts(value)]])),
  )
  if (audiences.length === 0) return invalid('parameter_invalid')
  const request = {
    claims: { sub, client_id: ADMIN, ...claims },
    aud: aud as string | readonly string[],
    ttl: Math.min(ttl, config.admin.ttl),
  }
  check(request, audiences, config.admin)
  return request
}

function check(
  { claims: { sub, roles = [], permissions = [] } }: AdminRequest,
  audiences: readonly string[],
  rules: AdminRules,
) {
  if (rules.subjects && !rules.subjects.includes(sub)) denied('subject_not_allowed')
  if (!roles.every((role) => rules.roles.includes(role))) denied('role_not_allowed')
  if (!permissions.every((permission) => rules.permissions.includes(permission))) denied('permission_not_allowed')
  if (!audiences.every((audience) => rules.audiences.includes(audience))) denied('audience_not_allowed')
}

function texts(value: unknown): readonly string[] {
  const isList = Array.isArray(value) && value.every((item) => typeof item === 'string' && item !== '')
  return isList ? (value as readonly string[]) : invalid('parameter_invalid')
}

function invalid(why: string): never {
  throw new Refused('invalid_request', why)
}

function denied(why: string): never {
  throw new Refused('access_denied', why)
}
