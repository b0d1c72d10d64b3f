// Where a token may go: origins (RFC 6454), not prefixes of URLs.
import { ConfigError } from '@kit/jwt'
import { OutgoingError } from './errors'

// As it is written: no path, no credentials, no wildcard, and a name of another alphabet in the ASCII that is looked up.
const FORM = /^https?:\/\/([a-z\d_-]+(?:\.[a-z\d_-]+)*|\[[a-f\d:.]+\])(?::[1-9]\d{0,4})?$/i
const LOOPBACK = /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/

/** Whether nobody else on the way reads what is sent: TLS, or this machine. */
export const isPrivate = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname))

/** Not `URL.origin`, which a `blob:` has of the page that made it. */
const originOf = ({ protocol, host }: URL): string => `${protocol}//${host}`

function readOrigin(origin: unknown): string {
  const [, host = ''] = (typeof origin === 'string' && FORM.exec(origin)) || []
  if (host !== '' && URL.canParse(origin as string)) {
    const url = new URL(origin as string)
    // A number that is read as an address of another form is no name that anybody meant.
    if (isPrivate(url) && (host.startsWith('[') || url.hostname === host.toLowerCase())) return originOf(url)
  }
  throw new ConfigError('config_invalid', { variable: 'origins' })
}

/**
 * The one question of whether a URL leads to one of these origins.
 *
 * @throws ConfigError - `config_invalid` with `origins`: none, or what is no origin of `https:`, or of `http:` on loopback
 */
export function readOrigins(origins: readonly string[]): (url: string) => boolean {
  if (!Array.isArray(origins) || origins.length === 0) throw new ConfigError('config_invalid', { variable: 'origins' })
  const known = new Set(origins.map(readOrigin))
  return (text) => {
    if (!URL.canParse(text)) return false
    const url = new URL(text)
    return known.has(originOf(url)) && `${url.username}${url.password}` === ''
  }
}

/** The error for a URL that leads elsewhere; it does not tell where. */
export const elsewhere = (): OutgoingError => new OutgoingError('origin_not_allowed')
