import { resolveConfig } from '../config/code-options'
import type { KitConfig } from '../config/options'
import type { Prepared } from '../config/prepare'
import type { Resolved } from '../config/resolve'
import { HS512 } from '../crypto/algorithms'
import { decodeBase64url } from '../encoding/base64url'
import { isStrings, type JsonObject } from '../encoding/json-value'
import { parseJsonObject } from '../encoding/strict-json'
import type { Bytes } from '../encoding/utf8'
import { ConfigError, MisuseError } from '../errors/errors'
import { readOptions } from '../errors/misuse'
import type { Signer } from '../keys/signer'
import { createCore } from '../operations'
import { readClaims } from '../token/claims'
import { newClaims } from '../token/mint'
import { type Draft, leaveOut, writeDraft } from './draft'
import { TEST_SUBJECT } from './keys'
import { configForTests } from './kit'
import { chainOf, RECIPES, REFUSALS, type RefusalName, UNKNOWN_KID } from './refusals'

/** Claims to add or to replace: any, also those that a kit would not mint. */
export type TestClaims = Readonly<Record<string, unknown>>

/** Options of `Tokens.mint`. */
export interface TestMintOptions {
  /** Members of the header to add or to replace. */
  readonly header?: Readonly<Record<string, unknown>>
  /** Names of claims to leave out. */
  readonly without?: readonly string[]
}

/**
 * Mints one token.
 *
 * @param claims - to add to the token's own or to replace them; none unless given
 * @returns the compact form
 * @throws TokenError - `value_unsupported`: what JSON cannot carry, with the claim
 * @throws MisuseError - not a plain object
 */
export type MintTestToken = (claims?: TestClaims) => Promise<string>

/** Tokens for a kit: good ones, and one for each rule that it is refused by. Made by `createTokens`. */
export interface Tokens extends Readonly<Record<RefusalName, MintTestToken>> {
  /**
   * A good token, the same as the kit's own `sign({ sub: 'u1' })` would give, with the given claims on top.
   *
   * @param claims - to add or to replace: any, also those that a kit would not mint; none unless given
   * @param options - `header`: members of the header to add or to replace; `without`: names of claims to leave out
   * @returns the compact form
   * @throws TokenError - `value_unsupported`: what JSON cannot carry, with the claim
   * @throws MisuseError - wrong arguments
   * @example
   * await tokens.mint({ sub: 'u2', exp: clock() + 60 }, { without: ['jti'] })
   */
  mint(claims?: TestClaims, options?: TestMintOptions): Promise<string>
  /**
   * A good token in which somebody acts for the subject (RFC 8693 section 4.1).
   *
   * @param actors - one actor, or a chain of them, the outermost first
   * @param claims - to add or to replace; none unless given
   * @returns the compact form
   * @throws TokenError - `value_unsupported`: what JSON cannot carry, with the claim
   * @throws MisuseError - wrong arguments
   * @example
   * await tokens.delegated(['billing', 'gateway']) // billing acts, for gateway, for u1
   */
  delegated(actors: string | readonly string[], claims?: TestClaims): Promise<string>
  /** `token_too_large`: a claim as long as the longest token. */
  readonly tooLarge: MintTestToken
  /** `token_malformed`: two segments. */
  readonly malformed: MintTestToken
  /** `header_invalid`: `crit`, which asks for an extension that nobody understands. */
  readonly criticalHeader: MintTestToken
  /** `alg_not_allowed`: `alg` is `none`, and there is no signature. */
  readonly unsigned: MintTestToken
  /** `alg_not_allowed`: HS256, signed with the secret for tests. */
  readonly wrongAlgorithm: MintTestToken
  /** `typ_mismatch`: a token for something else. */
  readonly wrongType: MintTestToken
  /** `key_not_found`: a `kid` that nobody knows. Misuse where a secret has no `kid`: it answers to every one. */
  readonly unknownKey: MintTestToken
  /** `signature_invalid`: the right `kid`, a stranger's key. */
  readonly foreignKey: MintTestToken
  /** `signature_invalid`: the role `admin` was added after signing. */
  readonly tampered: MintTestToken
  /** `claim_missing`: no `exp`. */
  readonly missingClaim: MintTestToken
  /** `claim_invalid`: `permissions` is a string. */
  readonly invalidClaim: MintTestToken
  /** `delegation_too_deep`: one actor more than allowed. */
  readonly delegatedTooDeep: MintTestToken
  /** `issuer_mismatch`: another `iss`, signed with the kit's own key. */
  readonly wrongIssuer: MintTestToken
  /** `audience_mismatch`: for another service. */
  readonly wrongAudience: MintTestToken
  /** `token_expired`: a minute ago, beyond the leeway. */
  readonly expired: MintTestToken
  /** `token_not_yet_valid`: `nbf` is a minute away, beyond the leeway. */
  readonly notYetValid: MintTestToken
  /** `token_issued_in_future`: `iat` is a minute away, beyond the leeway. */
  readonly issuedInFuture: MintTestToken
  /** `token_lifetime_too_long`: a second longer than allowed. */
  readonly lifetimeTooLong: MintTestToken
  /** `policy_denied` by `checkAuth`: a good token without permissions, roles, groups and scope. */
  readonly denied: MintTestToken
}

/**
 * Tokens for a kit of this configuration.
 *
 * @param config - the kit's, see {@link configForTests}; give both the same `clock`, and the same `entropy` where no `jti` may
 *   come twice
 * @returns tokens by name, see {@link REFUSALS}
 * @throws ConfigError - as `createKit`; `config_missing`: nothing to sign with
 * @throws MisuseError - not an object
 * @example
 * const clock = fixedClock()
 * const kit = createTestKit({ clock })
 * const tokens = createTokens({ clock })
 * await kit.verify(await tokens.mint({ sub: 'u2' }))
 * await kit.verify(await tokens.expired()) // throws TokenError, token_expired
 */
export function createTokens(config: KitConfig = {}): Tokens {
  const resolved = resolveConfig(configForTests(config))
  if (resolved.signing.signs === undefined) throw new ConfigError('config_missing', { variable: 'secret' })
  const { settings } = resolved
  const prepared = createCore(resolved).prepared

  const write = async (claims: TestClaims, change: (draft: Draft) => Draft): Promise<string> => {
    const given = readClaims(claims)
    const { signer, header } = (await prepared()).mint as { signer: Signer; header: string }
    const draft: Draft = {
      header: parseJsonObject(decodeBase64url(header) as Bytes) as JsonObject,
      claims: claimsOf(resolved, given),
      by: 'own',
    }
    return writeDraft(change(draft), signer)
  }
  const refused = (name: RefusalName): MintTestToken => {
    return async (claims = {}) => {
      if (name === 'unknownKey' && (await answersToAll(await prepared())))
        throw new MisuseError('a secret without kid answers to every one')
      const terms = { ...settings, now: Math.floor(settings.now()) }
      return write(claims, (draft) => RECIPES[name](draft, terms))
    }
  }
  const names = Object.keys(REFUSALS) as RefusalName[]
  return Object.freeze({
    ...(Object.fromEntries(names.map((name) => [name, refused(name)])) as Record<RefusalName, MintTestToken>),
    mint: async (claims: TestClaims = {}, options: TestMintOptions = {}) => {
      const { header = {}, without: names = [] } = readOptions(options, ['header', 'without'])
      if (!isStrings(names)) throw new MisuseError('without: not an array of strings')
      const members = readClaims(header)
      return write(claims, (draft) => ({
        ...draft,
        header: { ...draft.header, ...members },
        claims: leaveOut(draft.claims, names),
      }))
    },
    delegated: async (actors: string | readonly string[], claims: TestClaims = {}) => {
      const chain = typeof actors === 'string' ? [actors] : actors
      if (!isStrings(chain) || chain.length === 0)
        throw new MisuseError('actors: neither a string nor an array of such')
      return write(claims, (draft) => ({ ...draft, claims: { ...draft.claims, act: chainOf(chain) } }))
    },
  })
}

/** What the kit mints, but for its `jti` where the caller brings one: then no entropy is drawn. */
function claimsOf({ settings }: Resolved, given: JsonObject): JsonObject {
  const { issuer: iss, audience: aud, ttl, uuid } = settings as typeof settings & Parties
  const jti = Object.hasOwn(given, 'jti') ? { jti: 'given' } : {}
  const claims = newClaims({ sub: TEST_SUBJECT, ...jti }, settings, {
    ...{ iss, aud, ttl, uuid },
    now: settings.now(),
    expiresBy: undefined,
  })
  return { ...claims, ...given }
}

interface Parties {
  readonly issuer: string
  readonly audience: string | readonly string[]
}

/** Whether a token of HS512 finds a key whatever its `kid` is. */
async function answersToAll({ mint, verify }: Prepared): Promise<boolean> {
  if (mint?.signer.alg !== 'HS512' || verify === undefined) return false
  const isAny = () => true
  try {
    await verify.keys.find({ algorithm: HS512, kid: UNKNOWN_KID, now: 0 }, isAny, isAny)
    return true
  } catch {
    return false
  }
}
