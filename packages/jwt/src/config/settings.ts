import type { ProfileName } from '../crypto/algorithms'
import { isText } from '../encoding/json-value'
import { ConfigError } from '../errors/errors'
import type { Signer } from '../keys/signer'
import type { KeySource } from '../sources/key-source'
import { JWKS_CACHE_TTL } from '../sources/remote-jwks'
import { fetchFrom, type Transport } from '../sources/transport'
import type { ReplayStore } from '../stores/replay'
import { MAX_TOKEN_BYTES } from '../token/compact'
import type { RevocationList } from '../token/verify'
import { MAX_INTEGER, type MemberReader } from './members'

/** Everything that is no key: names, limits, types, stores, clock. */
export type Settings = ReturnType<typeof readSettings>

const DAY = 86_400
const MAX_LEEWAY = 90
/** With the payload and the claim itself, 16 containers. */
const MAX_ACTORS = 14
const JTI_BYTES = 16

/**
 * Reads each setting on its own, in the order in which faults are told: that of the table of variables, then options that
 * have no variable.
 *
 * @throws ConfigError - `config_invalid`; `config_missing`: the `kid` of a remote signer
 */
export function readSettings(members: MemberReader) {
  const settings = {
    issuer: members.text('issuer'),
    audience: members.audience('audience'),
    profile: members.oneOf<ProfileName>('profile', ['HS512', 'EdDSA']),
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
  return {
    ...settings,
    keySource: members.port<KeySource>('keySource', 'select'),
    signer: readSigner(members, settings.kid),
    maxTokenBytes: members.integer('maxTokenBytes', 1, MAX_INTEGER, MAX_TOKEN_BYTES),
    maxActorDepth: members.integer('maxActorDepth', 1, MAX_ACTORS, 5),
    types: members.texts('types') ?? ['JWT'],
    requireType: members.oneOf('requireType', [true, false]) ?? false,
    headerAlg: members.oneOf('headerAlg', ['EdDSA', 'Ed25519']) ?? 'EdDSA',
    actors: members.texts('actors'),
    replay: members.port<ReplayStore>('replay', 'consume'),
    revocation: members.port<RevocationList>('revocation', 'isRevoked'),
    transport: members.callable<Transport>('transport') ?? fetchFrom,
    now: clockOf(members.callable('clock') ?? (() => Date.now() / 1000)),
    random: entropyOf(members.callable('entropy') ?? ((size) => crypto.getRandomValues(new Uint8Array(size)))),
  }
}

/**
 * A remote signer under its `kid`, which may be given beside it.
 *
 * @throws ConfigError - `config_invalid`, `config_missing`
 */
function readSigner(members: MemberReader, given: string | undefined): Signer | undefined {
  const signer = members.port<Signer>('signer', 'sign')
  if (signer === undefined) return undefined
  const { alg, kid = given } = signer
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- the port may be anybody's
  if (alg !== 'EdDSA' && alg !== 'HS512') members.fail('config_invalid', 'signer.alg')
  if (kid === undefined ? alg === 'EdDSA' : !isText(kid))
    members.fail(kid === undefined ? 'config_missing' : 'config_invalid', 'signer.kid')
  return { alg, kid, sign: (data) => signer.sign(data) }
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
