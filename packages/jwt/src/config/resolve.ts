import { type Algorithm, EDDSA, HS512 } from '../crypto/algorithms'
import { readPrivateJwk } from '../keys/private-key'
import { readSecret } from '../keys/secret'
import type { IssuerRules } from '../token/verify'
import type { MemberReader } from './members'
import { readSettings, type Settings } from './settings'
import { profileOf, readKey, readSigning, type Signing } from './signing'
import type { TrustEntry } from './trust'
import { readPublicKeys, readSecretEntries, readSource, serves, type Verification } from './verification'

/** A configuration in which everything was checked that can be known without waiting. */
export interface Resolved {
  readonly settings: Settings
  readonly signing: Signing
  /** What verifies for the own issuer: its keys, and the algorithms accepted. */
  readonly own: Verification & { readonly accept: readonly Algorithm[] }
  /** Undefined where there is no audience to hold own tokens to. */
  readonly ownRules: IssuerRules | undefined
  readonly trust: readonly TrustEntry[]
  readonly members: MemberReader
}

/** What a service needs its kit for: a `producer` signs, a `consumer` verifies. */
export type Role = 'producer' | 'consumer'

type ReadTrust = (members: MemberReader, settings: Settings) => readonly TrustEntry[]

/**
 * Checks a configuration in the order in which faults are told: each setting, each key, what contradicts, what is missing.
 * What the runtime has to tell comes last, when keys are imported.
 *
 * @param readTrust - reads the issuers trusted beside the own one; left out for an environment, which has none: there must be
 *   material of the kit's own
 * @param role - what the material has to be good for
 * @throws ConfigError - see `createKit`
 */
export function resolve(members: MemberReader, readTrust?: ReadTrust, role?: Role): Resolved {
  const entries = readSecretEntries(members)
  const settings = readSettings(members)
  const { issuer, audience, accept, kid } = settings
  const profile = profileOf(members, settings)
  const isShared = profile === 'HS512'
  const secret = readKey(members, 'secret', (input) => readSecret(input, isShared ? kid : undefined, isShared))
  const accepted = entries.map((read) => read())
  const privateKey = readKey(members, 'privateKey', (input) => readPrivateJwk(input, isShared ? undefined : kid))
  const found = readPublicKeys(members, accept ?? [])
  const source = readSource(members, settings, settings)
  const signing = readSigning(members, settings, { profile, secret, privateKey })
  const verification = {
    ...found,
    source,
    secrets: secret ? [secret, ...accepted] : accepted,
    publicKeys: privateKey ? [privateKey.publicMaterial, ...found.publicKeys] : found.publicKeys,
  }
  const kinds = kindsOf(verification)
  if (!readTrust && kinds.length === 0) members.fail('config_missing', 'secret')
  const material = profile === 'EdDSA' ? 'privateKey' : 'secret'
  // A configured profile needs material of its kind, if only to verify.
  if (profile && !signing.signs && !kinds.some(({ name }) => name === profile)) members.fail('config_missing', material)
  if (accept === undefined && kinds.length > 1) members.fail('config_conflict', 'accept')
  for (const algorithm of accept ?? [])
    if (!serves(verification, algorithm)) members.fail('config_missing', algorithm === HS512 ? 'secret' : 'publicKeys')
  const own = { ...verification, accept: accept ?? kinds }
  if (issuer === undefined && (own.accept.length > 0 || signing.signs || !members.has('trust')))
    members.fail('config_missing', 'issuer')
  if (role === 'consumer' && audience === undefined) members.fail('config_missing', 'audience')
  if (role === 'producer' && !signing.signs) members.fail('config_missing', material)
  const trust = readTrust?.(members, settings) ?? []
  // A fault of the private key that is known once it is imported comes first.
  if (!privateKey) requireService(members)
  return { settings, signing, own, ownRules: rulesOf(settings), trust, members }
}

/** Nothing here can call a service: an adapter that can puts a key source beside its name. */
export function requireService(members: MemberReader): void {
  if (members.has('jwksService') && !members.has('keySource')) members.fail('runtime_unsupported', 'jwksService')
}

/** The kinds of material that there are to verify with. */
const kindsOf = ({ secrets, isOpen, publicKeys }: Verification): readonly Algorithm[] => [
  ...(secrets.length > 0 ? [HS512] : []),
  ...(isOpen || publicKeys.length > 0 ? [EDDSA] : []),
]

function rulesOf({ issuer, audience, actors }: Settings): IssuerRules | undefined {
  if (issuer === undefined || audience === undefined) return undefined
  return {
    issuer,
    audiences: new Set([audience].flat()),
    own: true,
    actors: actors && new Set(actors),
    map: undefined,
  }
}
