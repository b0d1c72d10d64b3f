import { chmodSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { command } from '../../src/command/entry'
import { nodeWorld, readAll, unwritable } from '../../src/command/machine'
import { FileFault } from '../../src/command/world'

const TOO_MANY = 16 * 1024 * 1024 + 1
const isPosix = process.platform !== 'win32'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kit-jwt-machine-'))
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

function reasonOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof FileFault) return error.reason
  }
  return 'nothing'
}

describe('files', () => {
  const world = nodeWorld('kit-jwt')
  const path = (name: string) => join(folder, name)

  test('are read whole', () => {
    const text = 'ä'.repeat(100_000)
    writeFileSync(path('a'), text)
    expect(Buffer.from(world.readFile(path('a'))).toString()).toBe(text)
  })

  test('that cannot be read say why', () => {
    writeFileSync(path('file'), '')
    writeFileSync(path('large'), '')
    truncateSync(path('large'), TOO_MANY)
    expect(reasonOf(() => world.readFile(path('none')))).toBe('missing')
    expect(reasonOf(() => world.readFile(path('file/none')))).toBe('missing')
    expect(reasonOf(() => world.readFile(folder))).toBe('folder')
    expect(reasonOf(() => world.readFile('a\0b'))).toBe('unreadable')
    expect(reasonOf(() => world.readFile(path('large')))).toBe('too large')
  })

  test('of somebody else are denied', () => {
    writeFileSync(path('mine'), '', { mode: 0 })
    // Nothing is forbidden to root, nor by bits on Windows.
    const isForbidden = isPosix && process.getuid?.() !== 0
    expect(reasonOf(() => world.readFile(path('mine')))).toBe(isForbidden ? 'denied' : 'nothing')
  })

  test('are written once, for whom they are', () => {
    world.writeNew(path('a'), 'first', 0o600)
    expect(reasonOf(() => world.writeNew(path('a'), 'second', 0o600))).toBe('exists')
    expect(Buffer.from(world.readFile(path('a'))).toString()).toBe('first')
    expect(world.modeOf(path('a'))).toBe(isPosix ? 0o600 : undefined)
    expect(reasonOf(() => world.writeNew(path('none/a'), '', 0o600))).toBe('missing')
  })

  test('have the bits that the system says', () => {
    writeFileSync(path('a'), '')
    chmodSync(path('a'), 0o640)
    expect(world.modeOf(path('a'))).toBe(isPosix ? statSync(path('a')).mode & 0o777 : undefined)
    expect(world.modeOf(path('none'))).toBeUndefined()
  })

  test('are listed by code unit', () => {
    for (const name of ['b', 'a', '\ufb33', '\u{1f511}']) writeFileSync(path(name), '')
    expect(world.list(folder)).toEqual(['a', 'b', '\u{1f511}', '\ufb33'])
    expect(reasonOf(() => world.list(path('none')))).toBe('missing')
    expect(reasonOf(() => world.list(path('a')))).toBe('missing')
  })

  test('stand in folders, which are made with those above them', () => {
    world.makeFolder(path('a/b'))
    world.makeFolder(path('a/b'))
    expect(statSync(path('a/b')).isDirectory()).toBe(true)
    writeFileSync(path('file'), '')
    expect(reasonOf(() => world.makeFolder(path('file')))).toBe('exists')
    expect(reasonOf(() => world.makeFolder(path('file/a')))).toBe('missing')
  })
})

describe('streams', () => {
  test('are read to their end', async () => {
    expect(await readAll(Readable.from([Buffer.from('a'), Buffer.from('b')]))).toEqual(Buffer.from('ab'))
  })

  test('that cannot be read say why', async () => {
    const large = Readable.from([Buffer.alloc(TOO_MANY)])
    await expect(readAll(large)).rejects.toEqual(new FileFault('too large'))
    const folderStream = new Readable({ read: (): never => fail('EISDIR') })
    await expect(readAll(folderStream)).rejects.toEqual(new FileFault('folder'))
  })

  const fail = (code: string): never => {
    throw Object.assign(new Error(code), { code })
  }
  const ends = (): readonly unknown[] => {
    const told: unknown[] = []
    vi.spyOn(process, 'exit').mockImplementation((status) => {
      throw new Error(`exit ${status}`)
    })
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => told.push(text) > 0)
    return told
  }

  test('whose reader is gone end the process quietly', () => {
    const told = ends()
    vi.spyOn(process.stdout, 'write').mockImplementation(() => fail('EPIPE'))
    expect(() => nodeWorld('kit-jwt').write('stdout', 'text')).toThrow('exit 0')
    expect(told).toEqual([])
  })

  test('that are full end it with a sentence', () => {
    const told = ends()
    expect(() => unwritable('kit-jwt', 'stdout', Object.assign(new Error(), { code: 'ENOSPC' }))).toThrow('exit 2')
    expect(told).toEqual(['kit-jwt: standard output cannot be written.\n'])
  })

  test('for errors that cannot be written end nothing', () => {
    ends()
    expect(() => unwritable('kit-jwt', 'stderr', new Error('any'))).not.toThrow()
  })
})

test('randomness, keys and the clock are those of the machine', async () => {
  const world = nodeWorld('kit-jwt')
  expect(world.entropy(32)).toHaveLength(32)
  expect(world.entropy(32)).not.toEqual(world.entropy(32))
  expect((await world.keyPair({ kid: 'k1' })).publicJwk.kid).toBe('k1')
  const [before, now, after] = [Date.now() / 1000, world.now(), Date.now() / 1000]
  expect(before <= now && now <= after).toBe(true)
  expect(world.terminal.stdout).toBe(process.stdout.isTTY === true)
})

test('the command takes the words of the process and sets its status', async () => {
  const { argv, exitCode } = process
  const streams = [process.stdout, process.stderr]
  const listeners = streams.map((stream) => stream.listeners('error'))
  const told: unknown[] = []
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => told.push(text) > 0)
  try {
    process.argv = ['node', 'kit-jwt', 'mint']
    await command()
    expect(process.exitCode).toBe(2)
    expect(told).toEqual(["kit-jwt: there is no command 'mint'; see 'kit-jwt --help'.\n"])
  } finally {
    process.argv = argv
    process.exitCode = exitCode
    for (const [index, stream] of streams.entries())
      for (const listener of stream.listeners('error'))
        if (!listeners[index]?.includes(listener)) stream.removeListener('error', listener as () => void)
  }
})
