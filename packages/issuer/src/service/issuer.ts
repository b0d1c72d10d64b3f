import { AuthorityError } from '../errors'
import { messageOf, responseOf } from '../http/fetch'
import { type Answer, answer, type Message } from '../http/message'
import { Refused } from '../http/refused'
import { startSpan } from '../http/spans'
import { type IssuerConfig, type IssuerOptions, type Refusal, readConfig } from './config'
import type { Context } from './context'
import { Failures } from './failures'
import { introspect, revoke } from './introspection'
import { Kits } from './kits'
import { Metrics } from './metrics'
import { keys, metadata, preflight, ready } from './published'
import { token } from './token'

/** An issuer over HTTP, without a framework. Its functions need no `this`. */
export interface Issuer {
  /**
   * Answers a request that is a plain value; for servers that have neither `Request` nor `Response`.
   *
   * @param message - the request, its body read up to 65,536 bytes
   * @returns the answer; it never throws
   * @example
   * const message = { method: 'GET', path: '/healthz', query: '', headers: {}, body: new Uint8Array() }
   * const { handle } = createIssuer({ authority, issuer: 'https://auth.example' })
   * const { status } = await handle(message)
   */
  handle(message: Message): Promise<Answer>
  /**
   * Answers a request of the Fetch standard: what Workers, Deno, Bun and Hono hand over.
   *
   * @param request - of any method and path
   * @returns the response
   * @example
   * const { fetch } = createIssuer({ authority, issuer: 'https://auth.example' })
   * const response = await fetch(new Request('https://auth.example/healthz'))
   */
  fetch(request: Request): Promise<Response>
}

/** An answer and, where it is a refusal, what it refuses with. */
interface Outcome {
  readonly given: Answer
  readonly refused?: Refused
}

type Handle = (message: Message, context: Context) => Answer | Promise<Answer>

interface Endpoint {
  readonly name: string
  /** Read by anybody, from anywhere. */
  readonly isOpen?: true
  readonly method: 'GET' | 'POST'
  readonly handle: Handle
}

const MEASURED: Endpoint = {
  name: 'metrics',
  method: 'GET',
  handle: (_, { metrics, config }) => metrics.answer(config.authority, config.clock()),
}

/** What is at which path. */
function endpointsOf({ issuer, metrics }: IssuerConfig): ReadonlyMap<string, Endpoint> {
  const path = new URL(issuer).pathname.replace(/\/$/, '')
  const set: Endpoint = { name: 'keys', isOpen: true, method: 'GET', handle: (it, { config }) => keys(it, config) }
  const about: Endpoint = { ...set, name: 'metadata', handle: (it, { config }) => metadata(it, config) }
  return new Map<string, Endpoint>([
    [`${path}/auth/.well-known/jwks.json`, set],
    [`${path}/.well-known/jwks.json`, set],
    // Between host and path of the issuer (RFC 8414 section 3.1).
    [`/.well-known/oauth-authorization-server${path}`, about],
    [`${path}/auth/token`, { name: 'token', method: 'POST', handle: token }],
    [`${path}/auth/introspect`, { name: 'introspect', method: 'POST', handle: introspect }],
    [`${path}/auth/revoke`, { name: 'revoke', method: 'POST', handle: revoke }],
    ['/healthz', { name: 'health', method: 'GET', handle: () => answer(200, { status: 'ok' }) }],
    ['/readyz', { name: 'ready', method: 'GET', handle: (it, { config }) => ready(it, config) }],
    ...(metrics ? [['/metrics', MEASURED] as const] : []),
  ])
}

/** @throws Refused - `method_not_allowed`; what the endpoint throws */
async function answerOf(message: Message, endpoint: Endpoint | undefined, context: Context): Promise<Answer> {
  if (endpoint === undefined) throw new Refused('not_found', 'not_found')
  const allowed = endpoint.method === 'GET' ? ['GET', 'HEAD', ...(endpoint.isOpen ? ['OPTIONS'] : [])] : ['POST']
  if (!allowed.includes(message.method)) {
    const headers = { allow: allowed.join(', ') }
    throw new Refused('method_not_allowed', 'method_not_allowed', { headers })
  }
  return message.method === 'OPTIONS' ? preflight() : endpoint.handle(message, context)
}

function refusedFor(error: unknown): Refused {
  if (error instanceof Refused) return error
  return AuthorityError.is(error)
    ? new Refused('temporarily_unavailable', error.code)
    : new Refused('server_error', 'unexpected')
}

/**
 * An issuer over HTTP: the token endpoint (RFC 6749, RFC 7523, RFC 8693), keys (RFC 7517), metadata (RFC 8414), introspection
 * (RFC 7662) and revocation (RFC 7009).
 *
 * @param options - the authority, the name of the issuer, and who may have what
 * @returns the issuer
 * @throws ConfigError - `config_missing`, `config_invalid`, `config_conflict` with the option; the codes of keys in `trust`
 * @example
 * const { fetch } = createIssuer({ authority: await createAuthority(), issuer: 'https://auth.example' })
 * const response = await fetch(new Request('https://auth.example/.well-known/jwks.json'))
 */
export function createIssuer(options: IssuerOptions): Issuer {
  const config = readConfig(options)
  const context: Context = { config, kits: new Kits(config), failures: new Failures(), metrics: new Metrics() }
  const endpoints = endpointsOf(config)
  const tell = (refusal: Refusal): void => {
    try {
      config.onRefusal(refusal)
    } catch {
      // Whoever listens does not decide what is answered.
    }
  }
  const respond = async (message: Message, endpoint: Endpoint | undefined): Promise<Outcome> => {
    const request = message.id === undefined ? {} : { request: message.id }
    try {
      return { given: await answerOf(message, endpoint, { ...context, ...request }) }
    } catch (error) {
      const refused = refusedFor(error)
      context.metrics.refused(refused.code)
      tell({ code: refused.code, why: refused.why, endpoint: endpoint?.name, ...request })
      return { given: refused.answer(), refused }
    }
  }
  const { tracer } = config
  const handle = async (message: Message): Promise<Answer> => {
    const endpoint = endpoints.get(message.path)
    const end = tracer && startSpan(tracer, message.method, endpoint && message.path)
    const { given, refused } = await respond(message, endpoint)
    end?.(given.status, refused)
    return message.method === 'HEAD' ? { ...given, body: '' } : given
  }
  return Object.freeze({
    handle,
    fetch: async (request: Request) => responseOf(await handle(await messageOf(request))),
  })
}
