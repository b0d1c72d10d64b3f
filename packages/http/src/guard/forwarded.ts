// What proxies say of where a request came from: `X-Forwarded-For`, which each of them appends to, and `Forwarded` (RFC 7239).
import { type Address, parseAddress } from './address'

/** The header that a proxy is trusted to append to. */
export type ForwardedHeader = 'x-forwarded-for' | 'forwarded'

/** Gives the address of a hop; undefined where it has none. */
type Hop = () => Address | undefined

const LONGEST = 100
// RFC 7239 section 6: an address of IPv4, or one of IPv6 in brackets, and perhaps a port.
const NODE = /^(?:([\d.]+)|\[([\da-f.]*:[\da-f:.]*)\])(?::(?:\d{1,5}|_[\w.-]+))?$/i
const PAIR = /^[ \t]*([\w!#$%&'*+.^`|~-]+)=(?:([\w!#$%&'*+.^`|~-]+)|"((?:[^"\\]|\\[\s\S])*)")[ \t]*$/
const BLANK = /^[ \t]*$/

/** The hops of a request, the nearest first; each is read when it is asked for: what is behind it may be anything. */
export function hopsOf(values: readonly string[], header: ForwardedHeader): readonly Hop[] {
  if (values.length === 0) return []
  const text = values.join(',')
  const hops =
    header === 'forwarded'
      ? split(text, ',').map((element) => () => ofElement(element))
      : text.split(',').map((item) => () => ofItem(item))
  return hops.reverse()
}

function ofItem(item: string): Address | undefined {
  const [word = '', another] = item.split(/[ \t]/).filter((one) => one !== '')
  return another === undefined ? (parseAddress(word) ?? ofNode(word)) : undefined
}

function ofNode(node: string): Address | undefined {
  const [, four, six] = (node.length > LONGEST ? null : NODE.exec(node)) ?? []
  return parseAddress(four ?? six ?? '')
}

function ofElement(element: string): Address | undefined {
  const nodes: string[] = []
  for (const pair of split(element, ';')) {
    if (BLANK.test(pair)) continue
    const [, name, token, quoted = ''] = PAIR.exec(pair) ?? []
    if (name === undefined) return undefined
    if (name.toLowerCase() === 'for') nodes.push(token ?? quoted.replaceAll(/\\([\s\S])/g, '$1'))
  }
  const [node = '', another] = nodes
  return another === undefined ? ofNode(node) : undefined
}

/** Between separators that are not quoted; nothing where a quote is not closed, as what is quoted cannot be told then. */
function split(text: string, separator: string): readonly string[] {
  const parts: string[] = []
  let start = 0
  let isQuoted = false
  let isEscaped = false
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at]
    if (isEscaped) isEscaped = false
    else if (isQuoted && letter === '\\') isEscaped = true
    else if (letter === '"') isQuoted = !isQuoted
    else if (letter === separator && !isQuoted) {
      parts.push(text.slice(start, at))
      start = at + 1
    }
  }
  return isQuoted ? [] : [...parts, text.slice(start)]
}
