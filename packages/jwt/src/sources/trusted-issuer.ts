import type { Algorithm, PublicAlgorithmName } from '../crypto/algorithms'
import { HS512 } from '../crypto/algorithms'
import { ConfigError, TokenError } from '../errors/errors'
import type { PublicKey, SecretKey } from '../keys/key'
import type { Candidate, IssuerRules, KeyFinder } from '../token/verify'
import type { KeySet } from './key-set'
import type { KeySource } from './key-source'

/** One entry of a kit's trust: what its tokens are held to, and the keys that may sign them. */
export interface TrustedIssuer {
  readonly rules: IssuerRules
  readonly algorithms: ReadonlySet<Algorithm>
  /** For HS512, in the order in which they are tried. */
  readonly secrets: readonly SecretKey[]
  /** Public keys that are known. */
  readonly keys: KeySet
  /** Asked for public keys beside `keys`. */
  readonly source: KeySource | undefined
}

interface Search {
  readonly candidates: (Candidate & { readonly issuers: IssuerRules[] })[]
  ambiguous: boolean
  unavailable: boolean
}

/**
 * The key step over all trusted issuers.
 *
 * @param pins - thumbprints of the only asymmetric keys that are taken; undefined: any
 */
export function keyFinder(issuers: readonly TrustedIssuer[], pins: ReadonlySet<string> | undefined): KeyFinder {
  const isPinned = ({ key }: Candidate): boolean =>
    pins === undefined || !('thumbprint' in key) || pins.has((key as PublicKey).thumbprint)

  return {
    allows: (algorithm) => issuers.some(({ algorithms }) => algorithms.has(algorithm)),
    find: async (algorithm, kid, now) => {
      const search: Search = { candidates: [], ambiguous: false, unavailable: false }
      for (const issuer of issuers) {
        if (!issuer.algorithms.has(algorithm)) continue
        if (algorithm === HS512) addSecrets(issuer, kid, search)
        else await addPublicKey(issuer, algorithm.name as PublicAlgorithmName, kid, now, search)
      }
      const { candidates, ambiguous, unavailable } = search
      const pinned = candidates.filter(isPinned)
      // What an unreachable source would have said is not known: that is not the token's fault.
      if (pinned.length === 0 && !unavailable) {
        if (candidates.length > 0) throw new TokenError('key_not_pinned')
        throw new TokenError(ambiguous ? 'key_ambiguous' : 'key_not_found')
      }
      return { candidates: pinned, unavailable }
    },
  }
}

function isSameKey(a: Candidate['key'], b: Candidate['key']): boolean {
  if (a === b) return true
  if ('equals' in a) return (a as SecretKey).equals(b as SecretKey)
  return (a as PublicKey).thumbprint === (b as PublicKey).thumbprint
}

/** The same key of several issuers is one candidate: its signature is checked once. */
function add({ candidates }: Search, key: SecretKey | PublicKey, issuer: IssuerRules): void {
  const known = candidates.find((candidate) => isSameKey(candidate.key, key))
  if (known) known.issuers.push(issuer)
  else candidates.push({ key, issuers: [issuer] })
}

/** A secret without a `kid` answers to every one, and a token without a `kid` asks for all. */
function addSecrets({ secrets, rules }: TrustedIssuer, kid: string | undefined, search: Search): void {
  for (const key of secrets) if (kid === undefined || key.kid === undefined || key.kid === kid) add(search, key, rules)
}

/** The one key of an entry, among the known ones and the source's together. */
async function addPublicKey(
  { keys, source, rules }: TrustedIssuer,
  alg: PublicAlgorithmName,
  kid: string | undefined,
  now: number,
  search: Search,
): Promise<void> {
  const found: PublicKey[] = []
  for (const place of [keys, source]) {
    if (place === undefined) continue
    try {
      const key = await place.select({ alg, kid, now })
      // A source does not choose the algorithm or the key either.
      if (key.alg === alg && (kid === undefined || key.kid === kid)) found.push(key)
    } catch (error) {
      if (ConfigError.is(error)) throw error
      const code = TokenError.is(error) ? error.code : undefined
      if (code === 'key_ambiguous') search.ambiguous = true
      else if (code !== 'key_not_found') search.unavailable = true
      if (code === 'key_ambiguous') return
    }
  }
  const [first, second] = found
  if (first === undefined) return
  if (second !== undefined && !isSameKey(first, second)) search.ambiguous = true
  else add(search, first, rules)
}
