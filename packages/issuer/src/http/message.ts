// Requests and answers as plain values: the same for every runtime, and for the vectors.
import { writtenText } from '../json'

/** Bytes that a body has at most. */
export const MAX_BODY = 65_536

/** A request, read. */
export interface Message {
  /** In capitals. */
  readonly method: string
  /** The path of the URL as it was sent, without query. */
  readonly path: string
  /** The query, without its question mark. */
  readonly query: string
  /** By names in lower case; several of one name are joined by a comma and a space. */
  readonly headers: Readonly<Record<string, string>>
  /** Empty where there is none; undefined where it has more than 65,536 bytes, of which no more need be read. */
  readonly body: Uint8Array | undefined
  /** Given by the server, not by the client: what is told of the request has it. None unless given. */
  readonly id?: string
}

/** An answer. */
export interface Answer {
  /** Of HTTP. */
  readonly status: number
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Text; empty where there is none. */
  readonly body: string
}

// RFC 6749 section 5.1.
export const NOT_STORED = { 'cache-control': 'no-store', pragma: 'no-cache' }

/** An answer that no cache may keep: everything but what is published. */
export const answer = (
  status: number,
  body: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...NOT_STORED, ...headers },
  body: writtenText(body),
})

/** The same without a body. */
export const empty = (status: number, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers: { ...NOT_STORED, ...headers },
  body: '',
})
