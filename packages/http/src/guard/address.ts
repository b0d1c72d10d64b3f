// Addresses of the internet as bytes: 4, or 16. One of IPv4 that is written as IPv6 (RFC 4291 section 2.5.5.2) is one of IPv4:
// a server that listens on both writes each peer so.

/** 4 or 16 bytes. */
export type Address = readonly number[]

/** Addresses that begin alike (RFC 4632). */
export interface Network {
  readonly start: Address
  /** Bits. */
  readonly length: number
}

/** Of the longest address: eight groups, or six and an IPv4 address. */
const LONGEST = 45
const BYTE = 0xff
// Without zeros in front, which some readers take for octal.
const DECIMAL = /^(?:0|[1-9]\d{0,2})$/
const GROUP = /^[\da-f]{1,4}$/i
/** Bytes in which a network of IPv6 that one customer gets is told from another (RFC 6177). */
const CUSTOMER = 7

/** Undefined where a text is no address; a zone is none of its parts. */
export function parseAddress(text: string): Address | undefined {
  if (text.length > LONGEST) return undefined
  const bytes = text.includes(':') ? sixteenOf(text) : fourOf(text)
  const isMapped = bytes?.length === 16 && bytes.slice(0, 12).every((byte, index) => byte === (index < 10 ? 0 : BYTE))
  return isMapped ? bytes.slice(12) : bytes
}

/** An address, or a network `address/bits` that has no bit set behind them; undefined where a text is neither. */
export function parseNetwork(text: string): Network | undefined {
  const [address = '', bits, another] = text.split('/')
  const start = parseAddress(address)
  if (start === undefined || another !== undefined) return undefined
  const written = address.includes(':') ? 128 : 32
  if (bits !== undefined && !DECIMAL.test(bits)) return undefined
  const length = (bits === undefined ? written : Number(bits)) - (written - start.length * 8)
  if (length < 0 || length > start.length * 8) return undefined
  return start.every((byte, index) => (byte & behind(length, index)) === 0) ? { start, length } : undefined
}

export const isWithin = (address: Address, { start, length }: Network): boolean =>
  address.length === start.length &&
  address.every((byte, index) => ((byte ^ (start[index] ?? 0)) & ~behind(length, index)) === 0)

/** Whose budget an address draws on: an address of IPv4, a network of /56 of IPv6 in the text of RFC 5952. */
export function budgetOf(address: Address): string {
  if (address.length === 4) return address.join('.')
  const groups = [0, 2, 4, 6].map((at) => ((address[at] ?? 0) << 8) | (at + 1 < CUSTOMER ? (address[at + 1] ?? 0) : 0))
  while (groups.at(-1) === 0) groups.pop()
  return `${groups.map((group) => group.toString(16)).join(':')}::/${CUSTOMER * 8}`
}

/** The bits of a byte that lie behind a length. */
const behind = (length: number, index: number): number => BYTE >> Math.min(Math.max(length - index * 8, 0), 8)

function fourOf(text: string): Address | undefined {
  const parts = text.split('.')
  const isRight = parts.length === 4 && parts.every((part) => DECIMAL.test(part) && Number(part) <= BYTE)
  return isRight ? parts.map(Number) : undefined
}

function sixteenOf(text: string): Address | undefined {
  const [head = '', tail, another] = text.split('::')
  const front = groupsOf(head, tail === undefined)
  const back = groupsOf(tail ?? '', true)
  if (front === undefined || back === undefined || another !== undefined) return undefined
  const missing = 16 - front.length - back.length
  // `::` stands for one group at least.
  if (tail === undefined ? missing !== 0 : missing < 2) return undefined
  return [...front, ...Array.from({ length: missing }, () => 0), ...back]
}

/** @param isLast - whether an address of IPv4 may stand at the end */
function groupsOf(text: string, isLast: boolean): Address | undefined {
  if (text === '') return []
  const bytes: number[] = []
  const parts = text.split(':')
  for (const [index, part] of parts.entries()) {
    const four = isLast && index === parts.length - 1 ? fourOf(part) : undefined
    if (four === undefined && !GROUP.test(part)) return undefined
    const group = Number.parseInt(part, 16)
    bytes.push(...(four ?? [group >> 8, group & BYTE]))
  }
  return bytes
}
