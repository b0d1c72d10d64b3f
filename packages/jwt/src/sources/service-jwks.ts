import { MisuseError } from '../errors/errors'
import type { Jwks } from '../keys/key'
import type { KeySource } from './key-source'
import { type RemoteJwksOptions, readLimits, remoteSource } from './remote-jwks'
import type { Transport } from './transport'

/** A service binding that gives a JWKS: by the RPC method `jwks`, or by a request as if it were a URL. */
export interface JwksBinding {
  /**
   * The keys, by RPC.
   *
   * @returns a JWK Set
   * @example
   * const binding: JwksBinding = { jwks: () => jwks }
   */
  jwks?(): Jwks | Promise<Jwks>
  /**
   * The keys, by a request as if the service were a URL.
   *
   * @param url - of no host that exists
   * @param init - as for `fetch`
   * @returns the answer: JSON, a JWK Set
   * @example
   * const binding: JwksBinding = { fetch: async () => Response.json(jwks) }
   */
  fetch?(url: string, init: RequestInit): Promise<Response>
}

/** Only ever seen by the service itself: there is no such host. */
const ADDRESS = 'https://jwks.invalid/.well-known/jwks.json'

/**
 * A key source for the JWKS of another Worker, asked through a service binding: no request leaves the platform.
 *
 * It is cached as that of a URL is, see `remoteJwks`. The RPC method is tried first; a service without it is fetched from.
 *
 * @param binding - the service, as it stands in a Worker's `env`
 * @param options - the limits of `remoteJwks`
 * @returns a key source for `createKit`; nothing is asked yet
 * @throws MisuseError - wrong options, or nothing that could be asked
 * @example
 * import { serviceJwks } from '@kit/jwt/workers'
 * const env = { KEYS: { jwks: async () => jwks } }
 * const kit = createKit({ issuer, audience, keySource: serviceJwks(env.KEYS) })
 */
export function serviceJwks(binding: JwksBinding, options: Omit<RemoteJwksOptions, 'transport'> = {}): KeySource {
  const { jwks, fetch } = Object(binding) as Partial<JwksBinding>
  const isAskable = typeof jwks === 'function' || typeof fetch === 'function'
  const limits = readLimits(options)
  if (!isAskable || 'transport' in limits) throw new MisuseError('binding or options: wrong')
  return remoteSource(ADDRESS, { ...limits, transport: transportOf(binding) })
}

const transportOf =
  (binding: JwksBinding): Transport =>
  async (url, init) => {
    // A binding claims to have every method: whether its service has this one is known when it is called.
    const jwks = binding.jwks && (await Promise.race([askOf(binding), ended(init)]).catch(() => undefined))
    return jwks ? Response.json(jwks) : (binding as Required<JwksBinding>).fetch(url, init)
  }

const askOf = async (binding: JwksBinding): Promise<Jwks | undefined> => binding.jwks?.()

/** A call of another Worker cannot be aborted: at its end nobody waits for it any more. */
const ended = ({ signal }: RequestInit): Promise<undefined> =>
  new Promise((resolve) => {
    if (signal?.aborted) resolve(undefined)
    signal?.addEventListener('abort', () => resolve(undefined))
  })
