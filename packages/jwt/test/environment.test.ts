import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { gather } from '../src/config/variables'
import { makeKit as makeDenoKit } from '../src/deno'
import { environment as browserEnvironment, readFile as browserReadFile } from '../src/environment/browser'
import { environment as denoEnvironment } from '../src/environment/deno'
import { environment, readFile } from '../src/environment/process'
import { configFromEnvironment, createKit, isVerified } from '../src/index'
import { makeKit as makeNodeKit } from '../src/node'
import { makeKit as makeWorkersKit } from '../src/workers'
import { ISSUER, JWK, MISUSE, refusal, SECRET } from './material'

const ENV = { JWT_ISS: ISSUER, JWT_AUD: 'api', JWT_SECRET: SECRET }

afterEach(() => {
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
  vi.resetModules()
})

describe('configFromEnvironment', () => {
  test('gives a configuration to build on', async () => {
    const config = configFromEnvironment(ENV)
    expect(config).toMatchObject({ issuer: ISSUER, audience: 'api', secret: SECRET })
    expect(Object.isFrozen(config)).toBe(true)
    const kit = createKit({ ...config, clock: () => 5 })
    expect(kit.decodeUnverified(await kit.sign({})).claims['iat']).toBe(5)
  })

  test('tells variables in faults that are found later, also where members were added', async () => {
    const privateJwk = JSON.stringify({ ...JWK, x: 'jPGFmuuE1O3vHc-2ECa7OnkT3zItJr3Z-eINvBE58yc' })
    const config = configFromEnvironment({ JWT_ISS: ISSUER, MY_KEY: privateJwk, JWT_PRIVATE_JWK_NAME: 'MY_KEY' })
    const fault = { code: 'key_invalid', variable: 'JWT_PRIVATE_JWK_NAME' }
    expect(await refusal(createKit(config).ready())).toEqual(fault)
    expect(await refusal(createKit({ ...config, leeway: 5 }).ready())).toEqual(fault)
    expect(await refusal(createKit(configFromEnvironment({ ...ENV, JWT_AUD: undefined })).verify('x'))).toEqual({
      code: 'config_missing',
      variable: 'JWT_AUD',
    })
  })

  test('checks what it was made of once', async () => {
    const get = vi.fn(() => SECRET)
    const env = Object.defineProperty({ ...ENV }, 'JWT_SECRET', { enumerable: true, get })
    const config = configFromEnvironment(env)
    const reads = get.mock.calls.length
    await createKit(config).ready()
    expect(get.mock.calls.length).toBe(reads)
  })

  test.each([
    [null, {}],
    ['x', {}],
    [ENV, { role: 'issuer' }],
    [ENV, { files: {} }],
  ])('refuses wrong arguments: %j, %j', async (env, options) => {
    expect(await refusal(() => configFromEnvironment(env as never, options as never))).toEqual(MISUSE)
  })

  test('refuses a file whose text is none', async () => {
    const env = { JWT_ISS: ISSUER, JWT_PRIVATE_JWK_PATH: 'x' }
    for (const read of [
      () => 5,
      () => undefined,
      () => '',
      () => {
        throw new Error('no')
      },
    ])
      expect(await refusal(() => configFromEnvironment(env, { readFile: read as never }))).toEqual({
        code: 'config_invalid',
        variable: 'JWT_PRIVATE_JWK_PATH',
      })
  })
})

describe('the kit of the environment', () => {
  const stub = (env: object) => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value as string)
  }

  test('is made when it is first used, once', async () => {
    const { sign, verify, checkAuth, createDelegatedToken, consumeOnce } = await import('../src/index')
    stub(ENV)
    const token = await sign({ sub: 'u1' })
    vi.stubEnv('JWT_SECRET', 'changed')
    const claims = await verify(token)
    expect(claims.sub).toBe('u1')
    expect((await checkAuth(token, { allOf: [] })).subject).toBe('u1')
    expect((await verify(await createDelegatedToken(claims, 'gateway', { aud: 'api' }))).act).toEqual({
      sub: 'gateway',
    })
    await consumeOnce(claims)
    expect(await refusal(consumeOnce(claims))).toEqual({ code: 'token_replayed' })
  })

  test('that cannot be made is tried again', async () => {
    const { sign } = await import('../src/index')
    stub({ JWT_AUD: 'api', JWT_SECRET: SECRET })
    expect(await refusal(sign({}))).toEqual({ code: 'config_missing', variable: 'JWT_ISS' })
    stub(ENV)
    expect(await sign({})).toMatch(/^ey/)
  })
})

describe('adapters', () => {
  test('of Node.js read process.env, and a key from disk', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kit-jwt-'))
    try {
      writeFileSync(join(folder, 'key.json'), JSON.stringify(JWK), { mode: 0o600 })
      const env = { JWT_ISS: ISSUER, JWT_AUD: 'api', JWT_PRIVATE_JWK_PATH: join(folder, 'key.json') }
      expect((await makeNodeKit(env).describe()).signs).toEqual({ alg: 'EdDSA', kid: 'ed-1' })
      expect(await refusal(() => makeNodeKit({ ...env, JWT_PRIVATE_JWK_PATH: join(folder, 'none') }))).toEqual({
        code: 'config_invalid',
        variable: 'JWT_PRIVATE_JWK_PATH',
      })
    } finally {
      rmSync(folder, { recursive: true })
    }
    for (const [name, value] of Object.entries(ENV)) vi.stubEnv(name, value)
    expect((await makeNodeKit().describe()).issuer).toBe(ISSUER)
  })

  test.skipIf(process.platform === 'win32')('refuse a key file that is open to others', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kit-jwt-'))
    try {
      const path = join(folder, 'key.json')
      writeFileSync(path, JSON.stringify(JWK))
      const env = { JWT_ISS: ISSUER, JWT_AUD: 'api', JWT_PRIVATE_JWK_PATH: path }
      for (const mode of [0o604, 0o640, 0o602, 0o620, 0o601, 0o666]) {
        chmodSync(path, mode)
        const fault = { code: 'config_invalid', variable: 'JWT_PRIVATE_JWK_PATH' }
        expect(await refusal(() => makeNodeKit(env)), mode.toString(8)).toEqual(fault)
      }
      for (const mode of [0o600, 0o400, 0o700]) {
        chmodSync(path, mode)
        expect((await makeNodeKit(env).describe()).signs, mode.toString(8)).toEqual({ alg: 'EdDSA', kid: 'ed-1' })
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('of Workers read bindings, and share nothing', async () => {
    const env = { JWT_ISS: ISSUER, JWT_AUD: 'api', JWT_SECRET_NAME: 'SECRET', SECRET, KV: { get: () => null } }
    const [one, other] = [makeWorkersKit(env), makeWorkersKit(env)]
    const claims = await one.verify(await other.sign({}))
    expect(isVerified(claims)).toBe(true)
    await one.consumeOnce(claims)
    await other.consumeOnce(claims)
    expect(await refusal(() => makeWorkersKit({ ...env, JWT_PRIVATE_JWK_PATH: 'x' }))).toMatchObject({
      code: 'config_invalid',
    })
  })

  test('of Deno read what they may, and no more', async () => {
    const variables: Record<string, string> = { JWT_ISS: ISSUER, JWT_AUD: 'api', JWT_SECRET_NAME: 'MINE', MINE: SECRET }
    const granted = new Set(Object.keys(variables))
    const asked: string[] = []
    vi.stubGlobal('Deno', {
      env: {
        get: (name: string) => {
          asked.push(name)
          return variables[name]
        },
      },
      permissions: {
        querySync: ({ variable }: { variable: string }) => ({ state: granted.has(variable) ? 'granted' : 'prompt' }),
      },
    })
    expect({ ...denoEnvironment() }).toEqual(variables)
    expect(asked.every((name) => granted.has(name))).toBe(true)
    expect((await makeDenoKit().describe()).signs).toEqual({ alg: 'HS512', kid: null })
    granted.delete('MINE')
    expect(await refusal(() => makeDenoKit())).toEqual({ code: 'config_missing', variable: 'JWT_SECRET_NAME' })
  })

  test('of a platform that cannot list its environment read every variable, and what those name', () => {
    const asked: string[] = []
    const gathered = gather((name) => {
      asked.push(name)
      return { JWT_SECRET_ACCEPT_NAMES: 'A, B', JWT_PRIVATE_JWK_NAME: '__proto__', A: 'a', ['__proto__']: 'p' }[name]
    })
    expect(Object.keys(gathered).sort()).toEqual(['A', 'JWT_PRIVATE_JWK_NAME', 'JWT_SECRET_ACCEPT_NAMES', '__proto__'])
    for (const name of ['JWT_PRIVATE_JWK_PATH', 'JWT_ISS', 'JWT_ALLOWED_THUMBPRINTS', 'B'])
      expect(asked).toContain(name)
  })

  test('of Deno read what its documentation lists', () => {
    const text = readFileSync(new URL('../../../docs/runtimes.md', import.meta.url), 'utf8')
    const [, listed = ''] = /^--allow-env=(JWT_[A-Z_,]+)$/m.exec(text) ?? []
    const asked: string[] = []
    gather((name) => void asked.push(name))
    expect(listed.split(',').sort()).toEqual(asked.sort())
  })

  test('of a browser find nothing', () => {
    expect(browserEnvironment()).toEqual({})
    expect(browserReadFile).toBeUndefined()
    vi.stubGlobal('process', undefined)
    expect(environment()).toEqual({})
    expect(() => readFile('x')).toThrow()
  })

  test('of workerd read the env of the Worker', async () => {
    vi.doMock('cloudflare:workers', () => ({ env: ENV }))
    const worker = await import('../src/environment/workerd')
    expect(worker.environment()).toBe(ENV)
    expect(worker.readFile).toBeUndefined()
  })
})
