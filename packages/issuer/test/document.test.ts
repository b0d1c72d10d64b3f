import { expect, test } from 'vitest'
import { readDocument, writeDocument } from '../src/authority/document'
import { type KeyRecord, keyIn } from '../src/authority/key-set'
import { signerOf } from '../src/authority/signers'
import { readKeks } from '../src/sealing/kek'
import { testsOf } from './vectors'

interface Case {
  readonly version: number
  readonly keks: string
  readonly text: string
  readonly keys?: readonly [string, string][]
  readonly code?: string
  readonly signer?: string
}

const tests = testsOf<Case>('documents')

test.each(tests)('$id: $comment', async ({ version, keks, text, keys, code, signer }) => {
  const reading = readDocument(text, version, await readKeks(keks))
  if (code !== undefined) return expect(reading).rejects.toMatchObject({ code, name: 'AuthorityError' })
  const set = await reading
  expect(set.keys.map(({ kid, state }) => [kid, state])).toEqual(keys)
  for (const { state, algorithm, privateJwk } of set.keys)
    expect(privateJwk !== undefined).toBe(state !== 'retired' || algorithm === 'HS512')
  const signing = signerOf(keyIn(set, 'active') as KeyRecord)
  if (signer !== undefined) await expect(signing).rejects.toMatchObject({ code: signer, name: 'AuthorityError' })
  else expect((await signing).kid).toBe(keyIn(set, 'active')?.kid)
})

test('what is written is read again, and sealed under the first key', async () => {
  const { text, version, keks } = tests[0] as Case
  const old = await readKeks(keks)
  const set = await readDocument(text, version, old)
  const newer = await readKeks(`new=${Buffer.alloc(32, 9).toString('base64url')},${keks}`)
  const written = await writeDocument(set, newer)
  expect(await readDocument(written, version, newer)).toEqual(set)
  await expect(readDocument(written, version, old)).rejects.toMatchObject({ code: 'kek_unknown' })
  for (const { privateJwk } of set.keys) if (privateJwk?.d) expect(written).not.toContain(privateJwk.d)
})

test('two writings of one set share no nonce', async () => {
  const { text, version, keks } = tests[0] as Case
  const keys = await readKeks(keks)
  const set = await readDocument(text, version, keys)
  const nonces = (written: string): string[] => [...written.matchAll(/"iv":"([^"]+)"/g)].map(([, iv]) => iv as string)
  const all = [...nonces(await writeDocument(set, keys)), ...nonces(await writeDocument(set, keys))]
  expect(all).toHaveLength(4)
  expect(new Set(all).size).toBe(4)
})

const texts = testsOf<{ readonly text: string | null; readonly ids?: readonly string[]; readonly code?: string }>(
  'keks',
)

test.each(texts)('$id: $comment', async ({ text, ids, code }) => {
  const reading = readKeks(text ?? undefined)
  if (code === undefined) expect((await reading).map(({ id }) => id)).toEqual(ids)
  else await expect(reading).rejects.toMatchObject({ code, variable: 'kek' })
})
