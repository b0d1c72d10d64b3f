import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fileKeyStore } from '../src/node'

const isWindows = process.platform === 'win32'
let home: string
let folder: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'kit-keys-'))
  folder = join(home, 'keys')
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const nameOf = (version: number): string => `keys-${String(version).padStart(12, '0')}.json`

/** Puts a file into the folder as somebody else would. */
function place(name: string, content: string | Uint8Array, mode = 0o600): string {
  const path = join(folder, name)
  writeFileSync(path, content, { mode })
  chmodSync(path, mode)
  return path
}

test('what was written is read, under the next number', async () => {
  const store = fileKeyStore(folder)
  expect(await store.read()).toBeUndefined()
  expect(await store.writeIf(0, 'one')).toBe(true)
  expect(await store.writeIf(0, 'other')).toBe(false)
  expect(await store.writeIf(1, 'two')).toBe(true)
  expect(await fileKeyStore(folder).read()).toEqual({ version: 2, text: 'two' })
  expect(readdirSync(folder)).toEqual([nameOf(1), nameOf(2)])
})

test.skipIf(isWindows)('files and folder are for their owner alone: Windows has no modes', async () => {
  await fileKeyStore(folder).writeIf(0, 'one')
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(statSync(join(folder, nameOf(1))).mode & 0o777).toBe(0o600)
})

test('of those who write at once on one version, one succeeds', async () => {
  const written = await Promise.all(
    Array.from({ length: 12 }, (_, index) => fileKeyStore(folder).writeIf(0, `${index}`)),
  )
  expect(written.filter(Boolean)).toHaveLength(1)
  expect(await fileKeyStore(folder).read()).toEqual({ version: 1, text: `${written.indexOf(true)}` })
  expect(readdirSync(folder)).toEqual([nameOf(1)])
})

test('the last 16 are kept, and whoever wrote on one that is gone has lost', async () => {
  const store = fileKeyStore(folder)
  for (let version = 0; version < 20; version++) expect(await store.writeIf(version, `${version + 1}`)).toBe(true)
  expect(readdirSync(folder)).toEqual(Array.from({ length: 16 }, (_, index) => nameOf(index + 5)))
  for (const version of [0, 3, 4, 19, 21, 30]) expect(await store.writeIf(version, 'late')).toBe(false)
  expect(await store.read()).toEqual({ version: 20, text: '20' })
})

test('pruning stops at what cannot be removed, so that no number becomes free above it', async () => {
  const store = fileKeyStore(folder)
  await store.writeIf(0, 'one')
  rmSync(join(folder, nameOf(1)))
  mkdirSync(join(folder, nameOf(1)))
  for (let version = 1; version < 20; version++) expect(await store.writeIf(version, `${version + 1}`)).toBe(true)
  expect(readdirSync(folder)).toEqual(Array.from({ length: 20 }, (_, index) => nameOf(index + 1)))
})

test('what a crash left behind goes after an hour', async () => {
  const store = fileKeyStore(folder)
  await store.writeIf(0, 'one')
  const [old, fresh] = [place('.keys-0123456789abcdef', 'half'), place('.keys-fedcba9876543210', 'half')]
  place('notes.txt', 'mine')
  const past = new Date(Date.now() - 3_700_000)
  utimesSync(old, past, past)
  await store.writeIf(1, 'two')
  expect(readdirSync(folder)).not.toContain('.keys-0123456789abcdef')
  expect(readdirSync(folder)).toContain('notes.txt')
  expect(statSync(fresh).isFile()).toBe(true)
})

test.skipIf(isWindows)('a file that others may read is refused: Windows has no modes', async () => {
  const store = fileKeyStore(folder)
  await store.writeIf(0, 'one')
  for (const mode of [0o640, 0o604, 0o620, 0o601]) {
    chmodSync(join(folder, nameOf(1)), mode)
    await expect(store.read()).rejects.toMatchObject({ code: 'key_store_open', message: 'key store open' })
  }
})

test('bytes that are no text, and more of them than any document has, are refused', async () => {
  const store = fileKeyStore(folder)
  await store.writeIf(0, 'one')
  place(nameOf(2), Uint8Array.of(0x7b, 0xff, 0x7d))
  await expect(store.read()).rejects.toMatchObject({ code: 'key_document_invalid' })
  place(nameOf(3), ' '.repeat(4 * 1024 * 1024 + 1))
  await expect(store.read()).rejects.toMatchObject({ code: 'key_document_invalid' })
})

test.skipIf(isWindows)('a symbolic link is not followed: Windows asks for rights to make one', async () => {
  const store = fileKeyStore(folder)
  await store.writeIf(0, 'one')
  symlinkSync(join(folder, nameOf(1)), join(folder, nameOf(2)))
  await expect(store.read()).rejects.toMatchObject({ code: 'key_store_unavailable' })
})

test('a folder that is none is away, and nothing says where it is', async () => {
  writeFileSync(folder, 'a file')
  const store = fileKeyStore(folder)
  const refused = { code: 'key_store_unavailable', message: 'key store unavailable' }
  await expect(store.read()).rejects.toMatchObject(refused)
  await expect(store.writeIf(0, 'one')).rejects.toMatchObject(refused)
})
