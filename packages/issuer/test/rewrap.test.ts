import { expect, test } from 'vitest'
import { type AuthorityAlgorithm, type Change, createAuthority, type KeyStore, memoryKeyStore, readKeks } from '../src'
import { readDocument, sealsOf } from '../src/authority/document'
import { testsOf } from './vectors'

interface Case {
  readonly algorithm: AuthorityAlgorithm
  readonly keks: string
  readonly text: string
  readonly meanwhile?: string
  readonly version?: number
  readonly keys?: readonly [string, string][]
  readonly seals?: Readonly<Record<string, string>>
  readonly revoked?: readonly string[]
  readonly changes?: readonly [string, string, number][]
  readonly code?: string
}

/** A store in which another process writes between the look and the write of whoever comes first. */
async function storeOf({ text, meanwhile }: Pick<Case, 'text' | 'meanwhile'>): Promise<KeyStore> {
  const inner = memoryKeyStore()
  await inner.writeIf(0, text)
  let other = meanwhile
  return {
    read: () => inner.read(),
    writeIf: async (version, written) => {
      if (other !== undefined) await inner.writeIf(1, other)
      other = undefined
      return inner.writeIf(version, written)
    },
  }
}

test.each(testsOf<Case>('rewraps'))('$id: $comment', async ({ algorithm, keks: text, code, ...expected }) => {
  const store = await storeOf(expected)
  const keks = await readKeks(text)
  const changes: Change[] = []
  const onChange = (change: Change) => {
    changes.push(change)
  }
  const starting = createAuthority({ store, keks, algorithm, onChange, clock: () => 6000 })
  if (code !== undefined) {
    await expect(starting).rejects.toMatchObject({ name: 'AuthorityError', code })
    expect(await store.read()).toEqual({ version: 1, text: expected.text })
    return
  }
  const authority = await starting
  const before = await authority.jwks()
  changes.length = 0
  for (const _ of ['once', 'and again']) await authority.rewrap()
  const stored = (await store.read()) as { version: number; text: string }
  expect(stored.version).toBe(expected.version)
  expect(Object.fromEntries(sealsOf(stored.text))).toEqual(expected.seals)
  expect(changes.map(({ change, kid, at }) => [change, kid, at])).toEqual(expected.changes)
  expect(await authority.jwks()).toEqual(before)
  // The first key alone is enough from now on.
  const set = await readDocument(stored.text, stored.version, [keks[0]])
  expect(set.keys.map(({ kid, state }) => [kid, state])).toEqual(expected.keys)
  if (expected.revoked) expect(set.revoked.map(({ kid }) => kid)).toEqual(expected.revoked)
})

test('whoever looks on is told of it, by any write', async () => {
  const store = memoryKeyStore()
  const [old, fresh] = [`a=${'A'.repeat(43)}`, `b=${'B'.repeat(42)}A`]
  const seen: string[] = []
  const onChange = ({ change }: Change) => {
    seen.push(change)
  }
  const times = { refresh: 1, clock: () => 6000 }
  const watching = await createAuthority({ store, keks: await readKeks(`${old},${fresh}`), onChange, ...times })
  seen.length = 0
  const [leaked] = await watching.keys()
  const other = await createAuthority({ store, keks: await readKeks(`${fresh},${old}`), ...times })
  await other.revoke(leaked?.kid as string)
  await watching.checkAndRotate()
  expect(seen).toEqual(['revoked', 'activated', 'published', 'rewrapped'])
})
