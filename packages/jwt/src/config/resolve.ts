import { type Algorithm, EDDSA, HS512 } from '../crypto/algorithms'
import { readPrivateJwk } from '../keys/private-key'
import { readSecretText, type SecretReader } from '../keys/secret'
import type { IssuerOrder } from '../sources/trusted-issuer'
import type { IssuerRules } from '../token/verify'
import type { MemberReader } from './members'
import { CODE_DEFAULTS, type CodeOptions, readVariableSettings, type Settings } from './settings'
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
  /** In which order several issuers are asked; undefined where there is but one. */
  readonly order: IssuerOrder | undefined
  readonly members: MemberReader
}

/** What there is to sign with, and the settings. */
export type Material = Pick<Resolved, 'members' | 'settings' | 'signing'>

/** Asks more of the material than that it is right. Throws where it lacks something. */
export type CheckMaterial = (material: Material) => void

/** Reads what only a program can say. */
interface CodeReaders {
  /** Of any form; an environment has texts alone. */
  readonly secret: SecretReader
  /** @param kid - of the key that signs, where it is configured */
  options(kid: string | undefined): CodeOptions
  /** What signs, which may be a remote signer. */
  signing(settings: Settings, keys: Omit<Signing, 'signs'>): Signing
  /**
   * The issuers trusted beside the own one.
   *
   * @param isUsed - whether there is anything that signs or verifies for the own one
   */
  trust(settings: Settings, isUsed: boolean): readonly TrustEntry[]
  /** In which order several issuers are asked. */
  readonly order: IssuerOrder
}

/**
 * Checks a configuration in the order in which faults are told: each setting, each key, what contradicts, what is missing.
 * What the runtime has to tell comes last, when keys are imported.
 *
 * @param code - left out for an environment, which trusts no other issuer: there must be material of the kit's own
 * @param check - what else is asked of the material
 * @param options - what a program would say, where it is an environment that is read
 * @throws ConfigError - see `createKit`
 */
export function resolve(
  members: MemberReader,
  code?: CodeReaders,
  check?: CheckMaterial,
  options = CODE_DEFAULTS,
): Resolved {
  const read = code?.secret ?? readSecretText
  const entries = readSecretEntries(members, read)
  const variables = readVariableSettings(members)
  const settings = { ...variables, ...(code?.options(variables.kid) ?? options) }
  const { accept, kid } = settings
  const profile = profileOf(members, settings)
  const isShared = profile === 'HS512'
  const secret = readKey(members, 'secret', (input) => read(input, isShared ? kid : undefined, isShared))
  const accepted = entries.map((read) => read())
  const privateKey = readKey(members, 'privateKey', (input) => readPrivateJwk(input, isShared ? undefined : kid))
  const found = readPublicKeys(members, accept ?? [])
  const source = readSource(members, settings, settings)
  const keys = { profile, secret, privateKey }
  const signing = code?.signing(settings, keys) ?? readSigning(members, settings, keys)
  const verification = {
    ...found,
    source,
    secrets: secret ? [secret, ...accepted] : accepted,
    publicKeys: privateKey ? [privateKey.publicMaterial, ...found.publicKeys] : found.publicKeys,
  }
  const kinds = kindsOf(verification)
  if (!code && kinds.length === 0) members.fail('config_missing', 'secret')
  const material = profile === 'EdDSA' ? 'privateKey' : 'secret'
  // A configured profile needs material of its kind, if only to verify.
  if (profile && !signing.signs && !kinds.some(({ name }) => name === profile)) members.fail('config_missing', material)
  if (accept === undefined && kinds.length > 1) members.fail('config_conflict', 'accept')
  for (const algorithm of accept ?? [])
    if (!serves(verification, algorithm)) members.fail('config_missing', algorithm === HS512 ? 'secret' : 'publicKeys')
  const own = { ...verification, accept: accept ?? kinds }
  check?.({ members, settings, signing })
  const trust = code?.trust(settings, own.accept.length > 0 || signing.signs !== undefined) ?? []
  // A fault of the private key that is known once it is imported comes first.
  if (!privateKey) requireService(members)
  return { settings, signing, own, ownRules: rulesOf(settings), trust, order: code?.order, members }
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
