import { type Algorithm, type AlgorithmName, algorithmOf, HS512 } from '../crypto/algorithms'
import { isObject } from '../encoding/json-value'
import { after, allOf, attempt, type Maybe } from '../encoding/steps'
import { parseJsonObject } from '../encoding/strict-json'
import { ConfigError, MisuseError, TokenError } from '../errors/errors'
import { readOptions } from '../errors/misuse'
import type { Jwks, PublicKey } from '../keys/key'
import { importMaterial, type PublicMaterial, readPublicJwk } from '../keys/public-key'

/** Public keys by algorithm; a key without a `kid` answers to its thumbprint. Immutable. */
export class KeySet {
  /** The usable keys, in the order of the set; the same key of the same `kid` counts once. */
  readonly keys: readonly PublicKey[]
  /** By `kid`; all of them by none. */
  readonly #named: ReadonlyMap<string | undefined, readonly PublicKey[]>

  /** @internal */
  constructor(keys: readonly PublicKey[]) {
    const distinct = new Map(keys.map((key) => [`${key.alg} ${key.thumbprint} ${key.kid}`, key]))
    this.keys = Object.freeze([...distinct.values()])
    const named = new Map<string | undefined, readonly PublicKey[]>([[undefined, this.keys]])
    for (const key of this.keys) named.set(key.kid, [...(named.get(key.kid) ?? []), key])
    this.#named = named
    Object.freeze(this)
  }

  /**
   * The keys that a header may mean.
   *
   * @param query - `alg` of the header, and its `kid`; without one every key of the algorithm
   * @returns the keys, none where none suits
   * @example
   * const set = await createKeySet(jwks, { algorithms: ['EdDSA'] })
   * set.find({ alg: 'EdDSA', kid: 'nobody' }) // []
   */
  find({ alg, kid }: KeyQuery): readonly PublicKey[] {
    const name = algorithmOf(alg)?.name
    const found: PublicKey[] = []
    for (const key of this.#named.get(kid) ?? []) if (key.alg === name) found.push(key)
    return found
  }

  /**
   * The one key that a header means.
   *
   * @param query - `alg` of the header, and its `kid`; without one there must be exactly one key for the algorithm
   * @returns the key
   * @throws TokenError - `key_not_found`, `key_ambiguous`
   * @example
   * const set = await createKeySet(jwks, { algorithms: ['EdDSA'] })
   * set.select({ alg: 'EdDSA', kid: 'nobody' }) // throws TokenError, key_not_found
   */
  select(query: KeyQuery): PublicKey {
    return only(this.find(query))
  }
}

/** What a header says of its key. */
export interface KeyQuery {
  /** The algorithm, under either of its names. */
  readonly alg: AlgorithmName
  /** The id of the key, where there is one. */
  readonly kid?: string | undefined
}

/** @throws TokenError - `key_not_found`, `key_ambiguous` */
export function only([key, ...others]: readonly PublicKey[]): PublicKey {
  if (key === undefined || others.length > 0) throw new TokenError(key ? 'key_ambiguous' : 'key_not_found')
  return key
}

/**
 * The entries of a JWKS, unread.
 *
 * @throws ConfigError - `jwks_invalid`
 */
export function readJwks(input: unknown): readonly unknown[] {
  const set: unknown = typeof input === 'string' || input instanceof Uint8Array ? parseJsonObject(input) : input
  const keys = isObject(set) && Object.hasOwn(set, 'keys') ? set['keys'] : undefined
  if (!Array.isArray(keys)) throw new ConfigError('jwks_invalid')
  return [...(keys as unknown[])]
}

/** The keys of a set, for each algorithm that they can be used with; all other entries are ignored. */
export function usableKeys(entries: readonly unknown[], algorithms: readonly Algorithm[]): PublicMaterial[] {
  return entries.flatMap((entry) => algorithms.flatMap((algorithm) => usable(entry, algorithm)))
}

function usable(entry: unknown, algorithm: Algorithm): PublicMaterial[] {
  if (!isObject(entry) || algorithm === HS512) return []
  try {
    return [readPublicJwk(entry, algorithm)]
  } catch {
    return []
  }
}

/** Imports the keys of a set; those that the runtime refuses are ignored like all others that cannot be used. */
export const importKeys = (materials: readonly PublicMaterial[]): Maybe<readonly PublicKey[]> =>
  after(
    allOf(
      materials.map((material) =>
        attempt<PublicKey | undefined>(
          () => importMaterial(material),
          () => undefined,
        ),
      ),
    ),
    (keys) => keys.filter((key) => key !== undefined),
  )

/**
 * A key set of a JWKS (RFC 7517 section 5).
 *
 * @param jwks - the set, or its JSON text; entries that cannot be used (another type, use or algorithm, private or invalid
 *   keys) are ignored
 * @param options - `algorithms`: those that the keys may be used with
 * @returns the set, immutable
 * @throws ConfigError - `jwks_invalid`: not strict JSON, no object, or no `keys` array
 * @throws MisuseError - wrong options
 * @example
 * const set = await createKeySet(jwks, { algorithms: ['EdDSA'] })
 * const key = set.select({ alg: 'EdDSA', kid: '2026-11' })
 */
export async function createKeySet(
  jwks: Jwks | string,
  options: { readonly algorithms: readonly AlgorithmName[] },
): Promise<KeySet> {
  const { algorithms } = readOptions(options, ['algorithms'])
  const rows = Array.isArray(algorithms) && algorithms.length > 0 ? algorithms.map(algorithmOf) : [undefined]
  if (!rows.every((row) => row !== undefined)) throw new MisuseError('algorithms is not a list of algorithms')
  return new KeySet(await importKeys(usableKeys(readJwks(jwks), [...new Set(rows)])))
}
