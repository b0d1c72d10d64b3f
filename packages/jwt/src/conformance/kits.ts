import type { KitConfig } from '../config/options'
import { createKit, type Kit } from '../kit'
import { memoryReplayStore } from '../stores/replay'
import { memoryRevocationList } from '../stores/revocation'
import type { VectorTest } from './format'

interface Stores {
  readonly revoked?: readonly { issuer: string; jti: string }[]
  readonly consumed?: readonly { issuer: string; jti: string }[]
  readonly revocationUnavailable?: boolean
  readonly replayUnavailable?: boolean
}

const LATER = 253402300799

function unreachable(): never {
  throw new Error('unreachable')
}

function storesOf({ revoked, consumed, revocationUnavailable, replayUnavailable }: Stores, now: number): KitConfig {
  const revocation = memoryRevocationList()
  for (const token of revoked ?? []) revocation.revoke({ ...token, expires: LATER })
  const replay = memoryReplayStore()
  for (const token of consumed ?? []) replay.consume({ ...token, expires: LATER, now })
  return {
    ...(revoked && { revocation }),
    ...(consumed && { replay }),
    ...(revocationUnavailable && { revocation: { isRevoked: unreachable } }),
    ...(replayUnavailable && { replay: { consume: unreachable } }),
  }
}

/** Counts what must not happen: a request that a token caused. */
export class Network {
  requests = 0

  readonly transport = async (): Promise<Response> => {
    this.requests += 1
    throw new Error('a test has no network')
  }
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

/** The kit of a test, with its clock, its entropy and its stores. */
export function kitOf(test: VectorTest, kits: Readonly<Record<string, object>>, network: Network): Kit {
  const config = (typeof test['kit'] === 'string' ? kits[test['kit']] : test['kit']) as KitConfig
  const now = test['now'] as number
  const { entropy } = test
  return createKit({
    ...config,
    clock: () => now,
    transport: network.transport,
    ...(typeof entropy === 'string' && { entropy: () => bytesOf(entropy) }),
    ...(test['stores'] !== undefined && storesOf(test['stores'] as Stores, now)),
  })
}
