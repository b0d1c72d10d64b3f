import { type Algorithm, HS512, isOutside } from '../crypto/algorithms'
import type { JsonObject } from '../encoding/json-value'
import { readSecret } from '../keys/secret'
import type { KeySource } from '../sources/key-source'
import { type ClaimsMapping, mapClaims } from '../token/mapping'
import type { IssuerRules } from '../token/verify'
import { type MemberReader, Members } from './members'
import type { Settings } from './settings'
import { readPublicKeys, readSecretEntries, readSource, serves, type Verification } from './verification'

/** A trusted issuer as it was configured, its keys not imported yet. */
export interface TrustEntry extends Verification {
  readonly rules: IssuerRules
  readonly algorithms: readonly Algorithm[]
}

/** At most so many secrets verify at once: enough to rotate, and each is tried in turn. */
const MAX_SECRETS = 4

const NAMES = [
  ...['issuer', 'audience', 'algorithms', 'secrets', 'publicKeys', 'jwksUrl', 'keySource'],
  ...['actors', 'unsafeAnyActor', 'mapping'],
]

/** The issuers trusted beside the own one. */
export function readTrust(kit: MemberReader, settings: Settings): readonly TrustEntry[] {
  return kit
    .items('trust', Number.POSITIVE_INFINITY)
    .map((entry, index) => readEntry(entry, `trust[${index}].`, settings))
}

/** In the order of the kit's own: the form of lists, settings, keys, what contradicts, what is missing. */
function readEntry(input: unknown, path: string, kit: Settings): TrustEntry {
  const members = Members.of(input, NAMES, path)
  const entries = readSecretEntries(members, readSecret, 'secrets', MAX_SECRETS)
  const issuer = members.text('issuer') ?? members.fail('config_missing', 'issuer')
  const audience = members.audience('audience') ?? kit.audience ?? members.fail('config_missing', 'audience')
  const algorithms = members.algorithms('algorithms') ?? members.fail('config_missing', 'algorithms')
  const jwksUrl = members.url('jwksUrl')
  const keySource = members.port<KeySource>('keySource', 'select')
  const actors = members.texts('actors')
  const isAny = members.oneOf('unsafeAnyActor', [true])
  const mapping = readMapping(members, path)
  const secrets = entries.map((read) => read())
  const found = readPublicKeys(members, algorithms)
  const source = readSource(members, { jwksUrl, keySource }, kit)
  const own = issuer === kit.issuer
  if (isAny && actors) members.fail('config_conflict', 'unsafeAnyActor')
  // The kit's own claims are what they say.
  if (own && mapping) members.fail('config_conflict', 'mapping')
  const verification = { secrets, ...found, source }
  for (const algorithm of algorithms)
    if (!serves(verification, algorithm)) members.fail('config_missing', algorithm === HS512 ? 'secrets' : 'publicKeys')
  const isForeign = mapping !== undefined || (!own && algorithms.some(isOutside))
  const rules = {
    issuer,
    audiences: new Set([audience].flat()),
    own,
    // The kit's own issuer may name any actor unless restricted, others none unless allowed.
    actors: isAny || (own && !actors) ? undefined : new Set(actors),
    map: isForeign ? (claims: JsonObject) => mapClaims(claims, mapping ?? {}) : undefined,
  }
  return { rules, algorithms, ...verification }
}

function readMapping(members: MemberReader, path: string): ClaimsMapping | undefined {
  if (!members.has('mapping')) return undefined
  const names = ['subjectPrefix', 'permissions', 'roles'] as const
  const mapping = Members.of(members.get('mapping'), names, `${path}mapping.`)
  return Object.fromEntries(names.map((name) => [name, mapping.text(name)]))
}
