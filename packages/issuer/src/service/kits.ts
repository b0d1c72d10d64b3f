import { type Claims, createKit, type Kit, localJwks, type Signer } from '@kit/jwt'
import type { Client } from './clients'
import type { IssuerConfig } from './config'
import { ASSERTION_ALGORITHMS } from './published'

/** The most that a kit takes. */
const MAX_LEEWAY = 90
/** `typ` of an access token, and of what an issuer without RFC 9068 writes. */
const TYPES = ['JWT', 'at+jwt']
/** `typ` of an assertion: of RFC 7523, and of its successor. */
const ASSERTION_TYPES = ['JWT', 'client-authentication+jwt']

/** The kits of an issuer. */
export class Kits {
  readonly #config: IssuerConfig
  readonly #leeway: number
  /** Verifies tokens of this issuer, for any of those that it mints for. */
  readonly own: Kit
  /** The same, and tokens of the issuers that it trusts. */
  readonly any: Kit
  readonly #asserting = new Map<Client, Kit>()
  #minting: { readonly kid: string; readonly kit: Kit } | undefined

  /** @throws ConfigError - what `trust` has wrong */
  constructor(config: IssuerConfig) {
    const { authority, issuer, trust, revocation, clock } = config
    this.#config = config
    this.#leeway = Math.min(authority.timing.leeway, MAX_LEEWAY)
    const known = [...config.clients.values()].flatMap(({ names, audiences }) => [...names, ...audiences])
    const options = {
      issuer,
      audience: [...new Set([issuer, ...known, ...config.admin.audiences])],
      keySource: localJwks(() => authority.jwks()),
      accept: ['EdDSA'],
      maxLifetime: authority.timing.longestTtl,
      leeway: this.#leeway,
      types: TYPES,
      revocation,
      clock,
    } as const
    // It mints nothing, and what it would mint must not live longer than anything may.
    this.own = createKit({ ...options, ttl: 1 })
    this.any = trust.length > 0 ? createKit({ ...options, ttl: 1, trust }) : this.own
  }

  /** Mints with the key that is active now. */
  async minting(): Promise<{ readonly kid: string; readonly kit: Kit }> {
    const { authority, issuer, ttl, tokenType, clock } = this.#config
    const active = await authority.signer()
    const { kid } = active
    if (this.#minting?.kid !== kid) {
      const signer: Signer = { alg: 'EdDSA', kid, sign: (data) => active.sign(data) }
      const maxLifetime = authority.timing.longestTtl
      this.#minting = { kid, kit: createKit({ issuer, signer, ttl, maxLifetime, types: [tokenType], clock }) }
    }
    return this.#minting
  }

  /** Verifies what a client says of itself (RFC 7523 section 3). */
  asserting(client: Client): Kit {
    const { issuer, replay, clock } = this.#config
    let kit = this.#asserting.get(client)
    if (kit === undefined) {
      const publicKeys = client.jwks ?? { keys: [] }
      const trust = [{ issuer: client.id, audience: issuer, algorithms: ASSERTION_ALGORITHMS, publicKeys }]
      kit = createKit({ trust, leeway: this.#leeway, types: ASSERTION_TYPES, replay, clock })
      this.#asserting.set(client, kit)
    }
    return kit
  }
}

/** Whether a token came to a client, under one of its names. */
export const isFor = ({ aud }: Claims, { names }: Client): boolean => [aud].flat().some((name) => names.includes(name))
