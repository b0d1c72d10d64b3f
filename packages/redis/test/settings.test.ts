import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { variables } from '../../../conformance/redis/variables.json'
import { connectRedis } from '../src'
import { readSettings, type Settings } from '../src/settings'

interface Case {
  readonly id: string
  readonly comment: string
  readonly environment: Record<string, string>
  readonly expect: null | Settings | { readonly code: string; readonly variable: string }
}

const { tests } = JSON.parse(
  readFileSync(new URL('../../../conformance/redis/settings.json', import.meta.url), 'utf8'),
) as { readonly tests: readonly Case[] }

test.each(tests)('$id: $comment', ({ environment, expect: expected }) => {
  let got: unknown
  try {
    const settings = readSettings(environment)
    got = settings === undefined ? null : Object.fromEntries(Object.entries(settings).map(([k, v]) => [k, v ?? null]))
  } catch (error) {
    const { code, variable } = error as { readonly code: string; readonly variable: string }
    got = { code, variable }
  }
  expect(got).toEqual(expected)
})

test('a file of authorities that is not there, and a library that there is no adapter for', () => {
  const environment = { REDIS_URL: 'rediss://localhost', REDIS_CA_PATH: '/nowhere/ca.pem' }
  expect(() => connectRedis(environment)).toThrow(
    expect.objectContaining({ code: 'config_invalid', variable: 'REDIS_CA_PATH' }),
  )
  expect(() => connectRedis({}, { library: 'memcached' as 'redis' })).toThrow(TypeError)
  expect(connectRedis({})).toBe(undefined)
})

test('exactly the variables of the table are read, and its examples are right', () => {
  const asked = new Set<string>()
  const exampleOf = (...names: string[]) =>
    Object.fromEntries(variables.filter(({ name }) => names.includes(name)).map(({ name, example }) => [name, example]))
  const inSentinel = ['REDIS_SENTINEL', 'REDIS_MASTER', 'REDIS_SENTINEL_PASSWORD', 'REDIS_TLS', 'REDIS_CA_PATH']
  for (const environment of [
    exampleOf('REDIS_URL'),
    exampleOf(...inSentinel),
    exampleOf('REDIS_CLUSTER_NODES', 'REDIS_USERNAME', 'REDIS_PASSWORD'),
  ]) {
    const watched = new Proxy(environment, {
      getOwnPropertyDescriptor: (target, name) => {
        asked.add(String(name))
        return Reflect.getOwnPropertyDescriptor(target, name)
      },
    })
    expect(readSettings(watched)).toBeDefined()
  }
  const told = variables.flatMap(({ name, twin }) => (twin ? [name, twin] : [name]))
  expect([...asked].sort()).toEqual(told.sort())
})
