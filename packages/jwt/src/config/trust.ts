import { type Algorithm, HS512, isOutside } from '../crypto/algorithms'
import type { SecretKey } from '../keys/key'
import type { PublicMaterial } from '../keys/public-key'
import type { KeySource } from '../sources/key-source'
import type { ClaimsMapping } from '../token/mapping'
import type { IssuerRules } from '../token/verify'
import { readPublicKeys, readSecrets } from './materials'
import { Members } from './members'
import { type Fetching, readSource, SOURCES } from './source'

/** A trusted issuer as it was configured, its keys not imported yet. */
export interface TrustEntry {
  readonly rules: IssuerRules
  readonly algorithms: ReadonlySet<Algorithm>
  readonly secrets: readonly SecretKey[]
  readonly publicKeys: readonly PublicMaterial[]
  readonly source: KeySource | undefined
}

const NAMES = [
  'issuer',
  'audience',
  'algorithms',
  'secrets',
  'publicKeys',
  'jwksUrl',
  'keySource',
  'actors',
  'unsafeAnyActor',
  'mapping',
]

export const asList = (audience: string | readonly string[]): readonly string[] =>
  typeof audience === 'string' ? [audience] : audience

/** One member of `trust`. */
export function readTrustEntry(
  source: unknown,
  path: string,
  kit: { readonly issuer: string | undefined; readonly audience: string | readonly string[] | undefined },
  fetching: Fetching,
): TrustEntry {
  const members = new Members(source, NAMES, `${path}.`)
  const issuer = members.text('issuer') ?? members.fail('config_missing', 'issuer')
  const audience = members.audience('audience') ?? kit.audience ?? members.fail('config_missing', 'audience')
  const algorithms = members.algorithms('algorithms') ?? members.fail('config_missing', 'algorithms')
  const secrets = readSecrets(members, 'secrets')
  const publicKeys = readPublicKeys(members, 'publicKeys', algorithms)
  const keySource = readSource(members, fetching)
  const hasPublic = SOURCES.some((name) => members.has(name))
  for (const algorithm of algorithms) {
    const name = algorithm === HS512 ? 'secrets' : 'publicKeys'
    if (algorithm === HS512 ? secrets.length === 0 : !hasPublic) members.fail('config_missing', name)
  }
  const own = issuer === kit.issuer
  const mapping = readMapping(members, path)
  const isForeign = !own && (mapping !== undefined || algorithms.some(isOutside))
  return {
    rules: {
      issuer,
      audiences: new Set(asList(audience)),
      own,
      actors: readActors(members, own),
      mapping: isForeign ? (mapping ?? {}) : undefined,
    },
    algorithms: new Set(algorithms),
    secrets,
    publicKeys,
    source: keySource,
  }
}

function readActors(members: Members, own: boolean): ReadonlySet<string> | undefined {
  const actors = members.texts('actors')
  const isAny = members.oneOf('unsafeAnyActor', [true])
  if (isAny && actors !== undefined) members.fail('config_conflict', 'unsafeAnyActor')
  if (actors !== undefined) return new Set(actors)
  return isAny || own ? undefined : new Set()
}

function readMapping(members: Members, path: string): ClaimsMapping | undefined {
  if (!members.has('mapping')) return undefined
  const mapping = new Members(members.get('mapping'), ['subjectPrefix', 'permissions', 'roles'], `${path}.mapping.`)
  const [subjectPrefix, permissions, roles] = [
    mapping.text('subjectPrefix'),
    mapping.text('permissions'),
    mapping.text('roles'),
  ]
  return {
    ...(subjectPrefix !== undefined && { subjectPrefix }),
    ...(permissions !== undefined && { permissions }),
    ...(roles !== undefined && { roles }),
  }
}
