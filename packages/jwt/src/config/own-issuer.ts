import { type Algorithm, EDDSA, HS512, isOutside, type ProfileName } from '../crypto/algorithms'
import { isObject, isText } from '../encoding/json-value'
import { ConfigError } from '../errors/errors'
import type { SecretKey, Signer } from '../keys/key'
import { type PrivateMaterial, readPrivateJwk } from '../keys/private-key'
import type { PublicMaterial } from '../keys/public-key'
import { readSecret } from '../keys/secret'
import type { KeySource } from '../sources/key-source'
import { readPublicKeys, readSecrets } from './materials'
import type { Members } from './members'
import { type Fetching, readSource, SOURCES } from './source'

/** What the own issuer's tokens are signed and verified with. */
export interface OwnMaterial {
  /** What it signs with, or was configured to, where that can be said. */
  readonly profile: ProfileName | undefined
  readonly accept: readonly Algorithm[]
  /** What signs; `privateKey` where that is the member below. */
  readonly signing: Signer | 'privateKey' | undefined
  /** All that verify, the one that signs first. */
  readonly secrets: readonly SecretKey[]
  readonly privateKey: PrivateMaterial | undefined
  readonly publicKeys: readonly PublicMaterial[]
  readonly source: KeySource | undefined
}

/** Reads keys, then what they make of the profile, then what is accepted: the order in which faults are told. */
export function readOwnMaterial(members: Members, fetching: Fetching): OwnMaterial {
  const configured = members.oneOf<ProfileName>('profile', ['HS512', 'EdDSA'])
  const accept = members.algorithms('accept')
  const kid = members.text('kid')
  const signer = readSigner(members)
  const signs = (name: string, other: string, alg: ProfileName): boolean =>
    members.has(name) && (configured === undefined ? !members.has(other) : configured === alg)
  const secretSigns = signs('secret', 'privateKey', 'HS512')
  const keySigns = signs('privateKey', 'secret', 'EdDSA')

  const secret = readOwn(members, 'secret', (value) => readSecret(value, secretSigns ? kid : undefined, secretSigns))
  const accepted = readSecrets(members, 'acceptSecrets', MAX_ACCEPTED)
  const privateKey = readOwn(members, 'privateKey', (value) => readPrivateJwk(value, keySigns ? kid : undefined))
  // Without a list, public keys are Ed25519 keys; and they are checked where the list leaves them unused.
  const asymmetric = accept?.filter((algorithm) => algorithm !== HS512) ?? []
  const publicKeys = readPublicKeys(members, 'publicKeys', asymmetric.length > 0 ? asymmetric : [EDDSA])
  const source = readSource(members, fetching)

  const has: Available = {
    secret: secret !== undefined || accepted.length > 0,
    privateKey: privateKey !== undefined,
    publicKeys: SOURCES.some((name) => members.has(name)),
  }
  const profile = profileOf(members, configured, signer, has)
  const signing = signer ?? (secretSigns ? secret : keySigns ? 'privateKey' : undefined)
  const accepts = acceptOf(members, accept, has)
  if (kid !== undefined && (signing === undefined || (signer !== undefined && signer.kid !== kid)))
    members.fail('config_conflict', 'kid')
  return {
    profile,
    accept: accepts,
    signing,
    secrets: secret ? [secret, ...accepted] : accepted,
    privateKey,
    publicKeys,
    source,
  }
}

/** Beside `secret`. */
const MAX_ACCEPTED = 3

interface Available {
  readonly secret: boolean
  readonly privateKey: boolean
  readonly publicKeys: boolean
}

function readOwn<Key>(members: Members, name: string, read: (value: unknown) => Key): Key | undefined {
  if (!members.has(name)) return undefined
  const value = members.get(name)
  if (!isText(value) && !isObject(value)) members.fail('config_invalid', name)
  return members.blame(name, () => {
    try {
      return read(value)
    } catch (error) {
      if (ConfigError.is(error) && error.code === 'config_conflict') return members.fail('config_conflict', 'kid')
      throw error
    }
  })
}

function readSigner(members: Members): Signer | undefined {
  const signer = members.port<Signer>('signer', 'sign')
  if (signer === undefined) return undefined
  const { alg, kid } = signer
  const isRight = alg === 'EdDSA' ? isText(kid) : alg === 'HS512' && (kid === undefined || isText(kid))
  if (!isRight) members.fail('config_invalid', 'signer')
  if (members.has('secret') || members.has('privateKey')) members.fail('config_conflict', 'signer')
  return { alg, kid, sign: (data) => signer.sign(data) }
}

function profileOf(
  members: Members,
  configured: ProfileName | undefined,
  signer: Signer | undefined,
  has: Available,
): ProfileName | undefined {
  if (signer !== undefined)
    return (configured ?? signer.alg) === signer.alg ? signer.alg : members.fail('config_conflict', 'profile')
  if (configured === 'HS512' && !has.secret) members.fail('config_missing', 'secret')
  if (configured === 'EdDSA' && !has.privateKey && !has.publicKeys) members.fail('config_missing', 'privateKey')
  const hasSecret = members.has('secret')
  if (configured === undefined && hasSecret && has.privateKey) members.fail('config_conflict', 'profile')
  return configured ?? (hasSecret ? 'HS512' : has.privateKey ? 'EdDSA' : undefined)
}

function acceptOf(members: Members, accept: readonly Algorithm[] | undefined, has: Available): readonly Algorithm[] {
  const hasAsymmetric = has.privateKey || has.publicKeys
  if (accept === undefined) {
    if (has.secret && hasAsymmetric) members.fail('config_conflict', 'accept')
    return has.secret ? [HS512] : hasAsymmetric ? [EDDSA] : []
  }
  for (const algorithm of accept) {
    const hasMaterial = algorithm === HS512 ? has.secret : isOutside(algorithm) ? has.publicKeys : hasAsymmetric
    if (!hasMaterial) members.fail('config_missing', algorithm === HS512 ? 'secret' : 'publicKeys')
  }
  return accept
}
