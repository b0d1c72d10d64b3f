// Byte-level faults.
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

export const flipBit = (bytes, bit) => {
  const copy = Buffer.from(bytes)
  copy[bit >> 3] ^= 1 << (bit & 7)
  return copy
}

/** Sets unused trailing bits of a base64url segment: another spelling of the same bytes. */
export const withTrailingBits = (segment) => {
  const unused = { 2: 4, 3: 2 }[segment.length % 4]
  if (!unused) throw new Error('the segment has no unused bits')
  const last = ALPHABET.indexOf(segment.at(-1))
  if (last % (1 << unused) !== 0) throw new Error('the segment is not canonical')
  return segment.slice(0, -1) + ALPHABET[last + 1]
}

export const padded = (segment) => segment + '='.repeat((4 - (segment.length % 4)) % 4)
export const inserted = (text, at, what) => text.slice(0, at) + what + text.slice(at)

/** White space after a JSON text until its base64url form has a length of `remainder` modulo four (0, 2 or 3). */
export const spacedTo = (json, remainder) => {
  const rest = { 0: 0, 2: 1, 3: 2 }[remainder]
  let text = json
  while (Buffer.byteLength(text) % 3 !== rest) text += ' '
  return text
}

/** An ECDSA signature in DER, as OpenSSL writes it: a sequence of two integers. */
export const der = (signature) => {
  const integer = (bytes) => {
    let value = bytes
    while (value.length > 1 && value[0] === 0 && value[1] < 0x80) value = value.subarray(1)
    if (value[0] >= 0x80) value = Buffer.concat([Buffer.from([0]), value])
    return Buffer.concat([Buffer.from([2, value.length]), value])
  }
  const half = signature.length / 2
  const body = Buffer.concat([integer(signature.subarray(0, half)), integer(signature.subarray(half))])
  return Buffer.concat([Buffer.from([0x30, body.length]), body])
}
