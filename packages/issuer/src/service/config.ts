import {
  memoryReplayStore,
  memoryRevocationList,
  type ReplayStore,
  type RevocationList,
  type TrustConfig,
} from '@kit/jwt'
import type { Authority } from '../authority/authority'
import type { Tracer } from '../http/spans'
import { type Client, type ClientConfig, readClient } from './clients'
import { digestOf } from './digests'
import { Members } from './members'

/** What the holder of the admin secret may have minted. What is not named is not allowed, except for subjects. */
export interface AdminPolicy {
  /** Any unless given. */
  readonly subjects?: readonly string[]
  /** None unless given. */
  readonly roles?: readonly string[]
  /** None unless given. */
  readonly permissions?: readonly string[]
  /** The issuer's own unless given. */
  readonly audiences?: readonly string[]
  /** Seconds that a token lives at most: one that is asked to live longer lives so long. */
  readonly ttl?: number
}

/** What is known of a token that was issued: everything but the token. */
export interface AuditRecord {
  /** Of the token. */
  readonly jti: string
  /** Whom it speaks of. */
  readonly sub: string
  /** The chain of actors (RFC 8693 section 4.1), where there is one. */
  readonly act?: unknown
  /** Of this issuer. */
  readonly iss: string
  /** The services that it is for. */
  readonly aud: string | readonly string[]
  /** Seconds since the epoch. */
  readonly iat: number
  /** Seconds since the epoch. */
  readonly exp: number
  /** Of the key that signed it. */
  readonly kid: string
  /** `client_id`, or `admin`. */
  readonly client: string
  /** The id of the request, where the server gave it one. */
  readonly request?: string
}

/** A request that was refused, for the log. Nothing of it is in here. */
export interface Refusal {
  /** What was answered. */
  readonly code: string
  /** What was wrong: a code of its own, or one of `TokenError` and `AuthorityError`. */
  readonly why: string
  /** Where: `token`, `introspect`, `revoke`, `keys`, `metadata`, `health`, `ready`, `metrics`; undefined for anything else. */
  readonly endpoint: string | undefined
  /** The id of the request, where the server gave it one. */
  readonly request?: string
}

/** A revocation list that can be added to, such as `memoryRevocationList()`. */
export interface Revocations extends RevocationList {
  /**
   * Revokes a token.
   *
   * @param token - `issuer` and `jti` of the token, and `expires`, seconds since the epoch from which on nobody takes it
   * @returns when it is known; what it throws is answered with `temporarily_unavailable`
   * @example
   * await memoryRevocationList().revoke({ issuer: 'https://auth.example', jti: 'a', expires: 1_800_000_990 })
   */
  revoke(token: { readonly issuer: string; readonly jti: string; readonly expires: number }): void | Promise<void>
}

/** Options of `createIssuer`. */
export interface IssuerOptions {
  /** Owns the keys, which are for EdDSA. */
  readonly authority: Authority
  /** `iss` of all tokens: an `https:` URL, or `http:` on loopback, without query and fragment (RFC 8414 section 2). */
  readonly issuer: string
  /** The default audience of the admin form. */
  readonly audience?: string
  /** 32 characters at least; without it there is no admin form. */
  readonly adminSecret?: string
  /** What the admin form may have minted: nothing but subjects unless given. */
  readonly adminPolicy?: AdminPolicy
  /** Services that the issuer knows; none unless given. */
  readonly clients?: readonly ClientConfig[]
  /** Issuers beside this one whose tokens may be exchanged. */
  readonly trust?: readonly TrustConfig[]
  /** Seconds that a token lives unless asked otherwise, 900 unless given. */
  readonly ttl?: number
  /** `typ` of the tokens: `JWT` unless given; `at+jwt` is that of RFC 9068. */
  readonly tokenType?: 'JWT' | 'at+jwt'
  /** Remembers assertions of clients; in memory, for one process, unless given. */
  readonly replay?: ReplayStore
  /** Knows revoked tokens; in memory, for one process, unless given. */
  readonly revocation?: Revocations
  /** Whether `/metrics` tells what was issued and refused, and how old the key is, to whoever can reach it. */
  readonly metrics?: true
  /** Told of each token before it goes out; where it throws, the token does not. */
  readonly onIssue?: (record: AuditRecord) => void | Promise<void>
  /** Told of each request that is refused; what it throws goes nowhere. */
  readonly onRefusal?: (refusal: Refusal) => void
  /** A tracer of OpenTelemetry: each request is a span, with route, status and the codes of a refusal. None unless given. */
  readonly tracer?: Tracer
  /** Seconds since the epoch; the system's clock unless given. */
  readonly clock?: () => number
}

/** Checked options. */
export interface IssuerConfig
  extends Required<Omit<IssuerOptions, 'audience' | 'adminSecret' | 'clients' | 'adminPolicy' | 'metrics' | 'tracer'>> {
  readonly metrics: boolean
  readonly tracer: Tracer | undefined
  readonly audience: string | undefined
  /** Digest of the admin secret, where there is one. */
  readonly adminDigest: Promise<Uint8Array> | undefined
  readonly admin: AdminRules
  readonly clients: ReadonlyMap<string, Client>
}

/** A checked `AdminPolicy`. */
export interface AdminRules {
  /** Undefined: any. */
  readonly subjects: readonly string[] | undefined
  readonly roles: readonly string[]
  readonly permissions: readonly string[]
  readonly audiences: readonly string[]
  readonly ttl: number
}

const TTL = 900
const MIN_ADMIN_SECRET = 32
const URL_FORM = /^(?:https:\/\/[\w.:[\]-]+|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?)(?:\/[\w./~%-]*)?$/
/** Whether a text may be the name of an issuer. */
export const isIssuer = (text: string): boolean => URL_FORM.test(text)

const NAMES = [
  ...['authority', 'issuer', 'audience', 'adminSecret', 'adminPolicy', 'clients', 'trust', 'ttl', 'tokenType'],
  ...['replay', 'revocation', 'onIssue', 'onRefusal', 'clock', 'metrics', 'tracer'],
]

/** @throws ConfigError - `config_missing`, `config_invalid` with the option */
export function readConfig(options: IssuerOptions): IssuerConfig {
  const members = new Members(options, NAMES, '')
  const { authority } = options
  if (!members.has('authority')) members.fail('authority', 'config_missing')
  if (authority.algorithm !== 'EdDSA') members.fail('authority')
  const { longestTtl } = authority.timing
  const issuer = members.text('issuer', isIssuer) ?? members.fail('issuer', 'config_missing')
  const audience = members.text('audience')
  const adminSecret = members.text('adminSecret', (text) => text.length >= MIN_ADMIN_SECRET)
  const ttl = members.seconds('ttl', longestTtl) ?? Math.min(TTL, longestTtl)
  const tokenType = members.text('tokenType', (type) => type === 'JWT' || type === 'at+jwt') ?? 'JWT'
  const { clients: given = [], trust = [], adminPolicy = {} } = options
  for (const [name, list] of Object.entries({ clients: given, trust })) if (!Array.isArray(list)) members.fail(name)
  const clients = given.map((client, index) => readClient(client, `clients[${index}].`, longestTtl))
  if (new Set(clients.map(({ id }) => id)).size < clients.length) members.fail('clients')
  if (members.has('tracer') && typeof (Object(options.tracer) as Partial<Tracer>).startSpan !== 'function')
    members.fail('tracer')
  if (members.has('metrics') && members.get('metrics') !== true) members.fail('metrics')
  return {
    authority,
    issuer,
    audience,
    adminDigest: adminSecret === undefined ? undefined : digestOf(adminSecret),
    admin: readAdmin(adminPolicy, audience, longestTtl),
    clients: new Map(clients.map((client) => [client.id, client])),
    trust,
    ttl,
    tokenType: tokenType as 'JWT' | 'at+jwt',
    metrics: members.has('metrics'),
    tracer: options.tracer,
    replay: options.replay ?? memoryReplayStore(),
    revocation: options.revocation ?? memoryRevocationList(),
    onIssue: options.onIssue ?? (() => {}),
    onRefusal: options.onRefusal ?? (() => {}),
    clock: options.clock ?? (() => Date.now() / 1000),
  }
}

function readAdmin(policy: unknown, audience: string | undefined, longestTtl: number): AdminRules {
  const members = new Members(policy, ['subjects', 'roles', 'permissions', 'audiences', 'ttl'], 'adminPolicy.')
  return {
    subjects: members.has('subjects') ? members.texts('subjects') : undefined,
    roles: members.texts('roles'),
    permissions: members.texts('permissions'),
    audiences: members.has('audiences') || audience === undefined ? members.texts('audiences') : [audience],
    ttl: members.seconds('ttl', longestTtl) ?? longestTtl,
  }
}
