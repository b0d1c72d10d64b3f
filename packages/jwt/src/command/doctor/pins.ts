// Pins that are none, and pins that keep the wrong keys out.
import type { KitDescription } from '../../config/describe'
import { decodeBase64url } from '../../encoding/base64url'
import type { Symptom } from './findings'
import type { Entry, Reading } from './reading'

const THUMBPRINT_BYTES = 32

const entryText = (index: number): string => ` (entry ${index + 1})`

/** Why pins are refused, one by one. */
export const pinSymptoms = ({ supplier, items }: Entry): readonly Symptom[] =>
  items.flatMap((item = '', index): Symptom[] => {
    if (item === '' || decodeBase64url(item)?.length === THUMBPRINT_BYTES) return []
    const isHex = /^(?:[0-9a-fA-F]{2}:?){32}$/.test(item)
    return [[isHex ? 'pin_hex' : 'pin_malformed', supplier, { entry: entryText(index) }]]
  })

/** What the pins of a kit that could be made keep out. */
export function pinnedOut(reading: Reading, { publicKeys, accept, jwksUrl }: KitDescription): readonly Symptom[] {
  const { supplier, items } = reading.of('allowedThumbprints')
  // What a server answers is not known here.
  if (items.length === 0 || jwksUrl !== null) return []
  if (publicKeys.length === 0) return [['pins_without_source', supplier]]
  const known = new Set(publicKeys.map(({ thumbprint }) => thumbprint))
  const unmatched = items.flatMap((item, index): Symptom[] =>
    item !== undefined && known.has(item) ? [] : [['pin_unmatched', supplier, { entry: entryText(index) }]],
  )
  // The public half of the private key stands first.
  const own = reading.has('privateKey') && accept.includes('EdDSA') ? publicKeys[0]?.thumbprint : undefined
  if (own !== undefined && !items.includes(own)) return [['signer_not_pinned', supplier], ...unmatched]
  return unmatched.length === items.length ? [['pins_match_none', supplier]] : unmatched
}
