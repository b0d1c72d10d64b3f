import type { ProfileName } from '../crypto/algorithms'
import type { Signer } from '../keys/signer'
import type { KeySource } from '../sources/key-source'
import { JWKS_CACHE_TTL } from '../sources/remote-jwks'
import type { Transport } from '../sources/transport'
import type { ReplayStore } from '../stores/replay'
import { MAX_TOKEN_BYTES } from '../token/compact'
import type { VerifyRules } from '../token/verify'
import { MAX_INTEGER, type MemberReader } from './members'

/** What only a program can say: options without a variable. */
export interface CodeOptions {
  readonly keySource?: KeySource | undefined
  readonly signer?: Signer | undefined
  readonly maxTokenBytes: number
  readonly maxActorDepth: number
  readonly cache?: VerifyRules['cache']
  readonly types: readonly string[]
  readonly requireType: boolean
  readonly headerAlg: string
  readonly actors?: readonly string[] | undefined
  readonly replay?: ReplayStore | undefined
  readonly revocation?: VerifyRules['revocation']
  readonly transport?: Transport | undefined
  /** Seconds since the epoch. */
  readonly now: () => number
  /** A new `jti`. */
  readonly uuid: () => string
}

/** Everything that is no key: names, limits, types, stores, clock. */
export type Settings = ReturnType<typeof readVariableSettings> & CodeOptions

const DAY = 86_400
const MAX_LEEWAY = 90

/** What holds where a program says nothing. */
export const CODE_DEFAULTS: CodeOptions = {
  maxTokenBytes: MAX_TOKEN_BYTES,
  maxActorDepth: 5,
  types: ['JWT'],
  requireType: false,
  headerAlg: 'EdDSA',
  now: () => Date.now() / 1000,
  uuid: () => crypto.randomUUID(),
}

/**
 * Reads each setting that has a variable on its own, in the order in which faults are told.
 *
 * @throws ConfigError - `config_invalid`
 */
export function readVariableSettings(members: MemberReader) {
  const settings = {
    issuer: members.text('issuer'),
    audience: members.audience('audience'),
    profile: members.read<ProfileName>('profile', (value) => value === 'HS512' || value === 'EdDSA'),
    accept: members.algorithms('accept'),
    ttl: members.integer('ttl', 1, MAX_INTEGER, 900),
    leeway: members.integer('leeway', 0, MAX_LEEWAY, MAX_LEEWAY),
    maxLifetime: members.integer('maxLifetime', 1, MAX_INTEGER, DAY),
    kid: members.text('kid'),
    jwksUrl: members.url('jwksUrl'),
    jwksService: members.text('jwksService'),
    jwksCacheTtl: members.integer('jwksCacheTtl', 1, MAX_INTEGER, JWKS_CACHE_TTL),
    allowedThumbprints: members.thumbprints('allowedThumbprints'),
  }
  if (settings.ttl > settings.maxLifetime) members.fail('config_invalid', 'ttl')
  return settings
}
