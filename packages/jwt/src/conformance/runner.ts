import { ConfigError, MisuseError, TokenError } from '../errors/errors'
import type { Kit } from '../kit'
import { type Got, isSame, kitOf, Network, type VectorFile, type VectorTest } from './inputs'
import * as kinds from './kinds'
import { runLocalJwks } from './local-jwks'
import { isVectorFile as hasShape } from './shape'
import { runTimeline } from './timeline'

export type { VectorFile, VectorTest } from './inputs'

/** The outcome of one test. */
export interface Result {
  /** Of the test. */
  readonly id: string
  /** Whether what it got is what was expected. */
  readonly passed: boolean
  /** As in the file. */
  readonly expected: Readonly<Record<string, unknown>>
  /** In the same shape. */
  readonly got: Got
}

const WITH_KIT = new Map<string, (test: VectorTest, kit: Kit) => Promise<Got>>([
  ['sign', kinds.runSign],
  ['verify', kinds.runVerify],
  ['delegation', kinds.runDelegation],
])

const WITHOUT_KIT = new Map<string, (test: VectorTest) => Promise<Got>>([
  ['policy', kinds.runPolicy],
  ['keys', kinds.runKeys],
  ['thumbprint', kinds.runThumbprint],
  ['jwks', kinds.runJwks],
  ['config', kinds.runConfig],
  ['provider', kinds.runProvider],
  ['local-jwks', runLocalJwks],
])

const TIMELINE = 'jwks-timeline'

const KINDS = new Set([...WITH_KIT.keys(), ...WITHOUT_KIT.keys(), TIMELINE])

/**
 * Whether a parsed file is one that this runner knows, and can run.
 *
 * @param value - what `JSON.parse` gave
 * @returns whether it has format 1, a known kind, and tests of its shape
 * @example
 * isVectorFile({ format: 2 }) // false
 */
export const isVectorFile = (value: unknown): value is VectorFile => hasShape(value, KINDS)

/**
 * Runs one test of a file.
 *
 * @param file - the file, for its kind and its kits
 * @param test - one of its tests
 * @returns what was expected, and what came of it
 * @example
 * const result = await runTest(vectors, vectors.groups[0].tests[0])
 * result.passed // true
 */
export async function runTest(file: VectorFile, test: VectorTest): Promise<Result> {
  const network = new Network()
  const answer = await outcomeOf(file, test, network)
  const got = network.requests === 0 ? answer : { exception: 'FetchAttemptedError' }
  const passed = !('exception' in got) && agrees(test.expected, got)
  return { id: test.id, passed, expected: test.expected, got }
}

/**
 * Runs all tests of a file, in their order.
 *
 * @param file - a parsed file of `conformance/vectors`
 * @returns a result for each test
 * @example
 * (await runFile(vectors)).filter((result) => !result.passed) // []
 */
export async function runFile(file: VectorFile): Promise<Result[]> {
  const results: Result[] = []
  for (const { tests } of file.groups) for (const test of tests) results.push(await runTest(file, test))
  return results
}

async function outcomeOf(file: VectorFile, test: VectorTest, network: Network): Promise<Got> {
  try {
    if (file.kind === TIMELINE) return await runTimeline(test, file.kits ?? {})
    const withKit = WITH_KIT.get(file.kind)
    return withKit ? await withKit(test, kitOf(file, test, network)) : await runOther(file.kind, test)
  } catch (error) {
    return refusalOf(error)
  }
}

function runOther(kind: string, test: VectorTest): Promise<Got> {
  const run = WITHOUT_KIT.get(kind)
  if (run === undefined) throw new Error('unknown kind of file')
  return run(test)
}

function refusalOf(error: unknown): Got {
  if (MisuseError.is(error)) return { misuse: true }
  if (TokenError.is(error))
    return { fault: { code: error.code, ...(error.claim !== undefined && { claim: error.claim }) } }
  if (ConfigError.is(error))
    return { fault: { code: error.code, ...(error.variable !== undefined && { variable: error.variable }) } }
  return { exception: error instanceof Error ? error.constructor.name : typeof error }
}

/**
 * A fault's variable is compared only where one is expected: the languages spell option paths differently. A delegation may
 * leave the token out.
 */
function agrees(expected: VectorTest['expected'], { token, ...others }: Got): boolean {
  const got = 'token' in expected ? { token, ...others } : others
  const fault = expected['fault'] as { readonly variable?: string } | undefined
  if (fault === undefined || fault.variable !== undefined || got['fault'] === undefined) return isSame(expected, got)
  const { variable: _, ...rest } = got['fault'] as Readonly<Record<string, unknown>>
  return isSame(expected, { fault: rest })
}
