// What no input may do: get out as another exception, or take a piece of a token or of a key with it.
import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  ConfigError,
  createKit,
  importPrivateKey,
  importPublicKey,
  importSecret,
  MisuseError,
  TokenError,
} from '../src/index'
import { b64, CLAIMS, ED_CONFIG, eddsa, HS_CONFIG, hs512, JWK, NOW, SECRET } from './material'

const hs = createKit(HS_CONFIG)
const ed = createKit(ED_CONFIG)

/** Everything that an error could show, to a log or to a debugger. */
function shownBy(error: unknown): string {
  const { message, stack, cause } = error as Error
  return [
    message,
    stack,
    String(cause),
    String(error),
    JSON.stringify(error),
    inspect(error, { depth: 9, showHidden: true }),
  ].join('\n')
}

function expectNoPiece(error: unknown, secret: string): void {
  const shown = shownBy(error)
  for (let at = 0; at + 12 <= secret.length; at++) expect(shown).not.toContain(secret.slice(at, at + 12))
}

async function errorOf(run: () => unknown): Promise<unknown> {
  try {
    await run()
  } catch (error) {
    return error
  }
  return undefined
}

const good = [hs512({ ...CLAIMS, sub: 'u1' }), eddsa({ ...CLAIMS, sub: 'u1' })]
const mutated = fc
  .tuple(fc.constantFrom(...good), fc.nat(), fc.string({ unit: 'binary', maxLength: 3 }), fc.nat(3))
  .map(([token, place, text, gone]) => {
    const at = place % (token.length + 1)
    return token.slice(0, at) + text + token.slice(at + gone)
  })
const resigned = fc
  .tuple(fc.json(), fc.json(), fc.boolean())
  .map(([header, payload, isHs]) => (isHs ? hs512(payload, header) : eddsa(payload, header)))
const claimed = fc
  .dictionary(
    fc.constantFrom('iss', 'aud', 'exp', 'iat', 'nbf', 'sub', 'jti', 'act', 'cnf', 'permissions', 'scope'),
    fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(...Object.values(CLAIMS), NOW + 1)),
  )
  .map((claims) => hs512({ ...CLAIMS, ...claims }))

describe('verify', () => {
  test('throws TokenError for whatever it is given, and nothing else', async () => {
    const anything = fc.oneof(fc.anything(), fc.string({ unit: 'binary' }), mutated, resigned, claimed)
    await fc.assert(
      fc.asyncProperty(anything, async (token) => {
        for (const kit of [hs, ed]) {
          for (const run of [
            () => kit.verify(token as string),
            () => kit.checkAuth(token as string, { allOf: [] }),
            () => kit.decodeUnverified(token as string),
          ]) {
            const error = await errorOf(run)
            if (error !== undefined && !(error instanceof TokenError)) throw error
          }
        }
      }),
      { numRuns: 600 },
    )
  })

  test('lets through only what was minted', async () => {
    await fc.assert(
      fc.asyncProperty(mutated, async (token) => {
        const verified = await Promise.allSettled([hs.verify(token), ed.verify(token)])
        expect(verified.some(({ status }) => status === 'fulfilled')).toBe(good.includes(token))
      }),
      { numRuns: 300 },
    )
  })

  test('shows no piece of a token', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(mutated, resigned, claimed), async (token) => {
        for (const kit of [hs, ed]) {
          const error = await errorOf(() => kit.verify(token))
          if (error !== undefined) expectNoPiece(error, token)
        }
      }),
      { numRuns: 200 },
    )
  })
})

describe('keys', () => {
  const texts = [
    '-----BEGIN PUBLIC KEY-----',
    '-----BEGINCERTIFICATE-----',
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5',
    'ssh-rsa',
    'ecdsa-sha2-nistp256',
    JSON.stringify(JWK),
    JSON.stringify({ keys: [JWK] }),
  ]
  const filler = b64(new Uint8Array(96).fill(7))
  const isRefused = async (secret: string): Promise<boolean> => {
    const error = await errorOf(() => importSecret(secret))
    return error instanceof ConfigError && error.code === 'key_invalid'
  }

  test.each(texts)('%s is never a secret, under any prefix', async (text) => {
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[\w-]{0,9}$/), fc.constantFrom('', filler), async (prefix, suffix) => {
        expect(await isRefused(prefix + text + suffix)).toBe(true)
        if (!text.startsWith('{')) expect(await isRefused(prefix + text.replace(/[^\w-]/g, '') + suffix)).toBe(true)
        expect(await isRefused(b64(prefix + text + '\n'.repeat(64)))).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  test('a JSON object encoded once more is never a secret', async () => {
    const object = fc.dictionary(fc.string({ unit: 'binary' }), fc.oneof(fc.string(), fc.integer(), fc.boolean()))
    await fc.assert(
      fc.asyncProperty(object, async (value) => {
        expect(await isRefused(b64(` ${JSON.stringify(value)}${' '.repeat(64)}`))).toBe(true)
      }),
    )
  })

  test('are shown by nothing that refuses them', async () => {
    const secret = b64(Uint8Array.from({ length: 48 }, (_, index) => (index * 73) % 251))
    const { d = '' } = JWK
    const damaged = fc.constantFrom<(text: string) => string>(
      (text) => text,
      (text) => `${text}=`,
      (text) => text.slice(1),
      (text) => `{"kty":"oct","k":"${text}"}`,
      (text) => `-----BEGIN PRIVATE KEY-----${text}`,
    )
    await fc.assert(
      fc.asyncProperty(damaged, async (damage) => {
        for (const material of [secret, d]) {
          const text = damage(material)
          for (const run of [
            () => importSecret(text),
            () => importSecret({ kty: 'oct', k: text }),
            () => importPrivateKey(text),
            () => importPrivateKey({ ...JWK, d: text, x: JWK.x?.replace('A', 'B') as string }),
            () => importPublicKey({ ...JWK, d: text }),
            () => createKit({ issuer: 'x', audience: 'y', secret: text }),
            () => createKit({ issuer: 'x', audience: 'y', privateKey: { ...JWK, d: text, x: text } }),
            () => createKit({ issuer: 'x', audience: 'y', acceptSecrets: [{ kid: 'k', secret: text }] }),
          ]) {
            const error = await errorOf(run)
            if (error !== undefined) expectNoPiece(error, material)
          }
        }
      }),
    )
  })

  test('are shown by no key and no kit', async () => {
    const key = await importSecret(SECRET)
    const privateKey = await importPrivateKey(JWK)
    const kits = [
      hs,
      ed,
      createKit({ ...HS_CONFIG, trust: [{ issuer: 'x', algorithms: ['HS512'], secrets: [SECRET] }] }),
    ]
    const shown = inspect([key, privateKey, kits, await Promise.all(kits.map((kit) => kit.describe()))], {
      depth: 9,
      showHidden: true,
    })
    for (const material of [SECRET, JWK.d as string])
      for (let at = 0; at + 12 <= material.length; at++) expect(shown).not.toContain(material.slice(at, at + 12))
  })
})

test('what stores, signers and clocks throw goes no further than it must', async () => {
  const leak = () => {
    throw new Error(SECRET)
  }
  const kit = createKit({ ...HS_CONFIG, revocation: { isRevoked: leak }, replay: { consume: leak } })
  const token = await kit.sign({})
  expectNoPiece(await errorOf(() => kit.verify(token)), SECRET)
  expectNoPiece(await errorOf(async () => kit.consumeOnce(await hs.verify(token))), SECRET)
  expectNoPiece(await errorOf(() => createKit({ ...HS_CONFIG, clock: leak }).verify(token)), SECRET)
})

test('misuse is told without what was misused', async () => {
  const error = await errorOf(() => hs.sign({}, { [SECRET]: 1 } as object))
  expect(error).toBeInstanceOf(MisuseError)
  expectNoPiece(error, SECRET)
})
