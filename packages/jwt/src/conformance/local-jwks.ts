import { isObject } from '../encoding/json-value'
import { TokenError } from '../errors/errors'
import type { Jwks } from '../keys/key'
import type { KeySource } from '../sources/key-source'
import { localJwks } from '../sources/local-jwks'
import { type Got, hostValue, type Text, textOf, type VectorTest } from './inputs'

interface Step {
  readonly jwks?: Text
  readonly as?: 'same' | 'text'
  readonly failure?: true
  readonly select: readonly Omit<Parameters<KeySource['select']>[0], 'now'>[]
}

/** `local-jwks`: what is found in a set of the same process while it changes. */
export async function runLocalJwks(test: VectorTest): Promise<Got> {
  let given: unknown
  const source = localJwks(() => {
    if (given === undefined) throw new TypeError('no set')
    return given as Jwks | string
  })
  const outcomes: Got[][] = []
  for (const step of test['script'] as readonly Step[]) {
    given = step.failure ? undefined : publishedBy(step, given)
    const found: Got[] = []
    for (const header of step.select) found.push(await outcomeOf(source, header))
    outcomes.push(found)
  }
  return { outcomes } as unknown as Got
}

function publishedBy({ jwks, as }: Step, before: unknown): unknown {
  if (as === 'text') return textOf(jwks as Text)
  const value = hostValue(jwks)
  return as === 'same' && isObject(before) && isObject(value) ? Object.assign(before, value) : value
}

async function outcomeOf(source: KeySource, header: Step['select'][number]): Promise<Got> {
  try {
    return { thumbprint: (await source.select({ ...header, now: 0 })).thumbprint }
  } catch (error) {
    if (TokenError.is(error)) return { fault: { code: error.code } }
    return { exception: error instanceof Error ? error.constructor.name : typeof error }
  }
}
