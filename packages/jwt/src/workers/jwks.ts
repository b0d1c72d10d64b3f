import { WorkerEntrypoint } from 'cloudflare:workers'
import { resolveEnvironment } from '../config/environment'
import type { Environment } from '../config/variables'
import { EDDSA } from '../crypto/algorithms'
import type { Jwks } from '../keys/key'
import { exportPublicJwk, importMaterial } from '../keys/public-key'

/** What other Workers may ask through a service binding: by RPC, or by a request as if it were a URL. */
export interface JwksService {
  /**
   * The keys, by RPC.
   *
   * @returns a JWK Set of public keys
   * @example
   * const { keys } = await env.KEYS.jwks()
   */
  jwks(): Promise<Jwks>
  /**
   * The keys, by a request as if the service were a URL.
   *
   * @param request - a GET or a HEAD, whatever its URL; anything else is answered with 405
   * @returns JSON, a JWK Set of public keys
   * @example
   * const answer = await env.KEYS.fetch('https://jwks.invalid/')
   */
  fetch(request: Request): Promise<Response>
}

/**
 * The keys to publish, of a Worker's `env`.
 *
 * @param env - variables, secrets and bindings
 * @returns a JWK Set of public keys
 */
export type JwksOf = (env: Environment) => Jwks | Promise<Jwks>

const HEADERS = { 'content-type': 'application/jwk-set+json', 'cache-control': 'public, max-age=300' }

/** The Ed25519 keys that verify what the kit of an environment signs; never a private one. */
async function ownJwks(env: Environment): Promise<Jwks> {
  const { own } = resolveEnvironment(env, {})
  const keys = own.publicKeys
    .filter(({ algorithm }) => algorithm === EDDSA)
    .map(async (material) => importMaterial(material))
  return { keys: (await Promise.all(keys)).map(exportPublicJwk) }
}

/**
 * A class for a Worker to export, through which other Workers ask for its keys (RFC 7517 section 5).
 *
 * @param jwksOf - the keys to publish, asked at each call; those of `JWT_PRIVATE_JWK` and `JWT_PUBLIC_JWK` unless given
 * @returns the class
 * @returns a class with the RPC method `jwks`, and with `fetch`
 * @example
 * export class Keys extends jwksEntrypoint(async (env) => JSON.parse(await env.KV.get('jwks'))) {}
 */
export function jwksEntrypoint(jwksOf: JwksOf = ownJwks): new (context: unknown, env: unknown) => JwksService {
  class Entrypoint extends WorkerEntrypoint implements JwksService {
    async jwks(): Promise<Jwks> {
      return jwksOf(this.env)
    }

    async fetch({ method }: Request): Promise<Response> {
      const isRead = method === 'GET' || method === 'HEAD'
      return isRead ? Response.json(await this.jwks(), { headers: HEADERS }) : new Response(null, { status: 405 })
    }
  }
  return Entrypoint
}

/**
 * `jwksEntrypoint()` as it is: a gateway exports it, and a consumer binds it as the service that `JWT_JWKS_SERVICE` names.
 *
 * @example
 * export { JwksEntrypoint } from '@kit/jwt/workers/jwks'
 */
export const JwksEntrypoint: new (context: unknown, env: unknown) => JwksService = /* @__PURE__ */ jwksEntrypoint()
