import { parseJson } from '@kit/jwt/encoding'
import { isObject } from '../json'
import { decodeUtf8 } from '../utf8'
import type { Message } from './message'
import { Refused } from './refused'

/** Parameters of a form: each there once, and none empty. */
export type Parameters = ReadonlyMap<string, string>

const FORM = 'application/x-www-form-urlencoded'
export const JSON_TYPE = 'application/json'
const ENCODED = /[%+]/

/** The media type, without parameters. */
export const typeOf = ({ headers }: Message): string =>
  (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''

/** What a form says (RFC 6749 section 3.2). */
export function readForm(message: Message): Parameters {
  if (typeOf(message) !== FORM) throw new Refused('invalid_request', 'content_type_unsupported', { status: 415 })
  const parameters = new Map<string, string>()
  for (const pair of readText(message).split('&')) {
    if (pair === '') continue
    const at = pair.indexOf('=')
    const [name, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]
    const decoded = [formDecoded(name), formDecoded(value)] as const
    if (decoded[0] === undefined || decoded[1] === undefined) return malformed()
    // Of two parameters of one name, two readers would take different ones.
    if (parameters.has(decoded[0])) throw new Refused('invalid_request', 'parameter_repeated')
    parameters.set(decoded[0], decoded[1])
  }
  // A parameter without a value is as good as none.
  for (const [name, value] of parameters) if (value === '') parameters.delete(name)
  return parameters
}

/** The object that a JSON body holds. */
export function readObject(message: Message): Readonly<Record<string, unknown>> {
  const value: unknown = parseJson(readText(message))
  return isObject(value) ? value : malformed()
}

/** The text of a part of a form (RFC 6749 appendix B); undefined where it is not one in UTF-8. */
export function formDecoded(text: string): string | undefined {
  if (!ENCODED.test(text)) return text
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}

export function required(form: Parameters, name: string): string {
  const value = form.get(name)
  if (value === undefined) throw new Refused('invalid_request', 'parameter_missing')
  return value
}

function readText({ body, query }: Message): string {
  // What stands in a URL stands in the logs of everything on its way (RFC 6749 section 2.3.1).
  if (query !== '') throw new Refused('invalid_request', 'query_not_allowed')
  if (body === undefined) throw new Refused('invalid_request', 'body_too_large', { status: 413 })
  return decodeUtf8(body) ?? malformed()
}

function malformed(): never {
  throw new Refused('invalid_request', 'body_malformed')
}
