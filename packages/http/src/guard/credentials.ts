import { Refused } from './refused'
import type { GuardRequest } from './request'

/** Where else than in the `Authorization` header a token may stand. */
export interface TokenPlaces {
  /** Name of a cookie. */
  readonly cookie?: string | undefined
  /** Name of a parameter of the query. */
  readonly query?: string | undefined
}

/**
 * The one token of a request (RFC 6750 section 2).
 *
 * @throws Refused - `credentials_missing`, `credentials_scheme_unsupported`, `credentials_repeated`
 */
export function tokenOf(request: GuardRequest, { cookie, query }: TokenPlaces): string {
  const ofHeaders = ofHeader(request.header('authorization'))
  const tokens =
    cookie === undefined && query === undefined
      ? ofHeaders
      : [
          ...ofHeaders,
          ...(cookie === undefined ? [] : ofCookies(request.header('cookie'), cookie)),
          ...(query === undefined ? [] : valuesOf(request.query, '&', query)),
        ]
  const token = tokens[0]
  const another = tokens[1]
  if (token === undefined) throw new Refused('credentials_missing')
  // Whoever else looks at the request, a proxy or a log, may look at the other one.
  if (another !== undefined) throw new Refused('credentials_repeated')
  return token
}

function ofHeader(values: readonly string[]): readonly string[] {
  const value = values[0]
  const another = values[1]
  if (value === undefined || (value === '' && another === undefined)) return []
  // Servers and proxies join several headers of a name by a comma, which no token has in it.
  if (another !== undefined || value.includes(',')) throw new Refused('credentials_repeated')
  const space = value.indexOf(' ')
  const scheme = space < 0 ? value : value.slice(0, space)
  if (scheme.toLowerCase() !== 'bearer') throw new Refused('credentials_scheme_unsupported')
  return [space < 0 ? '' : trimmed(value, space)]
}

/** Without the spaces that surround it: RFC 9110 section 11.4 has any number of them after the scheme. */
function trimmed(value: string, from: number): string {
  let start = from
  while (value[start] === ' ') start += 1
  let end = value.length
  while (end > start && value[end - 1] === ' ') end -= 1
  return value.slice(start, end)
}

const ofCookies = (values: readonly string[], name: string): readonly string[] =>
  values.flatMap((value) => valuesOf(value, ';', name))

/** The values of a name in `a=b&c=d`, as they are: a token has nothing in it that would have to be decoded. */
const valuesOf = (text: string, separator: string, name: string): readonly string[] =>
  text.split(separator).flatMap((pair) => {
    const at = pair.indexOf('=')
    const value = pair.slice(at + 1)
    return at >= 0 && value !== '' && pair.slice(0, at).trimStart() === name ? [value] : []
  })
