// Words that are nearly right: names of algorithms, and names of variables.
import { type Algorithm, algorithmOf } from '../../crypto/algorithms'
import type { Symptom } from './findings'
import { itemsOf, namesOf, type Reading, ROWS, textIn } from './reading'
import { DOCTOR } from './texts'

/** Two letters may be wrong, missing, too many or swapped. */
const NEAR = 2
const LONGEST_NAME = 64

/** What the registry of RFC 7518 and its successors name besides, and no kit accepts. */
const NEVER = ['NONE', 'HS256', 'HS384', 'RS384', 'RS512', 'PS384', 'PS512', 'ES256K', 'ED448']
const PROFILES = { HS512: 'HS512', EDDSA: 'EdDSA', ED25519: 'EdDSA' }
const OUTSIDE = ['RS256', 'PS256', 'ES256', 'ES384', 'ES512']
const ALGORITHMS = { ...PROFILES, ...Object.fromEntries(OUTSIDE.map((name) => [name, name])) }

/** The name that was meant, or why there is none. */
type Guess = { readonly meant: string } | 'unsupported' | 'unknown'

function guess(text: string, known: Readonly<Record<string, string>>, never: readonly string[]): Guess {
  if (text.length > LONGEST_NAME || /[\u0080-\uffff]/.test(text)) return 'unknown'
  const bare = text.toUpperCase().replace(/[^A-Z0-9]/g, '')
  if (Object.hasOwn(known, bare)) return { meant: known[bare] as string }
  if (never.includes(bare)) return 'unsupported'
  const nearest = nearestOf(bare, Object.keys(known))
  return nearest === undefined ? 'unknown' : { meant: known[nearest] as string }
}

/** Why a profile is refused. */
export function profileSymptoms(reading: Reading): readonly Symptom[] {
  const { text = '', name } = reading.of('profile')
  const found = guess(text, PROFILES, [...NEVER, ...OUTSIDE])
  if (typeof found === 'object') return [['profile_misspelt', name, found]]
  const isPublic = reading.has('privateKey') && !/^[Hh]/.test(text)
  return [[`profile_${found}`, name, { meant: isPublic ? 'EdDSA' : 'HS512' }]]
}

/** The algorithms that `JWT_ACCEPT` lists, without what is none. */
export const listedAlgorithms = (reading: Reading): readonly Algorithm[] =>
  reading.of('accept').items.flatMap((item) => algorithmOf(item) ?? [])

/** Why a list of accepted algorithms is refused, item by item; the line lists what is right or was meant. */
export function acceptSymptoms(reading: Reading): readonly Symptom[] {
  const { items, name } = reading.of('accept')
  const guesses = items.map((item = '') =>
    algorithmOf(item) ? { meant: algorithmOf(item)?.name as string } : guess(item, ALGORITHMS, NEVER),
  )
  const right = guesses.flatMap((found) => (typeof found === 'object' ? [found.meant] : []))
  const all = [...new Set(right)].join() || (reading.has('secret') ? 'HS512' : 'EdDSA')
  const symptoms = guesses.flatMap((found, index): Symptom[] => {
    // That an item is empty is a fault of the list.
    if (algorithmOf(items[index]) || items[index] === '') return []
    const entry = ` (entry ${index + 1})`
    return typeof found === 'object'
      ? [['accept_misspelt', name, { ...found, entry, all }]]
      : [[`accept_${found}`, name, { entry, all }]]
  })
  const isTwice = items.includes('EdDSA') && items.includes('Ed25519')
  return isTwice ? [...symptoms, ['accept_twice', name, { all }]] : symptoms
}

const KNOWN = ROWS.flatMap(namesOf)

/** Variables that no kit reads, and that are called almost like one, or so elsewhere. */
export function strangeVariables(reading: Reading): readonly Symptom[] {
  const { env } = reading
  const bound = ROWS.flatMap(({ twin }) => (twin === undefined ? [] : itemsOf(textIn(env, twin) ?? '')))
  const taken = new Set([...KNOWN, ...bound])
  return Object.keys(env)
    .filter((name) => !taken.has(name) && name.length <= LONGEST_NAME && /^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    .sort()
    .flatMap((name): Symptom[] => {
      const upper = name.toUpperCase()
      if (Object.hasOwn(DOCTOR.aliases, upper))
        return [['variable_foreign', name, { other: DOCTOR.aliases[upper] as string }]]
      const nearest = upper.startsWith('J') ? nearestOf(upper, KNOWN) : undefined
      return nearest === undefined ? [] : [['variable_misspelt', name, { other: nearest }]]
    })
}

/** The nearest of some words, the first of several, if it is near at all. */
function nearestOf(word: string, words: readonly string[]): string | undefined {
  const distances = words.map((other) => distance(word, other))
  const least = Math.min(...distances)
  return least <= NEAR ? words[distances.indexOf(least)] : undefined
}

/** Letters that are wrong, missing or too many, or pairs that are swapped (optimal string alignment). */
function distance(a: string, b: string): number {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, index) => index)]
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const choices = [(last[j] as number) + 1, (next[j - 1] as number) + 1, (last[j - 1] as number) + cost]
      next.push(Math.min(...choices, swapped ? (before[j - 2] as number) + 1 : Number.POSITIVE_INFINITY))
    }
    ;[before, last] = [last, next]
  }
  return last[b.length] as number
}
