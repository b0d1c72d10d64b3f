import { isObject } from '../encoding/json-value'
import { ConfigError, MisuseError } from '../errors/errors'
import { memoryReplayStore, type ReplayStore } from '../stores/replay'
import { MAX_TOKEN_BYTES } from '../token/compact'
import type { IssuerRules, RevocationList } from '../token/verify'
import { Members } from './members'
import type { KitConfig } from './options'
import { type OwnMaterial, readOwnMaterial } from './own-issuer'
import { type Fetching, readFetching } from './source'
import { asList, readTrustEntry, type TrustEntry } from './trust'

/** A configuration in which everything that can be known without waiting was checked. */
export interface Settings {
  readonly issuer: string | undefined
  readonly audience: string | readonly string[] | undefined
  readonly own: OwnMaterial
  /** What own tokens are held to; undefined where there is no audience, or no issuer, to hold them to. */
  readonly ownRules: IssuerRules | undefined
  readonly trust: readonly TrustEntry[]
  readonly ttl: number
  readonly leeway: number
  readonly maxLifetime: number
  readonly maxTokenBytes: number
  readonly maxActorDepth: number
  readonly types: readonly string[]
  readonly requireType: boolean
  readonly headerAlg: string
  readonly jwksUrl: string | undefined
  readonly jwksService: string | undefined
  readonly jwksCacheTtl: number
  readonly allowedThumbprints: readonly string[] | undefined
  readonly replay: ReplayStore
  readonly revocation: RevocationList | undefined
  /** Seconds since the epoch. Throws `ConfigError` `config_invalid` with `clock`. */
  readonly now: () => number
  /** 16 random bytes. Throws `ConfigError` `config_invalid` with `entropy`. */
  readonly random: () => Uint8Array
  /** The name that a fault of an option tells: the option's path, or its environment variable. */
  readonly variable: (option: string) => string
}

const NAMES = [
  ...['issuer', 'audience', 'profile', 'secret', 'acceptSecrets', 'privateKey', 'kid', 'publicKeys', 'jwksUrl'],
  ...['jwksCacheTtl', 'jwksService', 'keySource', 'signer', 'accept', 'trust', 'ttl', 'leeway', 'maxLifetime'],
  ...['maxTokenBytes', 'maxActorDepth', 'types', 'requireType', 'headerAlg', 'allowedThumbprints', 'actors'],
  ...['replay', 'revocation', 'transport', 'clock', 'entropy'],
]

const DAY = 86_400
const MAX_INTEGER = 999_999_999
const JTI_BYTES = 16

/**
 * @throws MisuseError - not an object
 * @throws ConfigError - see `createKit`
 */
export function readSettings(config: KitConfig): Settings {
  if (!isObject(config)) throw new MisuseError('configuration is not an object')
  const members = new Members(config, NAMES)
  const maxLifetime = members.integer('maxLifetime', 1, MAX_INTEGER, DAY)
  const ttl = members.integer('ttl', 1, MAX_INTEGER, 900)
  if (ttl > maxLifetime) members.fail('config_invalid', 'ttl')
  const issuer = members.text('issuer')
  const audience = members.audience('audience')
  const fetching = readFetching(members)
  const plain = {
    issuer,
    audience,
    ttl,
    maxLifetime,
    leeway: members.integer('leeway', 0, 90, 90),
    maxTokenBytes: members.integer('maxTokenBytes', 1, MAX_INTEGER, MAX_TOKEN_BYTES),
    maxActorDepth: members.integer('maxActorDepth', 1, 14, 5),
    types: members.texts('types') ?? ['JWT'],
    requireType: members.oneOf('requireType', [true, false]) ?? false,
    headerAlg: members.oneOf('headerAlg', ['EdDSA', 'Ed25519']) ?? 'EdDSA',
    allowedThumbprints: members.thumbprints('allowedThumbprints'),
    replay: members.port<ReplayStore>('replay', 'consume') ?? memoryReplayStore(),
    revocation: members.port<RevocationList>('revocation', 'isRevoked'),
    now: clockOf(members.callable('clock') ?? (() => Date.now() / 1000)),
    random: entropyOf(members.callable('entropy') ?? ((size) => crypto.getRandomValues(new Uint8Array(size)))),
    variable: (option: string) => members.variable(option),
  }
  const actors = members.texts('actors')
  const own = readOwnMaterial(members, fetching)
  const trust = readTrust(members, { issuer, audience }, fetching)
  const jwksService = members.text('jwksService')
  // Nothing here can call a service: an adapter that can puts a key source beside its name.
  if (jwksService !== undefined && !members.has('keySource')) members.fail('runtime_unsupported', 'jwksService')
  return {
    ...plain,
    own,
    ownRules: rulesOf(issuer, audience, actors),
    trust,
    jwksUrl: members.text('jwksUrl'),
    jwksService,
    jwksCacheTtl: fetching.cacheTtl,
  }
}

function rulesOf(
  issuer: string | undefined,
  audience: string | readonly string[] | undefined,
  actors: readonly string[] | undefined,
): IssuerRules | undefined {
  if (issuer === undefined || audience === undefined) return undefined
  const audiences = new Set(asList(audience))
  return { issuer, audiences, own: true, actors: actors && new Set(actors), mapping: undefined }
}

function readTrust(
  members: Members,
  kit: Parameters<typeof readTrustEntry>[2],
  fetching: Fetching,
): readonly TrustEntry[] {
  const isAnything = (value: unknown): value is unknown => value !== undefined
  const entries = members.list('trust', isAnything) ?? []
  return entries.map((entry, index) => readTrustEntry(entry, `trust[${index}]`, kit, fetching))
}

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

function entropyOf(entropy: (size: number) => unknown): () => Uint8Array {
  return () => {
    const bytes = entropy(JTI_BYTES)
    if (!(bytes instanceof Uint8Array) || bytes.length !== JTI_BYTES)
      throw new ConfigError('config_invalid', { variable: 'entropy' })
    return bytes
  }
}
