import { ConfigError, type Principal, TokenError, unsafeTrustClaims } from '@kit/jwt'
import type { GuardKit } from './options'
import type { GuardRequest } from './request'

/** Variables by name, such as `process.env`. */
export type Variables = Readonly<Record<string, string | undefined>>

/** Who everybody is while a guard is open; `isOpen` tells such a principal from a verified one. */
const NOBODY = 'dev-auth-open'

const SWITCH = 'DEV_AUTH_OPEN'
/** Where environments say what they are. */
const STAGES = ['NODE_ENV', 'ENVIRONMENT', 'APP_ENV', 'DENO_ENV', 'PYTHON_ENV', 'FLASK_ENV', 'DJANGO_ENV']
const PRODUCTION = /^prod(uction)?$/i
// What a proxy adds: whoever is behind it is not on this machine.
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via']
const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3})$/
const LOCAL_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i
const SCHEME = /^https?:\/\//

const OPEN = new WeakMap<object, Principal>()

/**
 * A kit that lets everybody on this machine pass, for development without an issuer: where `DEV_AUTH_OPEN` is the exact word
 * `true`. Everybody is the same principal, marked as such; no policy, limit or replay is looked at.
 *
 * @param environment - the variables, such as `process.env`
 * @param warn - is told once, `console.warn` unless given
 * @returns the kit; undefined where the variable is not set, so that the kit that is meant can be made in its place
 * @throws ConfigError - `config_invalid` (another word than `true`), `config_conflict` (in production, or beside a configured
 *   issuer), with `DEV_AUTH_OPEN`
 * @example
 * const guard = fetchGuard({ kit: developmentKit({}) ?? kit })
 */
export function developmentKit(
  environment: Variables,
  // biome-ignore lint/suspicious/noConsole: a program that is open says so where it is started
  warn: (message: string) => void = console.warn,
): GuardKit | undefined {
  const word = environment[SWITCH]
  if (word === undefined) return undefined
  if (word !== 'true') throw new ConfigError('config_invalid', { variable: SWITCH })
  const isProduction = STAGES.some((name) => PRODUCTION.test(environment[name]?.trim() ?? ''))
  const isConfigured = Object.entries(environment).some(
    ([name, value]) => name.startsWith('JWT_') && value !== undefined,
  )
  if (isProduction || isConfigured) throw new ConfigError('config_conflict', { variable: SWITCH })
  warn(`${SWITCH} is true: every request from this machine passes, as "${NOBODY}", without a token`)
  const refuse = () => Promise.reject(new TokenError('key_not_found'))
  const kit: GuardKit = Object.freeze({ checkAuth: refuse, consumeOnce: refuse })
  const claims = unsafeTrustClaims({ iss: NOBODY, sub: NOBODY, aud: NOBODY, exp: 253_402_300_799 })
  const none = Object.freeze([])
  OPEN.set(
    kit,
    Object.freeze({
      ...{ subject: NOBODY, issuer: NOBODY, permissions: none, roles: none, scopes: none, actors: none },
      ...{ jti: undefined, claims },
    }),
  )
  return kit
}

/**
 * Whether a principal was let in by `DEV_AUTH_OPEN`, without a token.
 *
 * @param principal - of a request
 * @returns whether it is the one that everybody is
 * @example
 * isOpen(user) // false
 */
export const isOpen = ({ issuer }: Principal): boolean => issuer === NOBODY

/** Who everybody is, where the guard is open and the request comes from this machine; else undefined. */
export function openTo(kit: GuardKit, request: GuardRequest): Principal | undefined {
  const principal = OPEN.get(kit)
  if (principal === undefined) return undefined
  const [host = '', ...others] = request.header('host')
  const isOfHere = (origin: string): boolean => SCHEME.test(origin) && LOCAL_HOST.test(origin.replace(SCHEME, ''))
  // A page of another site can send requests here, and under a name of its own that leads to this machine.
  const isLocal = others.length === 0 && LOCAL_HOST.test(host) && request.header('origin').every(isOfHere)
  const isDirect = LOOPBACK.test(request.peer ?? '') && FORWARDED.every((name) => request.header(name).length === 0)
  return isLocal && isDirect ? principal : undefined
}
