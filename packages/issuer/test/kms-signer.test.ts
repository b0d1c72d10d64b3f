import { inspect } from 'node:util'
import { encodeBase64url } from '@kit/jwt/encoding'
import { expect, test } from 'vitest'
import { type KmsClient, type KmsSignerOptions, kmsSigner } from '../src/signers'
import { INPUT, SIGNATURE, signed, X } from './vault-server'
import { testsOf } from './vectors'

interface KmsAnswer {
  readonly answer?: Readonly<Record<string, unknown>> | null
  readonly error?: string | null
}

interface KmsTest {
  readonly key: string
  readonly options?: object
  readonly size?: number
  readonly publicKey: KmsAnswer
  readonly sign: readonly KmsAnswer[]
  readonly kid?: string
  readonly requests?: readonly object[]
  readonly later?: true
  readonly code?: string
  readonly variable?: string
}

const read = (value: unknown, message: Uint8Array): unknown => {
  if (value === '<signature>') return new Uint8Array(signed(message))
  const { base64 } = Object(value) as { base64?: string }
  return base64 === undefined ? value : new Uint8Array(Buffer.from(base64, 'base64'))
}

/** What the client of `@aws-sdk/client-kms` gives and throws. */
async function reply({ answer, error }: KmsAnswer = {}, message: Uint8Array = new Uint8Array()): Promise<never> {
  if (error !== undefined) throw error === null ? null : Object.assign(new Error('of the other side'), { name: error })
  const entries = answer && Object.entries(answer).map(([name, value]) => [name, read(value, message)] as const)
  return (entries && Object.fromEntries(entries)) as never
}

const shown = ({ Message, ...request }: Record<string, unknown>) =>
  Message === undefined
    ? request
    : { ...request, Message: { base64: Buffer.from(Message as Uint8Array).toString('base64') } }

function clientOf({ publicKey, sign }: KmsTest): KmsClient & { readonly requests: object[] } {
  const requests: object[] = []
  let asked = 0
  return {
    requests,
    getPublicKey: (request) => {
      requests.push(shown(request))
      return reply(publicKey)
    },
    sign: (request) => {
      requests.push(shown(request))
      return reply(sign[Math.min(asked++, sign.length - 1)], request.Message)
    },
  }
}

test.each(testsOf<KmsTest>('kms-signers'))('$id: $comment', async (given) => {
  const client = clientOf(given)
  const { key, options, size, code, variable, kid, requests, later } = given
  const start = () => kmsSigner({ client, key, ...options } as KmsSignerOptions)
  const message = size === undefined ? INPUT : new Uint8Array(size)
  const refusal = expect.objectContaining({ code, ...(variable && { variable }) }) as Error
  if (code !== undefined) {
    const failing = later ? (await start()).sign(message) : start()
    await expect(failing).rejects.toThrow(refusal)
    return
  }
  const signer = await start()
  expect(signer.kid).toBe(kid)
  expect(signer.publicJwk).toMatchObject({ kid, x: X })
  const signature = await signer.sign(message)
  if (size === undefined) expect(encodeBase64url(signature)).toBe(SIGNATURE)
  else expect(signature).toHaveLength(64)
  if (requests) expect(client.requests).toEqual(requests)
})

test.each([undefined, {}, { sign: () => undefined }])('%j is no client', async (client) => {
  await expect(kmsSigner({ client: client as unknown as KmsClient, key: 'k' })).rejects.toThrow('client')
})

test('what a client throws goes nowhere', async () => {
  const client = {
    getPublicKey: () => Promise.reject(new Error('AKIAEXAMPLE')),
    sign: () => Promise.reject(new Error()),
  }
  const error: unknown = await kmsSigner({ client, key: 'k' }).catch((thrown: unknown) => thrown)
  expect(inspect(error)).not.toContain('AKIAEXAMPLE')
})
