import { expect, test } from 'vitest'
import { readDocument, writeDocument } from '../src/authority/document'
import { readKeks } from '../src/sealing/kek'
import { testsOf } from './vectors'

interface Case {
  readonly version: number
  readonly keks: string
  readonly text: string
  readonly keys?: readonly [string, string][]
  readonly code?: string
}

const tests = testsOf<Case>('documents')

test.each(tests)('$id: $comment', async ({ version, keks, text, keys, code }) => {
  const reading = readDocument(text, version, await readKeks(keks))
  if (code !== undefined) return expect(reading).rejects.toMatchObject({ code, name: 'AuthorityError' })
  const set = await reading
  expect(set.keys.map(({ kid, state }) => [kid, state])).toEqual(keys)
  for (const { state, algorithm, privateJwk } of set.keys)
    expect(privateJwk !== undefined).toBe(state !== 'retired' || algorithm === 'HS512')
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

test.each([
  ['config_missing', undefined],
  ['config_invalid', ''],
  ['config_invalid', 'a'],
  ['config_invalid', `=${'A'.repeat(43)}`],
  ['config_invalid', `a b=${'A'.repeat(43)}`],
  ['config_invalid', `a=${'A'.repeat(42)}B`],
  ['config_invalid', `a=${'A'.repeat(43)},a=${'A'.repeat(43)}`],
  ['config_invalid', `a=${'A'.repeat(43)},`],
  ['key_weak', 'a=AAAA'],
  ['key_weak', `a=${'A'.repeat(44)}`],
])('%s: key-encryption keys %s', async (code, text) => {
  await expect(readKeks(text)).rejects.toMatchObject({ code, variable: 'kek' })
})
