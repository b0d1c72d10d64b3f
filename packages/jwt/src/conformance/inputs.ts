import type { KitConfig } from '../config/options'
import type { JsonValue } from '../encoding/json-value'
import { createKit, type Kit } from '../kit'
import { memoryReplayStore } from '../stores/replay'
import { memoryRevocationList } from '../stores/revocation'

/** Text that a file need not spell out: prefix + repeat × times + middle + repeatEnd × times + suffix. */
export type Text =
  | string
  | {
      readonly repeat: string
      readonly times: number
      readonly prefix?: string
      readonly middle?: string
      readonly repeatEnd?: string
      readonly suffix?: string
    }

/** One test; what else it has depends on its kind. */
export interface VectorTest {
  /** Unique and permanent: `verify-0042`. */
  readonly id: string
  /** What it shows, in words. */
  readonly comment: string
  /** A result, or `{ fault }` with the code. */
  readonly expected: Readonly<Record<string, unknown>>
  readonly [member: string]: unknown
}

/** A file of `conformance/vectors`, format 1. */
export interface VectorFile {
  /** Of the file. */
  readonly format: 1
  /** Name of the file, without its ending. */
  readonly suite: string
  /** What its tests do, one of the kinds: `sign`, `verify`, `jwks-timeline` and others. */
  readonly kind: string
  /** Configurations by the names that tests use. */
  readonly kits?: Readonly<Record<string, object>>
  /** The tests. */
  readonly groups: readonly { readonly name: string; readonly tests: readonly VectorTest[] }[]
}

/** What a test gave, in the shape of what it expects. */
export type Got = Readonly<Record<string, JsonValue | undefined>>

export function textOf(text: Text): string {
  if (typeof text === 'string') return text
  const { repeat, times, prefix = '', middle = '', repeatEnd = '', suffix = '' } = text
  return prefix + repeat.repeat(times) + middle + repeatEnd.repeat(times) + suffix
}

/** Values as a program of this language has them: the host's parser, not the strict one. */
export const hostValue = (text: unknown): unknown => JSON.parse(textOf(text as Text))

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Deep equality of JSON. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => isSame(item, b[index]))
  if (!isObject(a) || !isObject(b)) return Object.is(a, b)
  const names = Object.keys(a).filter((name) => a[name] !== undefined)
  const others = Object.keys(b).filter((name) => b[name] !== undefined)
  return names.length === others.length && names.every((name) => name in b && isSame(a[name], b[name]))
}

interface Stores {
  readonly revoked?: readonly { issuer: string; jti: string }[]
  readonly consumed?: readonly { issuer: string; jti: string }[]
  readonly revocationUnavailable?: boolean
  readonly replayUnavailable?: boolean
}

/** After everything. */
export const LATER = 253402300799

function unreachable(): never {
  throw new Error('unreachable')
}

function storesOf({ revoked, consumed, revocationUnavailable, replayUnavailable }: Stores, now: number): KitConfig {
  const revocation = memoryRevocationList()
  for (const token of revoked ?? []) revocation.revoke({ ...token, expires: LATER })
  const replay = memoryReplayStore()
  for (const token of consumed ?? []) void replay.consume({ ...token, expires: LATER, now })
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

/** The kit of a test, with its clock, its entropy and, where it verifies, its stores. */
export function kitOf({ kind, kits = {} }: VectorFile, test: VectorTest, network: Network): Kit {
  const config = (typeof test['kit'] === 'string' ? kits[test['kit']] : test['kit']) as KitConfig
  const now = test['now'] as number
  const { entropy } = test
  return createKit({
    clock: () => now,
    transport: network.transport,
    ...(typeof entropy === 'string' && { entropy: () => bytesOf(entropy) }),
    ...(kind === 'verify' && test['stores'] !== undefined && storesOf(test['stores'] as Stores, now)),
    // Last, so that a configuration that names one of these is told that it is wrong.
    ...config,
  })
}
