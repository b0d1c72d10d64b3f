import { type ChildProcess, spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { createAuthority, type KeyStore, memoryKeyStore, readKeks } from '../src'
import { fileKeyStore } from '../src/node'

const top = mkdtempSync(join(tmpdir(), 'kit-key-store-'))
afterAll(() => {
  rmSync(top, { recursive: true, force: true })
})
let made = 0
const freshFolder = (): string => join(top, String(++made))
const keks = await readKeks(`a=${'A'.repeat(43)}`)

const STORES: [string, () => KeyStore][] = [
  ['memory', memoryKeyStore],
  ['file', () => fileKeyStore(freshFolder())],
]

describe.each(STORES)('%s: what every store keeps to', (_, open) => {
  test('nothing, then what was written, under the next number', async () => {
    const store = open()
    expect(await store.read()).toBeUndefined()
    expect(await store.writeIf(0, 'one')).toBe(true)
    expect(await store.read()).toEqual({ version: 1, text: 'one' })
    expect(await store.writeIf(1, 'zwei · 二')).toBe(true)
    expect(await store.read()).toEqual({ version: 2, text: 'zwei · 二' })
  })

  test.each([0, 1, 3, 1000])('who writes on version %i, which is not the newest, changes nothing', async (version) => {
    const store = open()
    for (const before of [0, 1]) await store.writeIf(before, `text ${before + 1}`)
    expect(await store.writeIf(version, 'other')).toBe(false)
    expect(await store.read()).toEqual({ version: 2, text: 'text 2' })
  })

  test('exactly one of those who write at once succeeds', async () => {
    const store = open()
    for (let version = 0; version < 8; version++) {
      const texts = Array.from({ length: 12 }, (__, writer) => `${version} by ${writer}`)
      const written = await Promise.all(texts.map((text) => store.writeIf(version, text)))
      expect(written.filter(Boolean)).toHaveLength(1)
      expect(await store.read()).toEqual({ version: version + 1, text: texts[written.indexOf(true)] })
    }
  })

  test('who reads while others write and prune finds whole documents, and none older than before', async () => {
    const store = open()
    const WRITES = 60
    let isDone = false
    const seen: number[] = []
    const reading = Array.from({ length: 3 }, async () => {
      for (let last = 0; !isDone; ) {
        const { version, text } = (await store.read()) ?? { version: 0, text: '' }
        expect(text).toBe(version === 0 ? '' : `${version} `.repeat(1000))
        expect(version).toBeGreaterThanOrEqual(last)
        seen.push(version)
        last = version
        await new Promise(setImmediate)
      }
    })
    for (let version = 0; version < WRITES; version++) {
      expect(await store.writeIf(version, `${version + 1} `.repeat(1000))).toBe(true)
      await new Promise(setImmediate)
    }
    isDone = true
    await Promise.all(reading)
    expect(seen.length).toBeGreaterThan(3)
    expect((await store.read())?.version).toBe(WRITES)
  })
})

/** A folder with so many documents. */
async function folderWith(count: number): Promise<string> {
  const folder = freshFolder()
  const store = fileKeyStore(folder)
  for (let version = 0; version < count; version++) await store.writeIf(version, `text ${version + 1}`)
  return folder
}

const nameOf = (version: number): string => `keys-${String(version).padStart(12, '0')}.json`
const UNAVAILABLE = { name: 'AuthorityError', code: 'key_store_unavailable', message: 'key store unavailable' }
const isRoot = process.getuid?.() === 0
const isPosix = process.platform !== 'win32'

describe('file', () => {
  test('files are for their owner alone, and the last 16 stay', async () => {
    const folder = await folderWith(40)
    const names = readdirSync(folder).sort()
    expect(names).toEqual(Array.from({ length: 16 }, (_, index) => nameOf(25 + index)))
    if (isPosix) for (const name of names) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
    if (isPosix) expect(statSync(folder).mode & 0o777).toBe(0o700)
  })

  test.skipIf(!isPosix).each([0, 1, 3])(
    'whoever slept since version %i over more writes than are kept has lost',
    async (slept) => {
      const { folder, child, lines } = await sleeperOn(slept)
      const store = fileKeyStore(folder)
      for (let version = slept; version < slept + 20; version++) await store.writeIf(version, `text ${version + 1}`)
      // The number that it writes is free again: its file was pruned.
      expect(readdirSync(folder)).not.toContain(nameOf(slept + 1))
      child.kill('SIGCONT')
      expect(await lines).toEqual(['false'])
      expect(await store.read()).toEqual({ version: slept + 20, text: `text ${slept + 20}` })
      expect(await store.writeIf(slept + 20, 'next')).toBe(true)
      const names = readdirSync(folder).sort()
      expect(names).toEqual(Array.from({ length: 16 }, (_, index) => nameOf(slept + 6 + index)))
    },
  )

  test('a writer that died before its file had a name leaves nothing to read, and is swept up after an hour', async () => {
    const folder = await folderWith(2)
    const store = fileKeyStore(folder)
    const [old, young] = [join(folder, '.keys-0123456789abcdef'), join(folder, '.keys-fedcba9876543210')]
    const other = join(folder, '.keys-note')
    for (const path of [old, young, other]) writeFileSync(path, 'half a docu', { mode: 0o600 })
    const now = Date.now() / 1000
    for (const path of [old, other]) utimesSync(path, now - 3700, now - 3700)
    utimesSync(young, now - 3500, now - 3500)
    expect(await store.read()).toEqual({ version: 2, text: 'text 2' })
    expect(await store.writeIf(2, 'text 3')).toBe(true)
    expect([old, young, other].map((path) => existsSync(path))).toEqual([false, true, true])
  })

  test.each([
    ['empty', ''],
    ['no document', '{"format":1'],
    ['another number than its name', '{"format":1,"version":1,"period":0,"keys":[],"revoked":[]}'],
    ['of the future', '{"format":2}'],
    ['not text', Buffer.from([0xff, 0xfe, 0x00])],
    ['endless', Buffer.alloc(4 * 1024 * 1024 + 1, 0x20)],
  ])('a newest file that is %s is refused, and nothing is overwritten', async (what, content) => {
    const folder = freshFolder()
    const store = fileKeyStore(folder)
    await createAuthority({ store, keks })
    const path = join(folder, nameOf(2))
    writeFileSync(path, content, { mode: 0o600 })
    const code = what === 'of the future' ? 'key_document_unsupported' : 'key_document_invalid'
    await expect(createAuthority({ store, keks })).rejects.toMatchObject({ name: 'AuthorityError', code })
    expect(readdirSync(folder).sort()).toEqual([nameOf(1), nameOf(2)])
    expect(readFileSync(path).equals(Buffer.from(content))).toBe(true)
  })

  test.skipIf(!isPosix).each([0o640, 0o604, 0o620, 0o602, 0o610, 0o601, 0o660, 0o644])(
    'a file that others may use is refused: mode %o',
    async (mode) => {
      const folder = await folderWith(1)
      chmodSync(join(folder, nameOf(1)), mode)
      const refused = { name: 'AuthorityError', code: 'key_store_open', message: 'key store open' }
      await expect(fileKeyStore(folder).read()).rejects.toMatchObject(refused)
    },
  )

  test.skipIf(!isPosix)('a link in the place of a file is not followed', async () => {
    const [folder, other] = [await folderWith(1), await folderWith(1)]
    symlinkSync(join(other, nameOf(1)), join(folder, nameOf(2)))
    await expect(fileKeyStore(folder).read()).rejects.toMatchObject(UNAVAILABLE)
  })

  test('a folder that is not there is empty, and is made by the first write', async () => {
    const folder = join(freshFolder(), 'deep', 'down')
    expect(await fileKeyStore(folder).read()).toBeUndefined()
    expect(existsSync(folder)).toBe(false)
    expect(await fileKeyStore(folder).writeIf(0, 'one')).toBe(true)
  })

  test('a file in the place of the folder', async () => {
    const path = freshFolder()
    writeFileSync(path, '')
    await expect(fileKeyStore(path).read()).rejects.toMatchObject(UNAVAILABLE)
    await expect(fileKeyStore(path).writeIf(0, 'one')).rejects.toMatchObject(UNAVAILABLE)
    await expect(fileKeyStore(join(path, 'below')).writeIf(0, 'one')).rejects.toMatchObject(UNAVAILABLE)
  })

  test('a folder that cannot be listed or written', async () => {
    // To root, everything can be: a folder of the kernel's own cannot be written by anyone.
    const folder = isRoot ? '/proc/self/task' : await folderWith(1)
    if (!isRoot) chmodSync(folder, 0o500)
    const version = isRoot ? 0 : 1
    await expect(fileKeyStore(folder).writeIf(version, 'one')).rejects.toMatchObject(UNAVAILABLE)
    if (!isRoot) chmodSync(folder, 0o700)
  })

  test.skipIf(!existsSync('/bin/sh'))(
    'a disk that is full: what was there stays, and no half of a file is left',
    async () => {
      const folder = await folderWith(1)
      const names = readdirSync(folder)
      // No file may grow beyond 1 kB in there (EFBIG stands for ENOSPC: a write that fails in the middle).
      const done = await run(['writeLarge', folder, '1'], 'ulimit -f 2; trap "" XFSZ; exec "$@"')
      expect(done).toEqual(['key_store_unavailable'])
      expect(readdirSync(folder)).toEqual(names)
      expect(await fileKeyStore(folder).read()).toEqual({ version: 1, text: 'text 1' })
    },
  )

  test('exactly one of several processes succeeds, each time', async () => {
    const folder = freshFolder()
    const all = await Promise.all(Array.from({ length: 4 }, () => run(['race', folder, '25'])))
    const won = all.flat().map(Number)
    expect(won.sort((a, b) => a - b)).toEqual(Array.from({ length: 25 }, (_, index) => index + 1))
    expect((await fileKeyStore(folder).read())?.version).toBe(25)
  })
})

/** A process of its own, and what it prints, line by line. */
function start(args: readonly string[], shell = 'exec "$@"'): { child: ChildProcess; lines: Promise<string[]> } {
  const program = fileURLToPath(new URL('programs/store.mjs', import.meta.url))
  const [command, before] = isPosix ? ['/bin/sh', ['-c', shell, 'sh', process.execPath]] : [process.execPath, []]
  const child = spawn(command, [...before, '--no-warnings', program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  const lines = new Promise<string[]>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', () => {
      resolve(Buffer.concat(chunks).toString('utf8').split('\n').filter(Boolean))
    })
  })
  return { child, lines }
}

const run = (args: readonly string[], shell?: string): Promise<string[]> => start(args, shell).lines

/** A writer that is stopped after it has looked what the newest is, and before its file has a name. */
async function sleeperOn(version: number): Promise<ReturnType<typeof start> & { folder: string }> {
  for (let tries = 0; tries < 20; tries++) {
    const folder = await folderWith(version)
    mkdirSync(folder, { recursive: true })
    const writer = start(['writeLarge', folder, String(version)])
    const names = (): string => readdirSync(folder).join(' ')
    const patience = Date.now() + 10_000
    while (!names().includes('.keys-') && !names().includes(nameOf(version + 1)) && Date.now() < patience)
      await new Promise(setImmediate)
    writer.child.kill('SIGSTOP')
    await new Promise((resolve) => setTimeout(resolve, 50))
    if (names().includes('.keys-') && !names().includes(nameOf(version + 1))) return { folder, ...writer }
    writer.child.kill('SIGCONT')
    await writer.lines
  }
  throw new Error('no writer could be stopped in time')
}
