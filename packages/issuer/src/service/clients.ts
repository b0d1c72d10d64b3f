import type { Jwks } from '@kit/jwt'
import { decodeBase64url } from '@kit/jwt/encoding'
import { isObject } from '../json'
import { Members } from './members'

/** What a client may ask for. */
export type Grant = 'client_credentials' | 'token-exchange'

/** A service that the issuer knows. */
export interface ClientConfig {
  /** `client_id`: the subject of its own tokens, and the actor of those that it acts with. */
  readonly id: string
  /** SHA-256 of its secret in base64url, or of two while it changes. The secret is random, and long. */
  readonly secretSha256?: string | readonly string[]
  /** Its public keys, for `private_key_jwt` (RFC 7523). */
  readonly jwks?: Jwks
  /** None unless given: it may still introspect, and revoke. */
  readonly grants?: readonly Grant[]
  /** Services that its tokens may be for; where it is one, that is the default. */
  readonly audiences?: readonly string[]
  /** Names under which others address it, its id unless given: it may exchange and introspect what came to one of them. */
  readonly names?: readonly string[]
  /** What its own tokens carry. */
  readonly permissions?: readonly string[]
  /** What its own tokens carry. */
  readonly roles?: readonly string[]
  /** Scopes that its own tokens may carry; all of them where it does not ask. */
  readonly scopes?: readonly string[]
  /** Seconds that its tokens live, those of the issuer unless given. */
  readonly ttl?: number
}

/** A client, checked. */
export interface Client {
  readonly id: string
  /** 32 bytes each. */
  readonly digests: readonly Uint8Array[]
  readonly jwks: Jwks | undefined
  readonly grants: readonly string[]
  readonly audiences: readonly string[]
  readonly names: readonly string[]
  readonly permissions: readonly string[]
  readonly roles: readonly string[]
  readonly scopes: readonly string[]
  readonly ttl: number | undefined
}

const NAMES = ['id', 'secretSha256', 'jwks', 'grants', 'audiences', 'names', 'permissions', 'roles', 'scopes', 'ttl']
const GRANTS: readonly string[] = ['client_credentials', 'token-exchange'] satisfies Grant[]
const DIGEST_BYTES = 32
const MAX_SECRETS = 2
/** What every form of authentication can carry: no colon, no space. */
const ID = /^[!-9;-~]{1,128}$/
/** RFC 6749 appendix A.4. */
const SCOPE = /^[!#-[\]-~]+$/

/** The name under which the records of the admin form stand: no client has it. */
export const ADMIN = 'admin'

/**
 * Checks a client.
 *
 * @param path - where it stands, for the error
 * @param longestTtl - seconds
 * @throws ConfigError - `config_invalid`, `config_missing` with the member
 */
export function readClient(input: unknown, path: string, longestTtl: number): Client {
  const members = new Members(input, NAMES, path)
  const id = members.text('id', (text) => ID.test(text) && text !== ADMIN) ?? members.fail('id', 'config_missing')
  const given: readonly unknown[] = [members.get('secretSha256') ?? []].flat()
  const digests = given.map((text) => {
    const bytes = typeof text === 'string' ? decodeBase64url(text) : undefined
    return bytes?.length === DIGEST_BYTES ? bytes : members.fail('secretSha256')
  })
  if (digests.length > MAX_SECRETS || (members.has('secretSha256') && digests.length === 0))
    members.fail('secretSha256')
  const jwks = members.get('jwks')
  if (members.has('jwks') && !(isObject(jwks) && Array.isArray(jwks['keys']) && jwks['keys'].length > 0))
    members.fail('jwks')
  if (digests.length === 0 && jwks === undefined) members.fail('secretSha256', 'config_missing')
  const grants = members.texts('grants', (grant) => GRANTS.includes(grant))
  const audiences = members.texts('audiences')
  if (grants.length > 0 && audiences.length === 0) members.fail('audiences', 'config_missing')
  return {
    id,
    digests,
    jwks: jwks as Jwks | undefined,
    grants,
    audiences,
    names: members.has('names') ? members.texts('names') : [id],
    permissions: members.texts('permissions'),
    roles: members.texts('roles'),
    scopes: members.texts('scopes', (scope) => SCOPE.test(scope)),
    ttl: members.seconds('ttl', longestTtl),
  }
}
