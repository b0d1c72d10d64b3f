import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'vitest'
import {
  type Answer,
  type AuditRecord,
  createAuthority,
  createIssuer,
  type Issuer,
  type Message,
  type Refusal,
} from '../src'
import { readKeks } from '../src/sealing/kek'
import type { StoredDocument } from '../src/stores/key-store'
import { testsOf } from './vectors'

/** What is expected of an answer. */
export interface Expected {
  readonly status: number
  /** Null: not there. */
  readonly headers?: Readonly<Record<string, string | null>>
  readonly json?: Readonly<Record<string, unknown>>
  /** Whether the body may say more. */
  readonly partial?: boolean
  readonly body?: string
  readonly refusal?: Refusal
  readonly issued?: {
    readonly member: 'token' | 'access_token'
    readonly client: string
    readonly typ: string
    readonly claims: Readonly<Record<string, unknown>>
  }
}

export interface Step {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly bytes?: string
  readonly fill?: number
  readonly after?: number
  readonly save?: string
  readonly answer: Expected
}

interface File {
  readonly authority: { readonly document: string; readonly times: object }
  readonly issuers: Readonly<Record<string, Parameters<typeof createIssuer>[0]>>
  readonly tests: readonly {
    readonly id: string
    readonly comment: string
    readonly issuer: string
    readonly now: number
    readonly requests: readonly Step[]
  }[]
}

const folder = new URL('../../../conformance/issuer/http/', import.meta.url)

export const files: readonly File[] = readdirSync(folder).map(
  (name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as File,
)

/** An issuer of a file of vectors, with what it tells. */
export async function issuerOf(file: File, name: string, clock: () => number) {
  const { document, times } = file.authority
  const known = testsOf<StoredDocument & { keks: string }>('documents').find(({ id }) => id === document)
  if (known === undefined) throw new Error(`${document}: no such document`)
  let stored: StoredDocument = { version: known.version, text: known.text }
  const store = {
    read: () => Promise.resolve(stored),
    writeIf: (version: number, text: string) => {
      stored = { version: version + 1, text }
      return Promise.resolve(true)
    },
  }
  const authority = await createAuthority({ ...times, store, keks: await readKeks(known.keks), clock })
  const refusals: Refusal[] = []
  const records: AuditRecord[] = []
  const options = { ...(file.issuers[name] as object), authority, clock }
  const issuer = createIssuer({
    ...(options as Parameters<typeof createIssuer>[0]),
    onRefusal: (refusal) => refusals.push(refusal),
    onIssue: (record) => void records.push(record),
  })
  return { issuer, refusals, records }
}

/** Sends a request by one of the faces of an issuer. */
export type Send = (issuer: Issuer, message: Omit<Message, 'body'> & { readonly body: Uint8Array }) => Promise<Answer>

/** What a server says of a request, and not the client. */
export const ID = 'the id of a request'

export const byHandle: Send = (issuer, message) =>
  issuer.handle({ ...message, id: ID, body: message.body.length > 65_536 ? undefined : message.body })

export const byFetch: Send = async (issuer, { method, path, query, headers, body }) => {
  const hasBody = method !== 'GET' && method !== 'HEAD'
  const url = `https://auth.example${path}${query === '' ? '' : `?${query}`}`
  const request = new Request(url, { method, headers, ...(hasBody && { body: body as Uint8Array<ArrayBuffer> }) })
  const response = await issuer.fetch(request)
  return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
}

const bytesOf = ({ body, bytes, fill }: Step, saved: Readonly<Record<string, string>>): Uint8Array => {
  if (bytes !== undefined) return Buffer.from(bytes, 'base64url')
  if (fill !== undefined) return Buffer.alloc(fill, 'a')
  return Buffer.from(body.replace(/\{(\w+)\}/g, (_, name: string) => saved[name] ?? `{${name}}`))
}

export const messageOf = (step: Step, saved: Readonly<Record<string, string>>) => {
  const [path = '', query = ''] = step.path.split('?')
  return { method: step.method, path, query, headers: step.headers, body: bytesOf(step, saved) }
}

export function checkAnswer(given: Answer, expected: Expected): Record<string, unknown> {
  expect(given.status).toBe(expected.status)
  for (const [name, value] of Object.entries(expected.headers ?? {}))
    expect([name, given.headers[name]]).toEqual([name, value ?? undefined])
  if (expected.body !== undefined) expect(given.body).toBe(expected.body)
  if (expected.json === undefined) return {}
  const json = JSON.parse(given.body) as Record<string, unknown>
  const { [expected.issued?.member ?? '']: _, ...rest } = json
  if (expected.partial) expect(rest).toMatchObject(expected.json)
  else expect(rest).toEqual(expected.json)
  if (given.status >= 400 || expected.issued)
    expect(given.headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' })
  return json
}
