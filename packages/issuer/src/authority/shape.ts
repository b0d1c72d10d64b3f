// What a stored document looks like; anything else is refused whole.
import { isObject } from '../json'
import type { Sealed } from '../sealing/seal'
import { type AuthorityAlgorithm, type KeyRecord, type KeySetRecord, type KeyState, PUBLIC_MEMBERS } from './key-set'

/** A key as it is stored: its private half is sealed. */
export interface SealedKey extends Omit<KeyRecord, 'privateJwk'> {
  readonly sealed?: Sealed
}

/** A document as it is stored. */
export interface SealedDocument extends Omit<KeySetRecord, 'keys'> {
  readonly format: number
  readonly keys: readonly SealedKey[]
}

type Check = (value: unknown) => boolean

const ALGORITHMS: readonly unknown[] = ['EdDSA', 'ES256', 'RS256', 'HS512'] satisfies AuthorityAlgorithm[]
const STATES: readonly unknown[] = ['next', 'active', 'retired'] satisfies KeyState[]
const FORMAT = 1

const isText: Check = (value) => typeof value === 'string' && value !== ''
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0
const isAbsent: Check = (value) => value === undefined

/** An object with these members, and no others. */
const hasOnly = (value: unknown, checks: Readonly<Record<string, Check>>): boolean =>
  isObject(value) &&
  Object.entries(checks).every(([name, check]) => check(value[name])) &&
  Object.keys(value).every((name) => Object.hasOwn(checks, name))

const isSealed: Check = (value) => hasOnly(value, { kek: isText, iv: isText, ciphertext: isText })

/** What is published as it stands: a private member in it would be told to everybody. */
const isPublic = (value: unknown): value is Readonly<Record<string, unknown>> =>
  isObject(value) && Object.keys(value).every((name) => PUBLIC_MEMBERS.includes(name))

function isKey(value: unknown): value is SealedKey {
  if (!isObject(value)) return false
  const { state, algorithm } = value
  const isSecret = algorithm === 'HS512'
  const isRetired = state === 'retired'
  return hasOnly(value, {
    kid: isText,
    algorithm: (name) => ALGORITHMS.includes(name),
    state: (name) => STATES.includes(name),
    publishedAt: isCount,
    activatedAt: state === 'next' ? isAbsent : isCount,
    retiredAt: isRetired ? isCount : isAbsent,
    removeAt: isRetired ? isCount : isAbsent,
    publicJwk: isSecret ? isAbsent : (jwk) => isPublic(jwk) && jwk['kid'] === value['kid'],
    sealed: isRetired && !isSecret ? isAbsent : isSealed,
  })
}

/** Whether a JSON value is a document of the form that is written here. */
export function isDocument(value: unknown): value is SealedDocument {
  if (
    !hasOnly(value, { format: (it) => it === FORMAT, version: isCount, period: isCount, keys: isList, revoked: isList })
  )
    return false
  const { keys, revoked } = value as { keys: readonly unknown[]; revoked: readonly unknown[] }
  if (!keys.every(isKey) || !revoked.every((one) => hasOnly(one, { kid: isText, revokedAt: isCount }))) return false
  const kids = [...keys, ...(revoked as { kid: string }[])].map(({ kid }) => kid)
  const count = (state: KeyState): number => keys.filter((key) => key.state === state).length
  return new Set(kids).size === kids.length && count('active') === 1 && count('next') <= 1
}

const isList: Check = (value) => Array.isArray(value)
