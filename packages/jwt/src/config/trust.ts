import { type Algorithm, HS512, isOutside } from '../crypto/algorithms'
import type { JsonObject } from '../encoding/json-value'
import { type ClaimsMapping, mapClaims } from '../token/mapping'
import type { IssuerRules } from '../token/verify'
import { Members } from './members'
import { readVerification, serves, type Verification } from './verification'

/** A trusted issuer as it was configured, its keys not imported yet. */
export interface TrustEntry extends Verification {
  readonly rules: IssuerRules
  readonly algorithms: readonly Algorithm[]
}

/** What the entries take over from the kit. */
export interface Defaults {
  readonly issuer: string | undefined
  readonly audience: string | readonly string[] | undefined
}

/** At most so many secrets verify at once: enough to rotate, and each is tried in turn. */
const MAX_SECRETS = 4

const NAMES = [
  ...['issuer', 'audience', 'algorithms', 'secrets', 'publicKeys', 'jwksUrl', 'keySource'],
  ...['actors', 'unsafeAnyActor', 'mapping'],
]

/** The issuers trusted beside the own one. */
export function readTrust(kit: Members, defaults: Defaults): readonly TrustEntry[] {
  return kit
    .items('trust', Number.POSITIVE_INFINITY)
    .map((entry, index) => readEntry(entry, `trust[${index}].`, kit, defaults))
}

function readEntry(source: unknown, path: string, kit: Members, defaults: Defaults): TrustEntry {
  const members = Members.of(source, NAMES, path)
  const issuer = members.text('issuer') ?? members.fail('config_missing', 'issuer')
  const audience = members.audience('audience') ?? defaults.audience ?? members.fail('config_missing', 'audience')
  const algorithms = members.algorithms('algorithms') ?? members.fail('config_missing', 'algorithms')
  const verification = readVerification(members, algorithms, ['secrets', MAX_SECRETS], kit)
  for (const algorithm of algorithms)
    if (!serves(verification, algorithm)) members.fail('config_missing', algorithm === HS512 ? 'secrets' : 'publicKeys')
  const own = issuer === defaults.issuer
  const mapping = readMapping(members, path)
  const isForeign = !own && (mapping !== undefined || algorithms.some(isOutside))
  const rules = {
    issuer,
    audiences: new Set([audience].flat()),
    own,
    actors: readActors(members, own),
    map: isForeign ? (claims: JsonObject) => mapClaims(claims, mapping ?? {}) : undefined,
  }
  return { rules, algorithms, ...verification }
}

/** The kit's own issuer may name any actor unless restricted, others none unless allowed. */
function readActors(members: Members, own: boolean): ReadonlySet<string> | undefined {
  const actors = members.texts('actors')
  const isAny = members.oneOf('unsafeAnyActor', [true])
  if (isAny && actors) members.fail('config_conflict', 'unsafeAnyActor')
  return isAny || (own && !actors) ? undefined : new Set(actors)
}

function readMapping(members: Members, path: string): ClaimsMapping | undefined {
  if (!members.has('mapping')) return undefined
  const names = ['subjectPrefix', 'permissions', 'roles'] as const
  const mapping = Members.of(members.get('mapping'), names, `${path}mapping.`)
  return Object.fromEntries(names.map((name) => [name, mapping.text(name)]))
}
