// What is wrong with a secret, and what is weak in one that a kit takes. Nothing of it is ever told but its length.
import { decodeBase64url } from '../../encoding/base64url'
import { ConfigError } from '../../errors/errors'
import { readSecret } from '../../keys/secret'
import type { Symptom } from './findings'
import type { Entry, Reading } from './reading'
import { VARIABLES, type Values } from './texts'

/** A secret of at least 64 random bytes has more of them; fewer than this are seen once in many lifetimes of the universe. */
const FEWEST_BYTES = 24
/** A list's item this long, with `=` behind it, is a padded secret and no `kid` without one. */
const SHORTEST_SECRET = 40

const BLANK = '[ \\t\\n\\v\\f\\r]'

/** Forms of text that is no canonical base64url, the first that fits. */
const FORMS: readonly (readonly [code: string, form: RegExp])[] = [
  ['secret_pem', /-----BEGIN|ssh-ed25519|ssh-rsa|ecdsa-sha2-/],
  ['secret_spaced', new RegExp(`^${BLANK}|${BLANK}$`)],
  ['secret_quoted', /^(["'])[\s\S]*\1$/],
  ['secret_json', /^[{[]/],
  ['secret_padded', /^[\w-]+=+$/],
  ['secret_standard_alphabet', /^[A-Za-z0-9+/]+=*$/],
  ['secret_lines', new RegExp(`^(?:[A-Za-z0-9_=+/-]{20,}${BLANK}+)+[A-Za-z0-9_=+/-]*$`)],
]

/** Why the kit refuses a secret; nothing where it does not. */
function faultOf(text: string): Symptom[0] | undefined {
  try {
    readSecret(text)
    return undefined
  } catch (error) {
    const isWeak = ConfigError.is(error) && error.code === 'key_weak'
    if (isWeak) return isHex(text) ? 'secret_hex_short' : 'secret_short'
  }
  // All characters are right: it is the text of another key, or was cut.
  if (/^[\w-]+$/.test(text)) return decodeBase64url(text) === undefined ? 'secret_cut' : 'secret_is_key'
  return FORMS.find(([, form]) => form.test(text))?.[0] ?? 'secret_not_base64url'
}

const isHex = (text: string): boolean => text.length % 2 === 0 && /^(?:[0-9a-f]+|[0-9A-F]+)$/.test(text)

/** What a careful operator would not leave in a secret that the kit takes. */
function weaknessesOf(text: string, bytes: Uint8Array): readonly (readonly [code: string, values: Values])[] {
  const period = periodOf(bytes)
  const count = new Set(bytes).size
  if (period * 2 <= bytes.length && count >= FEWEST_BYTES) return [['secret_repeats', { bytes: period }]]
  if (count < FEWEST_BYTES) return [['secret_monotonous', { count }]]
  if (bytes.every((byte) => byte >= 0x20 && byte < 0x7f)) return [['secret_text', {}]]
  return isHex(text) ? [['secret_hex', {}]] : []
}

/** The length of the shortest beginning of which all the rest is a repetition. */
function periodOf(bytes: Uint8Array): number {
  // The table of Knuth, Morris and Pratt: how much of the beginning ends at each place.
  const known = new Uint32Array(bytes.length)
  for (let at = 1, length = 0; at < bytes.length; at++) {
    while (length > 0 && bytes[at] !== bytes[length]) length = known[length - 1] as number
    if (bytes[at] === bytes[length]) length++
    known[at] = length
  }
  return bytes.length - (known.at(-1) ?? 0)
}

/** One secret of a configuration. */
interface Held {
  readonly variable: string
  readonly text: string
  /** Where it stands in a list, from 1; 0 where it stands alone. */
  readonly place: number
}

const entryText = (place: number): string => (place === 0 ? '' : ` (entry ${place})`)

/** All secrets of an environment that can be read at all. */
function secretsOf(reading: Reading): readonly Held[] {
  const { supplier, text } = reading.of('secret')
  const { supplier: variable, items } = reading.of('acceptSecrets')
  const accepted = items.map((item = '', index) => ({
    variable,
    place: index + 1,
    text: item.slice(item.lastIndexOf('=') + 1),
  }))
  return [{ variable: supplier, place: 0, text: text ?? '' }, ...accepted].filter((held) => held.text !== '')
}

/** What is wrong with the secret, or the secrets, of an entry. */
export function secretSymptoms(entry: Entry, reading: Reading): readonly Symptom[] {
  return secretsOf(reading)
    .filter(({ variable }) => variable === entry.supplier)
    .flatMap(({ variable, text, place }): Symptom[] => {
      const code = faultOf(text)
      const bytes = decodeBase64url(text)?.length ?? 0
      return code === undefined ? [] : [[code, variable, { entry: entryText(place), bytes, size: text.length / 2 }]]
    })
}

/** What the form of the list of accepted secrets lacks: too many entries, half an entry. */
export function entrySymptoms({ supplier, name, items }: Entry): readonly Symptom[] {
  const { most = 0 } = VARIABLES.get(name) ?? {}
  const halves = items.flatMap((item = '', index): Symptom[] => {
    const entry = entryText(index + 1)
    if (item.endsWith('='))
      return [[item.length < SHORTEST_SECRET ? 'secret_entry_form' : 'secret_padded', supplier, { entry }]]
    return item.startsWith('=') && item.lastIndexOf('=') === 0 ? [['secret_entry_form', supplier, { entry }]] : []
  })
  return items.length > most ? [['too_many_secrets', supplier, { count: items.length, most }], ...halves] : halves
}

/** What is weak in the secrets that a kit takes, and which of them are the same. */
export function weakSecrets(reading: Reading): readonly Symptom[] {
  const sound = secretsOf(reading).filter(({ text }) => faultOf(text) === undefined)
  return sound.flatMap(({ variable, text, place }, index): Symptom[] => {
    const entry = entryText(place)
    const weak = weaknessesOf(text, decodeBase64url(text) as Uint8Array)
    const first = sound.slice(0, index).find((other) => other.text === text)
    const other = first && (first.place === 0 ? first.variable : `entry ${first.place}`)
    if (other !== undefined) return [['secret_same', variable, { entry, other }]]
    return weak.map(([code, values]) => [code, variable, { entry, ...values }])
  })
}
