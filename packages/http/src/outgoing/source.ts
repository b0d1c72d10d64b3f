import { ConfigError, MisuseError, TokenError } from '@kit/jwt'
import { OutgoingError } from './errors'
import type { Asked } from './wanted'

/** A token that a source gave. */
export interface Given {
  /** As it is shown: `Authorization: Bearer <token>`. */
  readonly token: string
  /** Seconds that it lives, from the moment when it was asked for; 0 where nobody knows. */
  readonly lifetime: number
}

/**
 * Where tokens come from: `mintLocally`, `exchangeAt`, or something in their place.
 *
 * @param asked - for what
 * @returns the token; an exception that is not of this toolkit is `source_unavailable`
 */
export type TokenSource = (asked: Asked) => Promise<Given>

// RFC 6750 section 2.1; whatever else would end the header, or begin another one.
const TOKEN = /^[\w.~+/-]+=*$/
const MAX_LENGTH = 16_384

/** @throws OutgoingError - `source_unavailable`, `source_malformed`, and what a source of this toolkit says */
export async function askSource(source: TokenSource, asked: Asked): Promise<Given> {
  let given: Partial<Record<keyof Given, unknown>>
  try {
    given = Object(await source(asked)) as typeof given
  } catch (error) {
    if (OutgoingError.is(error) || TokenError.is(error) || ConfigError.is(error) || MisuseError.is(error)) throw error
    throw new OutgoingError('source_unavailable')
  }
  const { token, lifetime } = given
  if (typeof token !== 'string' || token.length > MAX_LENGTH || !TOKEN.test(token)) throw malformed()
  if (typeof lifetime !== 'number' || !(lifetime >= 0 && lifetime <= Number.MAX_SAFE_INTEGER)) throw malformed()
  return { token, lifetime }
}

const malformed = () => new OutgoingError('source_malformed')
