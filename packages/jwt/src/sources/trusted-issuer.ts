import type { Algorithm, PublicAlgorithmName } from '../crypto/algorithms'
import { HS512 } from '../crypto/algorithms'
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
export type IssuerOrder = (
  asked: readonly TrustedIssuer[],
  query: KeyQuery,
) => readonly TrustedIssuer[] | Promise<readonly TrustedIssuer[]>

type AnyKey = SecretKey | PublicKey

/** What is told where no key is the one, in this order. */
const FAULTS = ['jwks_unavailable', 'signature_invalid', 'key_not_pinned', 'key_ambiguous'] as const
type Faults = Set<TokenErrorCode>

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
  return {
    allows: (algorithm) => issuers.some(({ algorithms }) => algorithms.includes(algorithm)),
    find: async (query, isSigner, isNamed) => {
      const faults: Faults = new Set()
      const signers = new Set<IssuerRules>()
      const tried = new Map<unknown, boolean>()
      const asked = issuers.filter(({ algorithms }) => algorithms.includes(query.algorithm))
      for (const { rules, ...issuer } of await order(asked, query))
        for (const key of await keysOf(issuer, query, faults)) {
          const thumbprint = 'thumbprint' in key ? key.thumbprint : undefined
          if (pins && thumbprint !== undefined && !pins.has(thumbprint)) faults.add('key_not_pinned')
          else {
            // The same public key of several issuers: its signature is checked once.
            const name = thumbprint ?? key
            const signed = tried.get(name) ?? (await isSigner(key))
            tried.set(name, signed)
            if (signed && isNamed(rules)) return rules
            if (signed) signers.add(rules)
            else faults.add('signature_invalid')
          }
        }
      const signer = issuers.find(({ rules }) => signers.has(rules))
      // What an unreachable source would have said is not known: that is not the token's fault.
      if (signer && !faults.has('jwks_unavailable')) return signer.rules
      throw new TokenError(FAULTS.find((code) => faults.has(code)) ?? 'key_not_found')
    },
  }
}

/** Those that answer at once, then those that know the key, then the others. */
export const cheapestFirst: IssuerOrder = async (asked, query) => {
  if (asked.length < 2 || query.algorithm === HS512) return asked
  const ranks = await Promise.all(asked.map(({ source }) => rankOf(source, query)))
  return [0, 1, 2].flatMap((rank) => asked.filter((_, index) => ranks[index] === rank))
}

async function rankOf(source: KeySource | undefined, query: KeyQuery): Promise<number> {
  if (source instanceof JwksCache) return source.rank(selectionOf(query))
  return source === undefined || source instanceof KeySet || source instanceof LocalJwks ? 0 : 2
}

const selectionOf = ({ algorithm, ...query }: KeyQuery): Parameters<KeySource['select']>[0] => ({
  alg: algorithm.name as PublicAlgorithmName,
  ...query,
})

/** The keys of an entry that may have signed: secrets, or the one key among the known ones and the source's together. */
async function keysOf(
  { secrets, keys, source }: Pick<TrustedIssuer, 'secrets' | 'keys' | 'source'>,
  query: KeyQuery,
  faults: Faults,
): Promise<readonly AnyKey[]> {
  const answersTo = (kid: string | undefined): boolean => query.kid === undefined || query.kid === kid
  // A secret without a `kid` answers to every one.
  if (query.algorithm === HS512) return secrets.filter(({ kid }) => kid === undefined || answersTo(kid))
  const selection = selectionOf(query)
  const found = new Map<string, PublicKey>()
  for (const place of source ? [keys, source] : [keys])
    try {
      const key = await place.select(selection)
      // A source does not choose the algorithm or the key either.
      if (key.alg === selection.alg && answersTo(key.kid)) found.set(key.thumbprint, key)
    } catch (error) {
      if (ConfigError.is(error)) throw error
      const code = TokenError.is(error) ? error.code : undefined
      if (code !== 'key_not_found') faults.add(code === 'key_ambiguous' ? code : 'jwks_unavailable')
      if (code === 'key_ambiguous') return []
    }
  if (found.size < 2) return [...found.values()]
  faults.add('key_ambiguous')
  return []
}
