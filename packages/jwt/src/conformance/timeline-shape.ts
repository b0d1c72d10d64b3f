// What a test of key sets over time looks like, as far as its runner relies on it.
import { isLongerThan, isWellFormed } from '../encoding/utf8'
import {
  type Check,
  isCount,
  isObject,
  isPresent,
  isString,
  isText,
  listOf,
  MAX_TEXT,
  mapOf,
  oneOf,
  only,
  optional,
} from './checks'
import { type Text, textOf, type VectorTest } from './inputs'

/** Configurations by the names that tests use. */
export type Kits = Readonly<Record<string, unknown>>

/** Callers of one step, and bytes of the `kid` of each: more than vectors have, less than a machine has room for. */
const MAX_CALLERS = 1000
const MAX_KID_BYTES = 4096
const MAX_SECONDS = 999_999_999
/** The last second of 9999: after any moment before, a second is more than nothing. */
const MAX_NOW = 253_402_300_799
/** Statuses without a body: no endpoint gives them one (RFC 9110 section 6.4.1). */
const isBodiless = oneOf(204, 205, 304)

/** A text that all languages write as the same bytes. */
const isClean: Check = (value) =>
  isText(value) && Object.values(isObject(value) ? value : [value]).every((piece) => isWellFormed(String(piece)))
const isKid: Check = (value) => isClean(value) && !isLongerThan(textOf(value as Text), MAX_KID_BYTES)

/** As it comes from a connection: lower case, and no white space around a value (RFC 9110 section 5.5). */
const isHeaders: Check = (value) =>
  isObject(value) &&
  Object.entries(value).every(
    ([name, text]) =>
      /^[a-z-]+$/.test(name) &&
      typeof text === 'string' &&
      /^(?:[!-~\x80-\xff](?:[\t -~\x80-\xff]*[!-~\x80-\xff])?)?$/.test(text),
  )

const isResponse = only({
  status: isCount(200, 599),
  headers: optional(isHeaders),
  body: optional(isClean),
  endless: optional(oneOf(true)),
})
const isAnswer: Check = (value) =>
  only({ failure: oneOf(true) })(value) ||
  (isResponse(value) && isObject(value) && (!isBodiless(value['status']) || !('body' in value || 'endless' in value)))

const isUrl = (text: string): boolean => text.startsWith('https://')
const isAnswers: Check = (value) => mapOf(isAnswer)(value) && Object.keys(value as object).every(isUrl)

const isSelection = only({ alg: oneOf('EdDSA', 'RS256', 'PS256', 'ES256', 'ES384', 'ES512'), kid: optional(isKid) })

/** @param asks - what its steps ask for, of a source or of a kit */
const isScript = (asks: Readonly<Record<string, Check>>): Check =>
  listOf(
    only({
      now: (value) => typeof value === 'number' && value >= 0 && value <= MAX_NOW,
      ...asks,
      callers: optional(isCount(2, MAX_CALLERS)),
      numbered: optional(isCount(2, MAX_CALLERS)),
      answer: optional(isAnswer),
      answers: optional(isAnswers),
      request: optional(isCount(0, MAX_TEXT)),
    }),
  )
const asksSource = isScript({ select: optional(isSelection) })
const isRevoked = only({ issuer: isString, jti: isString })
const asksKit = isScript({ verify: optional(isString), revoke: optional(isRevoked) })

/** Of a source: any value may be a wrong one on purpose, but none of them takes all the memory there is. */
const isSource = only({
  url: isPresent,
  cacheTtl: () => true,
  maxStale: () => true,
  timeout: () => true,
  maxBytes: (value) => typeof value !== 'number' || value <= MAX_TEXT,
})

/** Of a kit: the runner puts sources of its own in the place of its URLs. */
function isTimelineKit(kit: unknown): boolean {
  if (!isObject(kit)) return false
  const { jwksUrl, jwksCacheTtl, trust } = kit
  const isEntry: Check = (entry) => isObject(entry) && optional(isString)(entry['jwksUrl'])
  return (
    optional(isString)(jwksUrl) && optional(isCount(1, MAX_SECONDS))(jwksCacheTtl) && optional(listOf(isEntry))(trust)
  )
}

/** A source or a kit, and a script that asks it. */
export function isTimeline({ source, kit, script }: VectorTest, kits: Kits): boolean {
  if (kit === undefined) return isSource(source) && asksSource(script)
  const config = typeof kit === 'string' && Object.hasOwn(kits, kit) ? kits[kit] : kit
  return source === undefined && isTimelineKit(config) && asksKit(script)
}
