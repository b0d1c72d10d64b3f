import { ConfigError } from '../errors/errors'
import type { ReplayStore } from '../stores/replay'
import { MAX_TOKEN_BYTES } from '../token/compact'
import type { RevocationList } from '../token/verify'
import { MAX_INTEGER, type Members } from './members'

/** The settings that are no keys: limits, types, stores, clock. */
export type Settings = ReturnType<typeof readSettings>

const DAY = 86_400
const MAX_LEEWAY = 90
/** With the payload and the claim itself, 16 containers. */
const MAX_ACTORS = 14
const JTI_BYTES = 16

/** @throws ConfigError - `config_invalid` */
export function readSettings(members: Members) {
  const maxLifetime = members.integer('maxLifetime', 1, MAX_INTEGER, DAY)
  const ttl = members.integer('ttl', 1, MAX_INTEGER, 900)
  if (ttl > maxLifetime) members.fail('config_invalid', 'ttl')
  return {
    issuer: members.text('issuer'),
    audience: members.audience('audience'),
    ttl,
    maxLifetime,
    leeway: members.integer('leeway', 0, MAX_LEEWAY, MAX_LEEWAY),
    maxTokenBytes: members.integer('maxTokenBytes', 1, MAX_INTEGER, MAX_TOKEN_BYTES),
    maxActorDepth: members.integer('maxActorDepth', 1, MAX_ACTORS, 5),
    types: members.texts('types') ?? ['JWT'],
    requireType: members.oneOf('requireType', [true, false]) ?? false,
    headerAlg: members.oneOf('headerAlg', ['EdDSA', 'Ed25519']) ?? 'EdDSA',
    actors: members.texts('actors'),
    allowedThumbprints: members.thumbprints('allowedThumbprints'),
    replay: members.port<ReplayStore>('replay', 'consume'),
    revocation: members.port<RevocationList>('revocation', 'isRevoked'),
    now: clockOf(members.callable('clock') ?? (() => Date.now() / 1000)),
    random: entropyOf(members.callable('entropy') ?? ((size) => crypto.getRandomValues(new Uint8Array(size)))),
  }
}

/** Seconds since the epoch. */
function clockOf(clock: () => unknown): () => number {
  return () => {
    let now: unknown
    try {
      now = clock()
    } catch {
      now = undefined
    }
    if (!Number.isFinite(now)) throw new ConfigError('config_invalid', { variable: 'clock' })
    return now as number
  }
}

/** 16 random bytes. */
function entropyOf(entropy: (size: number) => unknown): () => Uint8Array {
  return () => {
    const bytes = entropy(JTI_BYTES)
    if (!(bytes instanceof Uint8Array) || bytes.length !== JTI_BYTES)
      throw new ConfigError('config_invalid', { variable: 'entropy' })
    return bytes
  }
}
