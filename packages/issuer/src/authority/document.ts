// The stored form of a set of keys: the same text in every language.
import type { Jwk } from '@kit/jwt'
import { canonicalize, parseJson } from '@kit/jwt/encoding'
import { AuthorityError } from '../errors'
import { isObject } from '../json'
import type { Keks } from '../sealing/kek'
import { type Sealed, seal, unseal } from '../sealing/seal'
import type { KeyRecord, KeySetRecord } from './key-set'
import { isDocument, type SealedDocument, type SealedKey } from './shape'

/** Of the form that is written; one that this program does not know yet is left alone. */
const FORMAT = 1

/** The text of a set; every private half is sealed anew, in the context of this set alone. */
export async function writeDocument(set: KeySetRecord, keks: Keks): Promise<string> {
  const context = contextOf({ ...set, keys: set.keys.map(withoutPrivate) })
  const keys = await Promise.all(
    set.keys.map(async (key): Promise<SealedKey> => {
      if (key.privateJwk === undefined) return withoutPrivate(key)
      const sealed = await seal(canonicalize(key.privateJwk), context(key.kid), keks)
      return { ...withoutPrivate(key), sealed }
    }),
  )
  return canonicalize({ format: FORMAT, ...set, keys })
}

/**
 * The set that a text holds.
 *
 * @param version - the number that the store has for it
 * @throws AuthorityError - `key_document_invalid`, `key_document_unsupported`, `key_document_rolled_back`: it says another
 *   version than the store; `kek_unknown`, `key_document_tampered`
 */
export async function readDocument(text: string, version: number, keks: Keks): Promise<KeySetRecord> {
  const json: unknown = parseJson(text)
  const format = isObject(json) ? json['format'] : undefined
  if (typeof format === 'number' && format > FORMAT) throw new AuthorityError('key_document_unsupported')
  if (!isDocument(json)) throw new AuthorityError('key_document_invalid')
  if (json.version !== version) throw new AuthorityError('key_document_rolled_back')
  const { format: _, ...document } = json
  const context = contextOf({ ...document, keys: document.keys.map(withoutSealed) })
  const keys = await Promise.all(
    document.keys.map(async ({ sealed, ...key }): Promise<KeyRecord> => {
      if (sealed === undefined) return key
      return { ...key, privateJwk: await privateJwkOf(sealed, key, context(key.kid), keks) }
    }),
  )
  return { ...document, keys }
}

/** Under which key-encryption key each private half of a text is sealed that was read or written: by `kid`. */
export function sealsOf(text: string): ReadonlyMap<string, string> {
  const { keys } = parseJson(text) as unknown as SealedDocument
  return new Map(keys.flatMap(({ kid, sealed }) => (sealed === undefined ? [] : [[kid, sealed.kek] as const])))
}

async function privateJwkOf(sealed: Sealed, key: KeyRecord, context: string, keks: Keks): Promise<Jwk> {
  const jwk: unknown = parseJson(await unseal(sealed, context, keks))
  if (!isObject(jwk) || jwk['kid'] !== key.kid) throw new AuthorityError('key_document_invalid')
  return jwk as unknown as Jwk
}

/**
 * What a private half is bound to: its `kid`, the version, and all that is not secret. Whoever changes a state, a time or
 * a public key in the store leaves a document that does not open.
 */
function contextOf(set: Omit<SealedDocument, 'format'>): (kid: string) => string {
  return (kid) => canonicalize({ kid, set })
}

const withoutPrivate = ({ privateJwk: _, ...key }: KeyRecord): Omit<KeyRecord, 'privateJwk'> => key
const withoutSealed = ({ sealed: _, ...key }: SealedKey): Omit<SealedKey, 'sealed'> => key
