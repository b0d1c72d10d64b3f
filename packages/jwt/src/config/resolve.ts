import { type Algorithm, EDDSA, HS512 } from '../crypto/algorithms'
import type { IssuerRules } from '../token/verify'
import type { Members } from './members'
import { readSettings, type Settings } from './settings'
import { readSigning, type Signing } from './signing'
import type { Defaults, TrustEntry } from './trust'
import { readVerification, serves, type Verification } from './verification'

/** A configuration in which everything was checked that can be known without waiting. */
export interface Resolved {
  readonly settings: Settings
  readonly signing: Signing
  /** What verifies for the own issuer: its keys, and the algorithms accepted. */
  readonly own: Verification & { readonly accept: readonly Algorithm[] }
  /** Undefined where there is no audience to hold own tokens to. */
  readonly ownRules: IssuerRules | undefined
  readonly trust: readonly TrustEntry[]
  readonly members: Members
}

type ReadTrust = (members: Members, defaults: Defaults) => readonly TrustEntry[]

/** Beside `secret`. */
const MAX_ACCEPTED = 3

/**
 * Reads keys, then what they make of the profile, then what is accepted: the order in which faults are told.
 *
 * @param readTrust - reads the issuers trusted beside the own one; left out where there can be none, as in an environment
 * @throws ConfigError - see `createKit`
 */
export function resolve(members: Members, readTrust?: ReadTrust): Resolved {
  const settings = readSettings(members)
  const configured = members.algorithms('accept')
  const signing = readSigning(members)
  const { secret, privateKey, signs } = signing
  const found = readVerification(members, configured ?? [], ['acceptSecrets', MAX_ACCEPTED], members)
  const verification = {
    ...found,
    secrets: secret ? [secret, ...found.secrets] : found.secrets,
    publicKeys: privateKey ? [privateKey.publicMaterial, ...found.publicKeys] : found.publicKeys,
  }
  checkProfile(members, verification)
  const own = { ...verification, accept: acceptOf(members, configured, verification) }
  if (members.has('kid') && !signs) members.fail('config_conflict', 'kid')
  if (settings.issuer === undefined && (own.accept.length > 0 || signs || !members.has('trust')))
    members.fail('config_missing', 'issuer')
  const trust = readTrust?.(members, settings) ?? []
  // Nothing here can call a service: an adapter that can puts a key source beside its name.
  if (members.text('jwksService') && !members.has('keySource')) members.fail('runtime_unsupported', 'jwksService')
  return { settings, signing, own, ownRules: rulesOf(settings), trust, members }
}

const hasPublicKeys = ({ isOpen, publicKeys }: Verification): boolean => isOpen || publicKeys.length > 0

/** A configured profile needs material of its kind, if only to verify. */
function checkProfile(members: Members, verification: Verification): void {
  const profile = members.has('signer') ? undefined : members.get('profile')
  if (profile === 'HS512' && verification.secrets.length === 0) members.fail('config_missing', 'secret')
  if (profile === 'EdDSA' && !hasPublicKeys(verification)) members.fail('config_missing', 'privateKey')
}

function acceptOf(
  members: Members,
  configured: readonly Algorithm[] | undefined,
  verification: Verification,
): readonly Algorithm[] {
  if (configured === undefined) {
    const kinds = [...(verification.secrets.length > 0 ? [HS512] : []), ...(hasPublicKeys(verification) ? [EDDSA] : [])]
    return kinds.length > 1 ? members.fail('config_conflict', 'accept') : kinds
  }
  for (const algorithm of configured)
    if (!serves(verification, algorithm)) members.fail('config_missing', algorithm === HS512 ? 'secret' : 'publicKeys')
  return configured
}

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
