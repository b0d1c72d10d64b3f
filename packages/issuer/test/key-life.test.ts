import { expect, test } from 'vitest'
import { type Change, changesBetween } from '../src/authority/changes'
import type { KeySetRecord, NewKey } from '../src/authority/key-set'
import { advanced, revoked, rotatedEarly, soonestOf } from '../src/authority/life'
import { planOf } from '../src/authority/plan'
import { type TimingOptions, timingOf } from '../src/authority/timing'
import { testsOf } from './vectors'

interface Step {
  readonly now: number
  readonly do: 'check' | 'revoke' | 'rotate'
  readonly kid?: string
  readonly times?: TimingOptions
  readonly written: boolean
  readonly soonest?: number
  readonly code?: string
  readonly keys?: readonly [string, string][]
  readonly revoked?: readonly string[]
  readonly changes?: readonly [string, string, number][]
  readonly plan?: readonly [number, string, string | null][]
}

const tests = testsOf<{ readonly times: TimingOptions; readonly steps: readonly Step[] }>('key-life')

test.each(tests)('$id: $comment', async ({ times, steps }) => {
  let made = 0
  const keys = (): NewKey => ({ kid: `k${++made}`, algorithm: 'EdDSA' })
  let set: KeySetRecord | undefined
  for (const step of steps) {
    const timing = timingOf(step.times ?? times)
    const after =
      step.do === 'check' || set === undefined
        ? await advanced(set, step.now, timing, keys)
        : step.do === 'rotate'
          ? await rotatedEarly(set, step.now, timing, keys)
          : await revoked(set, step.kid as string, step.now, timing, keys)
    if (step.soonest !== undefined) expect(soonestOf(after, timing)).toBe(step.soonest)
    const isRevoked = step.do === 'revoke' && after.revoked.some(({ kid }) => kid === step.kid)
    if (step.do === 'revoke') expect(isRevoked).toBe(step.code === undefined)
    const changes = changesBetween(set, after, step.now).map(({ change, kid, at }: Change) => [change, kid, at])
    expect(after !== set).toBe(step.written)
    if (step.keys) expect(after.keys.map(({ kid, state }) => [kid, state])).toEqual(step.keys)
    if (step.revoked) expect(after.revoked.map(({ kid }) => kid)).toEqual(step.revoked)
    if (step.changes) expect(changes).toEqual(step.changes)
    if (step.plan)
      expect(planOf(after, timing).map(({ at, change, kid }) => [at, change, kid ?? null])).toEqual(step.plan)
    set = after
  }
})

const timings = testsOf<
  TimingOptions & { readonly options: TimingOptions; readonly code?: string; readonly variable?: string }
>('timing')

test.each(timings)('$id: $comment', ({ options, code, variable, id: _, comment: __, ...expected }) => {
  if (code === undefined) expect(timingOf(options)).toMatchObject(expected)
  else expect(() => timingOf(options)).toThrow(expect.objectContaining({ code, variable }))
})

test('a time that is none is refused by its name', () => {
  expect(() => timingOf({ rotateEvry: 1000 } as TimingOptions)).toThrow('rotateEvry: unknown')
})
