import type { KitConfig, TrustConfig } from '../config/options'
import type { PublicAlgorithmName } from '../crypto/algorithms'
import { ConfigError, MisuseError, TokenError } from '../errors/errors'
import { createKit, type Kit } from '../kit'
import type { KeySource } from '../sources/key-source'
import { type RemoteJwksOptions, readRemoteOptions, remoteSource } from '../sources/remote-jwks'
import { memoryRevocationList } from '../stores/revocation'
import { Endpoint, type ScriptedAnswer } from './endpoint'
import { type Got, isSame, LATER, type Text, textOf, type VectorTest } from './inputs'

interface Step {
  readonly now: number
  readonly select?: { readonly alg: PublicAlgorithmName; readonly kid?: Text }
  readonly verify?: string
  readonly revoke?: { readonly issuer: string; readonly jti: string }
  readonly callers?: number
  readonly numbered?: number
  readonly answer?: ScriptedAnswer
  readonly answers?: Readonly<Record<string, ScriptedAnswer>>
  readonly request?: number
}

type Outcome = Readonly<Record<string, unknown>>

/** Of one caller: the step in which it was told, and what. */
interface Told {
  step: number | null
  outcome: Outcome
}

/** One request for a key, or for a verification. */
type Ask = (number: number) => Promise<Outcome>

/** Turns of the event loop that come as quickly as they can, and then one each millisecond: a busy machine takes its time. */
const QUICK_TURNS = 50
const MAX_TURNS = 10_000

/** `jwks-timeline`: what callers are told over time, and what is fetched. */
export async function runTimeline(test: VectorTest, kits: Readonly<Record<string, object>>): Promise<Got> {
  const endpoint = new Endpoint()
  const asker = await askerOf(test, kits, endpoint)
  const steps: Told[][] = []
  for (const [index, step] of (test['script'] as Step[]).entries()) {
    endpoint.step = index
    endpoint.now = step.now
    const { answer, answers } = step
    endpoint.atOnce = (url) => answers?.[url] ?? answer
    while (endpoint.fire()) await rest(endpoint, steps)
    const ask = asker(step)
    if (ask) {
      const count = step.callers ?? step.numbered ?? 1
      steps.push(Array.from({ length: count }, (_, number) => tell(ask(number), endpoint)))
    } else if (answer) endpoint.answer(answer, step.request)
    do await rest(endpoint, steps)
    while (endpoint.answerAtOnce())
  }
  const fetches = endpoint.requests.map(({ step, url, ifNoneMatch }) => ({ step, url, ifNoneMatch }))
  return { outcomes: steps.map(agreed), fetches } as unknown as Got
}

/** What each step asks, of a source or of a kit, if it asks at all. */
async function askerOf(
  { source, kit, script }: VectorTest,
  kits: Readonly<Record<string, object>>,
  endpoint: Endpoint,
): Promise<(step: Step) => Ask | undefined> {
  const { transport } = endpoint
  const sourceOf = (url: string, options: RemoteJwksOptions): KeySource =>
    remoteSource(url, readRemoteOptions(url, { ...options, transport }), endpoint.schedule, true)
  if (source !== undefined) {
    const { url, ...options } = source as RemoteJwksOptions & { readonly url: string }
    const keys = sourceOf(url, options)
    return ({ now, select, numbered }) => select && ((number) => selected(keys, now, select, numbered ? number : ''))
  }
  const config = (typeof kit === 'string' ? kits[kit] : kit) as KitConfig
  const revocation = memoryRevocationList()
  const stores = (script as Step[]).some(({ revoke }) => revoke) ? { revocation } : {}
  // The world first, so that a configuration that has one of its own is told that it is wrong.
  const verifier = createKit({ clock: () => endpoint.now, ...stores, ...withSources(config, sourceOf) })
  await verifier.ready()
  return ({ verify: token, revoke }) => {
    if (revoke) revocation.revoke({ ...revoke, expires: LATER })
    return token === undefined ? undefined : () => verified(verifier, token)
  }
}

async function selected(
  keys: KeySource,
  now: number,
  { alg, kid }: NonNullable<Step['select']>,
  number: number | '',
): Promise<Outcome> {
  const name = kid === undefined ? {} : { kid: `${textOf(kid)}${number}` }
  return { thumbprint: (await keys.select({ alg, ...name, now })).thumbprint }
}

const verified = async (kit: Kit, token: string): Promise<Outcome> => ({ iss: (await kit.verify(token)).iss })

/** The configuration with sources that know the script in the place of URLs. */
function withSources(
  { jwksUrl, jwksCacheTtl, trust, ...config }: KitConfig,
  sourceOf: (url: string, options: RemoteJwksOptions) => KeySource,
): KitConfig {
  const options = jwksCacheTtl === undefined ? {} : { cacheTtl: jwksCacheTtl }
  const at = (url: string | undefined): { keySource?: KeySource } =>
    url === undefined ? {} : { keySource: sourceOf(url, options) }
  const entryOf = ({ jwksUrl: url, ...entry }: TrustConfig): TrustConfig => ({ ...entry, ...at(url) })
  return { ...config, ...at(jwksUrl), ...(trust && { trust: trust.map(entryOf) }) }
}

function tell(answer: Promise<Outcome>, endpoint: Endpoint): Told {
  const told: Told = { step: null, outcome: {} }
  const settle = (outcome: Outcome): void => {
    told.step = endpoint.step
    told.outcome = outcome
  }
  answer.then(settle, (error: unknown) => settle(refusalOf(error)))
  return told
}

function refusalOf(error: unknown): Outcome {
  if (TokenError.is(error))
    return { fault: { code: error.code, ...(error.claim !== undefined && { claim: error.claim }) } }
  if (ConfigError.is(error)) return { fault: { code: error.code } }
  if (MisuseError.is(error)) return { misuse: true }
  return { exception: error instanceof Error ? error.constructor.name : typeof error }
}

/**
 * Every caller has been told something or waits for an answer. Runtimes differ in how many turns that takes; within one turn
 * an answer may have been read and its callers not told yet, so it has to hold for two.
 */
async function rest(endpoint: Endpoint, steps: readonly Told[][]): Promise<void> {
  let quiet = 0
  for (let turn = 0; turn < MAX_TURNS; turn++) {
    await new Promise<void>((resolve) => (turn < QUICK_TURNS ? nextTurn(resolve) : setTimeout(resolve, 1)))
    quiet = endpoint.waiting === steps.flat().filter(({ step }) => step === null).length ? quiet + 1 : 0
    if (quiet === 2) return
  }
  throw new Error('callers never came to rest')
}

/** The quickest way to let the event loop turn once. */
const nextTurn: (callback: () => void) => void =
  (globalThis as { setImmediate?: (callback: () => void) => void }).setImmediate ??
  ((callback) => setTimeout(callback, 0))

/** What all callers of a step were told, or all that they were told where that differs. */
function agreed(callers: readonly Told[]): Outcome {
  const [first, ...others] = callers.map(({ step, outcome }) => ({ step, ...outcome }))
  return first && others.every((other) => isSame(first, other)) ? first : { differ: [first, ...others] }
}
