// What an HTTP answer says of its own time (RFC 9111) and of what it stands for (RFC 9110 section 8.8.3).

// Up to nine digits: whoever means more means for ever.
const MAX_AGE = /(?:^|,)[ \t]*max-age="?(\d{0,9})/i
const NOT_KEPT = /(?:^|,)[ \t]*no-(?:store|cache)\b/i
const AGE = /^\d{1,9}/
/** At most 256 characters. */
const ETAG = /^(?=.{2,256}$)(?:W\/)?"[!#-~]*"$/

/** What an answer says of itself; what it does not say is not there. */
export interface Freshness {
  /** Seconds that it may still be used. */
  readonly lifetime?: number
  /** Its entity tag, where it can be sent back. */
  readonly etag?: string
}

/** `lifetime` is `max-age` less `Age`; none with `no-store`, `no-cache` or a `max-age` that is no number. */
export function freshnessOf(headers: Headers): Freshness {
  const read = (name: string, form: RegExp): RegExpExecArray | null => form.exec(headers.get(name) ?? '')
  const maxAge = read('cache-control', MAX_AGE)?.[1]
  const age = read('age', AGE)?.[0] ?? 0
  const lifetime = read('cache-control', NOT_KEPT) ? 0 : maxAge === undefined ? maxAge : Number(maxAge) - Number(age)
  const etag = read('etag', ETAG)?.[0]
  return { ...(lifetime !== undefined && { lifetime }), ...(etag && { etag }) }
}
