import { canonicalize } from '@kit/jwt/encoding'
import { type Address, budgetOf, isWithin, type Network, parseAddress, parseNetwork } from './address'
import { type ForwardedHeader, hopsOf } from './forwarded'
import { Refused } from './refused'
import type { GuardRequest } from './request'

/** Who is believed about where a request came from. */
export interface Trust {
  /** Addresses and networks. */
  readonly trustedProxies?: readonly string[]
  /** The header that they append to. */
  readonly forwardedHeader?: ForwardedHeader
}

/**
 * The name of the budget of a request by its address: that of the peer; where the peer is a trusted proxy, the nearest one in the
 * header that is none. Whatever is behind that one was written by somebody who is not trusted.
 *
 * @throws Refused - `limiter_unavailable`: the address of the peer is not known
 */
export function addressKeys(trust: Trust): (request: GuardRequest) => string {
  const { trustedProxies = [], forwardedHeader = 'x-forwarded-for' } = trust
  const networks = trustedProxies.flatMap((text): Network[] => [parseNetwork(text) ?? []].flat())
  const isTrusted = (address: Address): boolean => networks.some((network) => isWithin(address, network))

  /** Undefined where all hops are trusted, and where one of them cannot be read. */
  function clientOf(request: GuardRequest): Address | undefined {
    for (const addressOf of hopsOf(request.header(forwardedHeader), forwardedHeader)) {
      const address = addressOf()
      if (address === undefined || !isTrusted(address)) return address
    }
    return undefined
  }

  return (request) => {
    // A zone (RFC 4007) is a matter of this machine.
    const [text = ''] = (request.peer ?? '').split('%', 1)
    const peer = parseAddress(text)
    if (peer === undefined) throw new Refused('limiter_unavailable')
    const client = isTrusted(peer) ? clientOf(request) : undefined
    return canonicalize(['address', budgetOf(client ?? peer)])
  }
}
