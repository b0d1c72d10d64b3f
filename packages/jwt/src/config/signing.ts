import type { ProfileName } from '../crypto/algorithms'
import { isNonEmpty, isObject } from '../encoding/json-value'
import { ConfigError } from '../errors/errors'
import type { SecretKey } from '../keys/key'
import type { PrivateMaterial } from '../keys/private-key'
import type { Signer } from '../keys/signer'
import type { MemberReader } from './members'
import type { Settings } from './settings'

/** The material that may sign, as configured, and the one that does. */
export interface Signing {
  /** What it signs with, or the configured profile. */
  readonly profile: ProfileName | undefined
  /** What signs: the secret, a remote signer, or the private key, which is imported later. */
  readonly signs: Signer | PrivateMaterial | undefined
  /** Verifies too. */
  readonly secret: SecretKey | undefined
  /** Its public half verifies too. */
  readonly privateKey: PrivateMaterial | undefined
}

/** What it signs with; undefined where that cannot be inferred. */
export function profileOf(members: MemberReader, { profile, signer }: Settings): ProfileName | undefined {
  const remote = signer?.alg
  const isShared = members.has('secret') || remote === 'HS512'
  const isPublic = members.has('privateKey') || remote === 'EdDSA'
  return profile ?? (isShared === isPublic ? undefined : isShared ? 'HS512' : 'EdDSA')
}

/**
 * A key that may sign. One of another `kid` than the configured one is left out: that is told by `readSigning`, later.
 *
 * @throws ConfigError - the codes of keys; `config_invalid`
 */
export function readKey<Key>(members: MemberReader, name: string, read: (input: unknown) => Key): Key | undefined {
  if (!members.has(name)) return undefined
  const input = members.get(name)
  if (!isNonEmpty(input) && !isObject(input)) members.fail('config_invalid', name)
  try {
    return read(input)
  } catch (error) {
    if (!ConfigError.is(error)) throw error
    return error.code === 'config_conflict' ? undefined : members.fail(error.code, name)
  }
}

/**
 * What signs, of the keys at hand.
 *
 * @throws ConfigError - `config_conflict` with `profile` or `kid`
 */
export function readSigning(members: MemberReader, { kid }: Settings, keys: Omit<Signing, 'signs'>): Signing {
  const { profile, secret, privateKey } = keys
  // One kind alone would be the profile.
  if (!profile && members.has('secret')) members.fail('config_conflict', 'profile')
  const signs = profile === 'HS512' ? secret : profile && privateKey
  if (kid && !signs) members.fail('config_conflict', 'kid')
  return { ...keys, signs }
}
