// The two ways to the same answers: node:crypto, and WebCrypto.
import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import * as node from '../src/crypto/backend/node'
import * as web from '../src/crypto/backend/web'
import type { Bytes } from '../src/encoding/utf8'
import { JWK, PUBLIC_JWK } from './material'

const bytesOf = (text: string): Bytes => new Uint8Array(Buffer.from(text, 'base64url'))
const random = (min: number, max: number) =>
  fc.uint8Array({ minLength: min, maxLength: max }).map((bytes) => new Uint8Array(bytes))
/** Longer ones do not fit into the room that is kept. */
const inputs = fc.oneof(fc.base64String(), fc.base64String({ minLength: 4000, maxLength: 5000 }))
const texts = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.string({ minLength: 1300, maxLength: 1500 }))
const segments = fc.oneof(
  fc.base64String(),
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^[\w-]*$/),
  random(0, 64).map((bytes) => Buffer.from(bytes).toString('base64url')),
  texts.map((text) => Buffer.from(text).toString('base64url')),
)

afterEach(() => vi.unstubAllGlobals())

describe('both backends', () => {
  test('read and write the same text', () => {
    fc.assert(
      fc.property(segments, texts, (segment, text) => {
        expect(node.decodeText(segment)).toBe(web.decodeText(segment))
        expect(node.isCanonical(segment)).toBe(web.isCanonical(segment))
        expect(node.encodeText(text)).toBe(web.encodeText(text))
      }),
    )
  })

  test('sign alike with HS512, and each takes what the other signed and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(random(64, 200), inputs, async (secret, input) => {
        const [one, other] = [node.hs512(secret), web.hs512(secret)]
        const signature = await node.signText(one, input)
        expect(signature).toBe(await web.signText(other, input))
        expect(await one.sign(new TextEncoder().encode(input))).toEqual(bytesOf(signature))
        const wrong = `${signature[0] === 'A' ? 'B' : 'A'}${signature.slice(1)}`
        for (const [backend, key] of [[node, one] as const, [web, other] as const]) {
          expect(await backend.verifyText(key, input, signature)).toBe(true)
          for (const refused of [wrong, '', signature.slice(0, 40), `${signature}AA`])
            expect(await backend.verifyText(key, input, refused)).toBe(false)
          expect(await key.verify(new TextEncoder().encode(input), bytesOf(signature))).toBe(true)
        }
      }),
      { numRuns: 30 },
    )
  })

  // Deno has its threads elsewhere; that it is Deno is seen when the backend is loaded.
  test.each(['Node', 'Deno'])(
    'sign alike with Ed25519, alone and together, with the threads of %s',
    async (runtime) => {
      vi.resetModules()
      if (runtime === 'Deno') vi.stubGlobal('Deno', {})
      const node = await import('../src/crypto/backend/node')
      const [d, x] = [bytesOf(JWK.d as string), bytesOf(PUBLIC_JWK.x as string)]
      const [one, other] = [{ sign: await node.importSign(d) }, { sign: await web.importSign(d) }]
      const [here, there] = [{ verify: await node.importVerify(x) }, { verify: await web.importVerify(x) }]
      await fc.assert(
        fc.asyncProperty(fc.array(inputs, { minLength: 1, maxLength: 4 }), async (many) => {
          const signatures = await Promise.all(many.map(async (input) => node.signText(one, input)))
          expect(signatures).toEqual(await Promise.all(many.map(async (input) => web.signText(other, input))))
          const held = await Promise.all(
            many.flatMap((input, index) => [
              (async () => node.verifyText(here, input, signatures[index] as string))(),
              (async () => node.verifyText(here, input, signatures[index] as string))(),
              (async () => web.verifyText(there, input, signatures[index] as string))(),
            ]),
          )
          expect(new Set(held)).toEqual(new Set([true]))
          const refused = many.map(async (input, index) =>
            node.verifyText(here, `${input}.`, signatures[index] as string),
          )
          expect(new Set(await Promise.all(refused))).toEqual(new Set([false]))
        }),
        { numRuns: 20 },
      )
    },
  )

  test('ask a key of anybody', async () => {
    const key = { verify: () => true, sign: () => new Uint8Array(3) }
    for (const backend of [node, web]) {
      expect(await backend.verifyText(key, 'a.b', '')).toBe(true)
      expect(await backend.signText(key, 'a.b')).toBe('AAAA')
    }
  })
})
