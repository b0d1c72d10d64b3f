import { ConfigError } from '../errors/errors'
import { readSecret } from '../keys/secret'
import type { KeySource } from '../sources/key-source'
import type { Transport } from '../sources/transport'
import { cheapestFirst } from '../sources/trusted-issuer'
import type { ReplayStore } from '../stores/replay'
import { checkedAgainst, type RevocationList } from '../stores/revocation'
import { SignatureCache } from '../token/signature-cache'
import { MAX_INTEGER, Members } from './members'
import { OPTIONS } from './options'
import { readAnySigning, readSigner } from './remote-signer'
import { type Resolved, resolve } from './resolve'
import { CODE_DEFAULTS, type CodeOptions } from './settings'
import { readTrust } from './trust'

const JTI_BYTES = 16
/** With the payload and the claim itself, 16 containers. */
const MAX_ACTORS = 14

/**
 * Reads the options that have no variable, in the order in which faults are told. An environment cannot say them: a bundle
 * of its kit does without this file.
 *
 * @param kid - of the key that signs, where it is configured
 * @throws ConfigError - `config_invalid`; `config_missing`: the `kid` of a remote signer
 */
function readCodeOptions(members: Members, kid: string | undefined): CodeOptions {
  const standard = CODE_DEFAULTS
  return {
    keySource: members.port<KeySource>('keySource', 'select'),
    signer: readSigner(members, kid),
    maxTokenBytes: members.integer('maxTokenBytes', 1, MAX_INTEGER, standard.maxTokenBytes),
    maxActorDepth: members.integer('maxActorDepth', 1, MAX_ACTORS, standard.maxActorDepth),
    cache: readCache(members),
    types: members.texts('types') ?? standard.types,
    requireType: members.oneOf('requireType', [true, false]) ?? standard.requireType,
    headerAlg: members.oneOf('headerAlg', ['EdDSA', 'Ed25519']) ?? standard.headerAlg,
    actors: members.texts('actors'),
    replay: members.port<ReplayStore>('replay', 'consume'),
    revocation: readRevocation(members),
    transport: members.callable<Transport>('transport'),
    now: clockOf(members.callable('clock') ?? standard.now),
    uuid: uuidOf(members.callable('entropy')) ?? standard.uuid,
  }
}

function readCache(members: Members): CodeOptions['cache'] {
  const bytes = members.integer('signatureCacheBytes', 1, MAX_INTEGER, 0)
  return bytes > 0 ? new SignatureCache(bytes) : undefined
}

function readRevocation(members: Members): CodeOptions['revocation'] {
  const list = members.port<RevocationList>('revocation', 'isRevoked')
  return list && checkedAgainst(list)
}

/** Checks a configuration that a program wrote. @throws ConfigError - see `createKit` */
export function resolveConfig(config: unknown): Resolved {
  const members = Members.of(config, OPTIONS)
  return resolve(members, {
    options: (kid) => readCodeOptions(members, kid),
    secret: readSecret,
    trust: (settings, isUsed) => {
      if (settings.issuer === undefined && (isUsed || !members.has('trust'))) members.fail('config_missing', 'issuer')
      return readTrust(members, settings)
    },
    signing: (settings, keys) => readAnySigning(members, settings, keys),
    order: cheapestFirst,
  })
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

/** RFC 9562 section 5.4: a random UUID, version 4, of 16 bytes. */
function uuidOf(entropy: ((size: number) => unknown) | undefined): (() => string) | undefined {
  return (
    entropy &&
    (() => {
      const random = entropy(JTI_BYTES)
      if (!(random instanceof Uint8Array) || random.length !== JTI_BYTES)
        throw new ConfigError('config_invalid', { variable: 'entropy' })
      const bytes = Uint8Array.from(random)
      bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40
      bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
      const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
      return hex.replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
    })
  )
}
