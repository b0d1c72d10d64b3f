import { ConfigError } from '@kit/jwt'
import { decodeBase64url } from '@kit/jwt/encoding'

/** A key that encrypts keys: 32 random bytes, and a name. */
export interface Kek {
  /** The name by which what it sealed refers to it. */
  readonly id: string
  /** AES-256-GCM; it cannot be exported again. */
  readonly key: CryptoKey
}

/** All that a process may open with. The first one seals. */
export type Keks = readonly [Kek, ...Kek[]]

const BYTES = 32
/** Of JSON and of ASCII: what a language calls white space differs. */
const AROUND = /^[ \t\r\n]+|[ \t\r\n]+$/g
const ID = /^[A-Za-z0-9._-]{1,64}$/

/**
 * Reads key-encryption keys as an environment or a file holds them: `id=base64url`, several separated by commas. White
 * space around each is left out.
 *
 * To change one, put the new one first and keep the old one: each write seals with the first.
 *
 * @param text - each with 32 random bytes in canonical base64url; an id has letters, digits, `.`, `_` and `-`
 * @returns the keys, in the order of the text
 * @throws ConfigError - `config_missing`, `config_invalid` with `kek`: the text is none; `key_weak`: not 32 bytes
 * @example
 * const keks = await readKeks(`2026-11=${encodeBase64url(crypto.getRandomValues(new Uint8Array(32)))}`)
 */
export async function readKeks(text: string | undefined): Promise<Keks> {
  if (text === undefined) throw new ConfigError('config_missing', { variable: 'kek' })
  const keks = await Promise.all(text.split(',').map((item) => readKek(item.replace(AROUND, ''))))
  if (new Set(keks.map(({ id }) => id)).size < keks.length) throw invalid()
  return keks as unknown as Keks
}

/** For keys that live no longer than this process. */
export async function freshKeks(): Promise<Keks> {
  return [{ id: 'process', key: await importKek(crypto.getRandomValues(new Uint8Array(BYTES))) }]
}

const importKek = (bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])

async function readKek(item: string): Promise<Kek> {
  // Base64url has no '=' where it is not padded.
  const at = item.lastIndexOf('=')
  const id = item.slice(0, Math.max(at, 0))
  const bytes = decodeBase64url(item.slice(at + 1))
  if (!ID.test(id) || bytes === undefined) throw invalid()
  if (bytes.length !== BYTES) throw new ConfigError('key_weak', { variable: 'kek' })
  return { id, key: await importKek(bytes) }
}

const invalid = (): ConfigError => new ConfigError('config_invalid', { variable: 'kek' })
