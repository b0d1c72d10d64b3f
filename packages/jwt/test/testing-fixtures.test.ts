// The fixtures for vitest, here and in a project of its own; and the warning where production begins.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, vi } from 'vitest'
import { createTestKit, TEST_NOW } from '../src/testing'
import { test } from '../src/testing/vitest'
import { refusal } from './material'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const home = mkdtempSync(join(tmpdir(), 'kit-jwt-'))
// The packages of the workspace, as a program finds those that it has installed.
symlinkSync(join(root, 'node_modules'), join(home, 'node_modules'), 'junction')
afterAll(() => rmSync(home, { recursive: true }))

/** Runs a program in a project that has installed the package. */
function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { NODE_ENV: _, VITEST: __, ...clean } = process.env
  return spawnSync(process.execPath, args, { cwd: home, encoding: 'utf8', env: { ...clean, ...env } })
}

describe('fixtures', () => {
  test('belong together', async ({ kit, tokens, clock, kitConfig }) => {
    expect(kitConfig).toEqual({})
    expect(clock()).toBe(TEST_NOW)
    const claims = await kit.verify(await tokens.mint())
    expect((await kit.verify(await kit.sign({}))).jti).not.toBe(claims.jti)
    clock.advance(86_400)
    expect(await refusal(kit.verify(await tokens.expired()))).toEqual({ code: 'token_expired', claim: 'exp' })
    expect((await kit.verify(await tokens.mint())).iat).toBe(TEST_NOW + 86_400)
  })

  test('are new for each test', async ({ kit, clock, jwks }) => {
    expect(clock()).toBe(TEST_NOW)
    expect(await kit.sign({ sub: 'u1' })).toBe(await createTestKit().sign({ sub: 'u1' }))
    expect(jwks.requests).toBe(0)
  })

  describe('of another configuration', () => {
    test.override({ kitConfig: { profile: 'EdDSA', issuer: 'https://mine.test' } })

    test('are those of that', async ({ kit, tokens }) => {
      expect(kit.decodeUnverified(await tokens.mint()).header).toMatchObject({ alg: 'EdDSA' })
      expect((await kit.verify(await tokens.mint())).iss).toBe('https://mine.test')
    })
  })
})

const PROJECT = `
import { createKit } from '@kit/jwt'
import { createTokens, REFUSALS } from '@kit/jwt/testing'
import { test } from '@kit/jwt/testing/vitest'
import { describe, expect } from 'vitest'

test('a good token', async ({ kit, tokens }) => {
  expect((await kit.verify(await tokens.mint({ sub: 'u2' }))).sub).toBe('u2')
})

test.for(Object.entries(REFUSALS).slice(0, -1))('%s is refused', async ([name, code], { kit, tokens }) => {
  await expect(kit.verify(await tokens[name]())).rejects.toMatchObject({ code })
})

test('a key set', async ({ jwks, clock }) => {
  const kit = createKit({ issuer: 'https://issuer.test', audience: 'test', jwksUrl: jwks.url, transport: jwks.transport, clock })
  await kit.verify(await createTokens({ privateKey: jwks.privateKey }).mint())
  expect(jwks.requests).toBe(1)
})

test('a test that fails', async ({ kit, tokens }) => {
  await kit.verify(await tokens.expired())
})
`

test('a project of its own runs with them, and sees its failures', () => {
  writeFileSync(join(home, 'project.test.mjs'), PROJECT)
  const vitest = join(home, 'node_modules', 'vitest', 'vitest.mjs')
  const { stdout } = run([vitest, 'run', '--root', '.', '--reporter=json', '--execArgv=--no-warnings'])
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(stdout) as {
    numPassedTests: number
    numFailedTests: number
    testResults: { assertionResults: { status: string; title: string; failureMessages: string[] }[] }[]
  }
  const failed = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'failed')
  expect(failed.map(({ title }) => title)).toEqual(['a test that fails'])
  expect(failed[0]?.failureMessages[0]).toContain('token expired')
  expect([numPassedTests, numFailedTests]).toEqual([20, 1])
}, 60_000)

describe('in production', () => {
  /** What is told where an entry is loaded, and evaluated once more. */
  const load = (env: Readonly<Record<string, string>>, entry: string) => {
    const program = `const entry = import.meta.resolve('${entry}'); await import(entry); await import(entry + '?again')`
    const { status, stderr } = run(['--input-type=module', '--eval', program], env)
    return status === 0 ? stderr : `failed: ${stderr}`
  }
  const warnings = (text: string) => text.split('\n').filter((line) => line.includes('KIT_JWT_TESTING'))

  test.for([
    ['NODE_ENV', 'production'],
    ['APP_ENV', 'prod'],
    ['ENVIRONMENT', 'Production'],
  ] as const)('%s=%s is warned about, once', ([name, value]) => {
    const [first, ...others] = warnings(load({ [name]: value }, '@kit/jwt/testing'))
    expect(first).toMatch(
      new RegExp(`KitJwtWarning: the testing kit was loaded where ${name} says production: its keys are published`),
    )
    expect(others).toEqual([])
  })

  test('the process hears of it, whatever it is that listens', async () => {
    vi.stubEnv('APP_ENV', 'Prod')
    vi.resetModules()
    const heard = new Promise<NodeJS.ErrnoException>((resolve) => process.once('warning', resolve))
    await import('../src/testing')
    expect(await heard).toMatchObject({ name: 'KitJwtWarning', code: 'KIT_JWT_TESTING' })
    vi.unstubAllEnvs()
  })

  test('everything else is quiet', () => {
    expect(load({}, '@kit/jwt/testing')).toBe('')
    expect(load({ NODE_ENV: 'test', APP_ENV: 'preproduction', ENVIRONMENT: '' }, '@kit/jwt/testing')).toBe('')
    expect(load({ NODE_ENV: 'production' }, '@kit/jwt')).toBe('')
  })
})
