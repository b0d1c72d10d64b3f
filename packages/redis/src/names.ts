// The names of keys: short and of harmless characters, whatever is in what they are made of, and the same in both languages.
import { createHash } from 'node:crypto'
import { MisuseError } from '@kit/jwt'

/** What all keys begin with, unless told otherwise. */
const PREFIX = 'kit'
const FORM = /^[\w.:-]{1,64}$/

/** @throws MisuseError - a prefix that could be taken for a hash tag, or for no prefix */
export function readPrefix(prefix: unknown = PREFIX): string {
  if (typeof prefix !== 'string' || !FORM.test(prefix))
    throw new MisuseError('prefix is 1 to 64 letters, digits and _ . : -')
  return prefix
}

/** SHA-256 of two texts, of which each can be told from the other. */
const digest = (first: string, second: string): Buffer =>
  createHash('sha256')
    .update(`${Buffer.byteLength(first)}:${first}${second}`)
    .digest()

/** Parts that a replay store is divided into, so that a cluster shares the work. */
const PARTS = 16

/** Where a part of a replay store says what it knows of itself. */
const partKey = (prefix: string, part: number): string => `{${prefix}:replay:${part.toString(16)}}`

/** All of those. */
export const partKeys = (prefix: string): readonly string[] =>
  Array.from({ length: PARTS }, (_, part) => partKey(prefix, part))

/** The keys of a token: that of its part, and its own. */
export function useKeys(prefix: string, issuer: string, jti: string): readonly [part: string, token: string] {
  const bytes = digest(issuer, jti)
  const part = partKey(prefix, (bytes[0] as number) >> 4)
  return [part, `${part}:${bytes.toString('base64url')}`]
}

/** The key of a document: all of it is the hash tag. */
export const documentKey = (prefix: string, name: string): string => `{${prefix}:document:${name}}`

/** The key of a token that was revoked. */
export const revokedKey = (prefix: string, issuer: string, jti: string): string =>
  `{${prefix}:revoked:${digest(issuer, jti).toString('base64url')}}`

/** The key of a budget: of whom, by which limit. */
export const budgetKey = (prefix: string, limit: string, whose: string): string =>
  `{${prefix}:limit:${digest(limit, whose).toString('base64url')}}`
