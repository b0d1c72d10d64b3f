import { describe, expect, test } from 'vitest'
import { type Check, createGuard } from '../src'
import { bodyOf, file, type Given, headersOf, type Step, World } from './vectors'

interface Asked {
  readonly id: string
  readonly step: Step
}

const valuesOf = (step: Step, name: string) =>
  headersOf(step).flatMap(([one, value]) => (one.toLowerCase() === name ? [value.trim()] : []))

/** The check of the route that a path belongs to. */
function routed(checks: ReadonlyMap<string, Check<Asked>>, path: string): [Check<Asked>, string] {
  const id = path.slice(path.lastIndexOf('/') + 1)
  const check = checks.get(path) ?? checks.get(`${path.slice(0, -id.length)}:id`)
  if (check === undefined) throw new Error(`${path}: no such route`)
  return [check, id]
}

describe('a guard without a framework', () => {
  test.each(file.tests)('$id: $comment', async ({ guard: name, now, requests }) => {
    const world = new World<Asked>(name, now)
    const guard = createGuard(world.options, ({ step }) => ({
      query: step.query ?? '',
      peer: '127.0.0.1',
      header: (header) => valuesOf(step, header),
    }))
    const checks = new Map(world.routes(({ id }) => id).map(({ path, policy, route }) => [path, guard(policy, route)]))
    for (const step of requests) {
      world.expects(step)
      const [check, id] = routed(checks, step.path)
      const outcome = await check({ id, step })
      const given: Given = outcome.passed
        ? { status: 200, headers: outcome.headers, body: bodyOf(outcome.auth.subject) }
        : outcome.refusal
      world.check(given, step)
    }
  })
})

test('there are requests of every kind', () => {
  const statuses = file.tests.flatMap(({ requests }) => requests.map(({ answer }) => answer.status))
  expect(new Set(statuses)).toEqual(new Set([200, 401, 403, 429, 503]))
})
