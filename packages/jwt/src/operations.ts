// What a kit does, as functions of its core: a bundler keeps those that a program calls.
import { checkClaimsAgainst } from './auth/check'
import { type DelegationOptions, delegatedClaims, readDelegation } from './auth/delegation'
import { type AnyPolicy, asPolicy } from './auth/policy'
import type { Principal } from './auth/principal'
import type { CheckOptions, SignOptions, VerifyOptions } from './call-options'
import { type Prepared, prepare } from './config/prepare'
import type { Resolved } from './config/resolve'
import { isText } from './encoding/json-value'
import { after, type Maybe } from './encoding/steps'
import { MisuseError, TokenError } from './errors/errors'
import { NO_OPTIONS, readAudience, readOptions } from './errors/misuse'
import { memoryReplayStore, type ReplayStore } from './stores/replay'
import { readConfirmation } from './token/binding'
import { type Claims, isVerified } from './token/claims'
import { mintToken, newClaims } from './token/mint'
import { verifyToken } from './token/verify'

/** A checked configuration, and its keys once they are imported. */
export interface Core {
  readonly resolved: Resolved
  readonly prepared: () => Maybe<Prepared>
}

/** The core of a checked configuration; its keys are imported when they are first needed. */
export function createCore(resolved: Resolved): Core {
  let preparing: Maybe<Prepared> | undefined
  const prepared = (): Maybe<Prepared> => {
    // Once it is there nobody waits for it any more.
    preparing ??= after(prepare(resolved), (done) => {
      preparing = done
      return done
    })
    return preparing
  }
  return { resolved, prepared }
}

export function sign(core: Core, claims: unknown, options: SignOptions = NO_OPTIONS): Maybe<string> {
  const { settings } = core.resolved
  const given = readOptions(options, ['aud', 'iss', 'ttl'])
  if ('iss' in given && !isText(given.iss)) throw new MisuseError('iss: wrong')
  const aud = 'aud' in given ? readAudience(given.aud) : settings.audience
  const ttl = 'ttl' in given ? given.ttl : settings.ttl
  return mint(core, claims, { iss: given.iss, aud, ttl, now: settings.now() })
}

interface MintCall {
  readonly iss?: string | undefined
  readonly aud: string | readonly string[] | undefined
  readonly ttl: unknown
  readonly now: number
  readonly expiresBy?: number
}

function mint({ resolved, prepared }: Core, claims: unknown, call: MintCall): Maybe<string> {
  const { settings, signing, members } = resolved
  const iss = call.iss ?? settings.issuer ?? members.fail('config_missing', 'issuer')
  if (!signing.signs) members.fail('config_missing', signing.profile === 'EdDSA' ? 'privateKey' : 'secret')
  const aud = call.aud ?? members.fail('config_missing', 'audience')
  const payload = newClaims(claims, settings, { iss, aud, ttl: call.ttl, now: call.now, expiresBy: call.expiresBy })
  return after(prepared(), ({ mint }) => {
    const { header, signer } = mint as NonNullable<Prepared['mint']>
    return mintToken(payload, header, signer, settings)
  })
}

export const verify = (core: Core, token: unknown, options: VerifyOptions = NO_OPTIONS): Maybe<Claims> =>
  open(core, token, readOptions(options, ['confirmation']), false)

export function checkAuth(
  core: Core,
  token: unknown,
  policy: AnyPolicy,
  options: CheckOptions = NO_OPTIONS,
): Maybe<Principal> {
  const given = readOptions(options, ['confirmation', 'context', 'also'])
  if ('also' in given && typeof given.also !== 'function') throw new MisuseError('also: not a function')
  const rule = asPolicy(policy)
  return after(open(core, token, given, true), (claims) => checkClaimsAgainst(claims, rule, given.context, given.also))
}

function open(core: Core, token: unknown, options: VerifyOptions, subject: boolean): Maybe<Claims> {
  // An option that is there must say something: `undefined` never switches the check off.
  const proofs = 'confirmation' in options ? readConfirmation(options.confirmation) : []
  return after(core.prepared(), ({ verify: rules }) => {
    const { settings, own, members } = core.resolved
    if (rules === undefined) return members.fail('config_missing', own.accept.length > 0 ? 'audience' : 'secret')
    return verifyToken(token, rules, settings.now(), { subject, proofs })
  })
}

export function createDelegatedToken(
  core: Core,
  original: unknown,
  actor: unknown,
  options: DelegationOptions,
): Maybe<string> {
  const { settings } = core.resolved
  const delegation = readDelegation(original, actor, options)
  const now = settings.now()
  const claims = delegatedClaims(delegation, settings.issuer, now, settings.maxActorDepth)
  const { aud, ttl = settings.ttl } = delegation
  return mint(core, claims, { aud, ttl, now, expiresBy: delegation.original.exp })
}

// The stores of kits that were given none, made when first used.
const STORES = /* @__PURE__ */ new WeakMap<Core, ReplayStore>()

function replayStore(core: Core): ReplayStore {
  const store = core.resolved.settings.replay ?? STORES.get(core) ?? memoryReplayStore()
  STORES.set(core, store)
  return store
}

export async function consumeOnce(core: Core, claims: Claims): Promise<void> {
  if (!isVerified(claims)) throw new MisuseError('claims: not verified')
  for (const claim of ['iss', 'exp', 'jti'])
    if (claims[claim] === undefined) throw new TokenError('claim_missing', { claim })
  const { leeway, now: clock } = core.resolved.settings
  const [now, expires] = [clock(), claims.exp + leeway]
  if (now >= expires) throw new TokenError('token_expired')
  let answer: unknown
  try {
    const { iss: issuer, jti, iat: issued } = claims
    answer = await replayStore(core).consume({ issuer, jti: jti as string, expires, now, issued })
  } catch {
    // A store that throws is as good as none, whatever it says.
  }
  if (answer !== 'fresh') throw new TokenError(answer === 'replayed' ? 'token_replayed' : 'replay_unavailable')
}
