import type { Algorithm, PublicAlgorithmName } from '../crypto/algorithms'
import { HS512 } from '../crypto/algorithms'
import { after, allOf, attempt, firstOf, type Maybe, settled } from '../encoding/steps'
import type { TokenErrorCode } from '../errors/codes'
import { ConfigError, TokenError } from '../errors/errors'
import type { PublicKey, SecretKey } from '../keys/key'
import type { IssuerRules, KeyFinder, KeyQuery } from '../token/verify'
import { JwksCache } from './jwks-cache'
import { KeySet } from './key-set'
import type { KeySource } from './key-source'
import { LocalJwks } from './local-jwks'

/** One entry of a kit's trust: what its tokens are held to, and the keys that may sign them. */
export interface TrustedIssuer {
  readonly rules: IssuerRules
  readonly algorithms: readonly Algorithm[]
  /** For HS512, in the order in which they are tried. */
  readonly secrets: readonly SecretKey[]
  /** Public keys that are known. */
  readonly keys: KeySet
  /** Asked for public keys beside `keys`. */
  readonly source: KeySource | undefined
}

/** The order in which the issuers that use an algorithm are asked. */
export type IssuerOrder = (asked: readonly TrustedIssuer[], query: KeyQuery) => Maybe<readonly TrustedIssuer[]>

type AnyKey = SecretKey | PublicKey

/** What is told where no key is the one, in this order. */
const FAULTS = ['jwks_unavailable', 'signature_invalid', 'key_not_pinned', 'key_ambiguous'] as const
type Faults = TokenErrorCode[]

/**
 * The key step over all trusted issuers. Each is asked for its keys until one of them made the signature and belongs to the
 * issuer that the token names; the answer does not depend on the order.
 *
 * @param pins - thumbprints of the only asymmetric keys that are taken; undefined: any
 * @param order - who is asked first, so that nobody waits for the endpoint of another; as configured unless given
 */
export function keyFinder(
  issuers: readonly TrustedIssuer[],
  pins: ReadonlySet<string> | undefined,
  order: IssuerOrder = (asked) => asked,
): KeyFinder {
  const askedFor = new Map<Algorithm, TrustedIssuer[]>()
  for (const issuer of issuers)
    for (const algorithm of issuer.algorithms) askedFor.set(algorithm, [...(askedFor.get(algorithm) ?? []), issuer])
  return {
    allows: (algorithm) => askedFor.has(algorithm),
    find: (query, isSigner, isNamed) => {
      const faults: Faults = []
      /** Whose key made the signature, though the token names another. */
      const signers: IssuerRules[] = []
      let tried: Map<unknown, boolean> | undefined
      const tryKey = (key: AnyKey, rules: IssuerRules): Maybe<IssuerRules | undefined> => {
        const { thumbprint } = key as Partial<PublicKey>
        if (pins && thumbprint !== undefined && !pins.has(thumbprint)) {
          faults.push('key_not_pinned')
          return undefined
        }
        // The same public key of several issuers: its signature is checked once.
        const name = thumbprint ?? key
        return after(tried?.get(name) ?? isSigner(key), (signed) => {
          if (signed && isNamed(rules)) return rules
          tried = (tried ?? new Map<unknown, boolean>()).set(name, signed)
          if (signed) signers.push(rules)
          else faults.push('signature_invalid')
          return undefined
        })
      }
      const ask = (issuer: TrustedIssuer): Maybe<IssuerRules | undefined> =>
        after(keysOf(issuer, query, faults), (keys) => firstOf(keys, (key) => tryKey(key, issuer.rules)))
      const asked = order(askedFor.get(query.algorithm) as readonly TrustedIssuer[], query)
      const found = after(asked, (one) => firstOf(one, ask))
      return after(found, (rules) => {
        const signer = rules ?? issuers.find((issuer) => signers.includes(issuer.rules))?.rules
        // What an unreachable source would have said is not known: that is not the token's fault.
        if (signer && (rules || !faults.includes('jwks_unavailable'))) return signer
        throw new TokenError(FAULTS.find((code) => faults.includes(code)) ?? 'key_not_found')
      })
    },
  }
}

/** Those that answer at once, then those that know the key, then the others. */
export const cheapestFirst: IssuerOrder = (asked, query) =>
  asked.length < 2 || query.algorithm === HS512 ? asked : ranked(asked, query)

function ranked(asked: readonly TrustedIssuer[], query: KeyQuery): Maybe<readonly TrustedIssuer[]> {
  const ranking = allOf(asked.map(({ source }) => rankOf(source, query)))
  return after(ranking, (ranks) => [0, 1, 2].flatMap((rank) => asked.filter((_, index) => ranks[index] === rank)))
}

/** 0: it answers at once. 1: it knows the key, and may have to ask whether that still stands. 2: it does not know it. */
function rankOf(source: KeySource | undefined, query: KeyQuery): Maybe<number> {
  if (source instanceof JwksCache)
    return after(source.find(selectionOf(query)), ({ length }) =>
      length === 0 ? 2 : Number(!source.isFresh(query.now)),
    )
  return source === undefined || source instanceof KeySet || source instanceof LocalJwks ? 0 : 2
}

type Selection = Parameters<KeySource['select']>[0]

const selectionOf = ({ algorithm, kid, now }: KeyQuery): Selection => ({
  alg: algorithm.name as PublicAlgorithmName,
  kid,
  now,
})

/** The keys of an entry that may have signed: secrets, or the one key among the known ones and the source's together. */
function keysOf({ secrets, keys, source }: TrustedIssuer, query: KeyQuery, faults: Faults): Maybe<readonly AnyKey[]> {
  const { kid } = query
  const answers = (key: AnyKey): boolean => kid === undefined || key.kid === kid
  // A secret without a `kid` answers to every one.
  if (query.algorithm === HS512) return secrets.filter((secret) => secret.kid === undefined || answers(secret))
  const selection = selectionOf(query)
  const found = keys.find(selection)
  const one = (candidates: readonly PublicKey[]): readonly PublicKey[] => {
    if (candidates.length < 2) return candidates
    faults.push('key_ambiguous')
    return []
  }
  if (source === undefined || found.length > 1) return one(found)
  return attempt(
    () =>
      after(settled(source.select(selection)), (key) =>
        // A source does not choose the algorithm or the key either.
        key.alg === selection.alg && answers(key) && found[0]?.thumbprint !== key.thumbprint
          ? one([...found, key])
          : found,
      ),
    (error) => {
      if (ConfigError.is(error)) throw error
      const code = TokenError.is(error) ? error.code : undefined
      if (code !== 'key_not_found') faults.push(code === 'key_ambiguous' ? code : 'jwks_unavailable')
      // That the source knows several leaves none, whatever is known beside it.
      return code === 'key_ambiguous' ? [] : found
    },
  )
}
