import type { ProfileName } from '../crypto/algorithms'
import { isNonEmpty, isObject } from '../encoding/json-value'
import { ConfigError } from '../errors/errors'
import type { SecretKey } from '../keys/key'
import { type PrivateMaterial, readPrivateJwk } from '../keys/private-key'
import { readSecret } from '../keys/secret'
import type { Signer } from '../keys/signer'
import type { Members } from './members'

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

/** @throws ConfigError - the codes of keys; `config_conflict` with `kid`, `signer` or `profile`; `config_invalid` */
export function readSigning(members: Members): Signing {
  const configured = members.oneOf<ProfileName>('profile', ['HS512', 'EdDSA'])
  const kid = members.text('kid')
  const signer = readSigner(members, kid)
  const given = new Set<ProfileName>()
  if (members.has('secret')) given.add('HS512')
  if (members.has('privateKey')) given.add('EdDSA')
  if (signer) given.add(signer.alg)
  const profile = configured ?? (given.size === 1 ? ([...given][0] as ProfileName) : undefined)
  const kidOf = (alg: ProfileName): string | undefined => (profile === alg ? kid : undefined)
  const secret = readKey(members, 'secret', (input) => readSecret(input, kidOf('HS512'), profile === 'HS512'))
  const privateKey = readKey(members, 'privateKey', (input) => readPrivateJwk(input, kidOf('EdDSA')))
  if (given.size > 1 && profile === undefined) members.fail('config_conflict', 'profile')
  const local = profile === 'HS512' ? secret : profile === 'EdDSA' ? privateKey : undefined
  const remote = signer?.alg === profile ? signer : undefined
  if (local && remote) members.fail('config_conflict', 'signer')
  return { profile, signs: local ?? remote, secret, privateKey }
}

function readKey<Key>(members: Members, name: string, read: (input: unknown) => Key): Key | undefined {
  if (!members.has(name)) return undefined
  const input = members.get(name)
  if (!isNonEmpty(input) && !isObject(input)) members.fail('config_invalid', name)
  try {
    return read(input)
  } catch (error) {
    if (!ConfigError.is(error)) throw error
    // What contradicts the key's own `kid` is the setting of that name.
    return members.fail(error.code, error.code === 'config_conflict' ? 'kid' : name)
  }
}

/** A remote signer under its `kid`, which may be given beside it. */
function readSigner(members: Members, given: string | undefined): Signer | undefined {
  const signer = members.port<Signer>('signer', 'sign')
  if (signer === undefined) return undefined
  const { alg, kid = given } = signer
  if (alg !== 'EdDSA' && alg !== 'HS512') members.fail('config_invalid', 'signer.alg')
  if (kid === undefined ? alg === 'EdDSA' : !isNonEmpty(kid))
    members.fail(kid === undefined ? 'config_missing' : 'config_invalid', 'signer.kid')
  if (given !== undefined && kid !== given) members.fail('config_conflict', 'kid')
  return { alg, kid, sign: (data) => signer.sign(data) }
}
