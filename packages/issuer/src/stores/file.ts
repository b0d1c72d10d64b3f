import { constants } from 'node:fs'
import { type FileHandle, link, mkdir, open, readdir, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { AuthorityError } from '../errors'
import { decodeUtf8 } from '../utf8'
import type { KeyStore, StoredDocument } from './key-store'

/** Documents that stay: one who wrote on a version that is gone already lost. */
const KEPT = 16
const DIGITS = 12
const NAME = /^keys-(\d{12})\.json$/
/** A file that never got its name: whoever wrote it stopped in between. */
const UNNAMED = /^\.keys-[0-9a-f]{16}$/
const STALE_MILLISECONDS = 3_600_000
/** What the group or others may do with a file. */
const OTHERS = 0o077
/** A link could lead to another's file; Windows does not know the flag. */
const NO_FOLLOW = (constants as { readonly O_NOFOLLOW?: number }).O_NOFOLLOW ?? 0
/** More than any document has. */
const MAX_BYTES = 4 * 1024 * 1024
/** Each time a document that was listed is pruned before it is read, so many others were written. */
const TRIES = 16

const nameOf = (version: number): string => `keys-${String(version).padStart(DIGITS, '0')}.json`

/**
 * A key store in a folder, for processes that share a file system.
 *
 * Each write is a new file with the next number, which exactly one process can create: a document is written whole under a
 * name that nobody reads, flushed, and then linked. The last 16 are kept. Files are for their owner alone (mode 0600), and
 * one that is open to others is refused; Windows has no modes.
 *
 * @param folder - made where it does not exist, for its owner alone; on a file system that has hard links
 * @returns the store; it rejects with `AuthorityError`: `key_store_open`, `key_store_unavailable`
 * @example
 * const authority = await createAuthority({ store: fileKeyStore(folder), keks })
 */
export function fileKeyStore(folder: string): KeyStore {
  return {
    read: () => told(() => newest(folder)),
    writeIf: (version, text) => told(() => write(folder, version, text)),
  }
}

/** Says no more than a code of what a file system said: its errors have paths. */
async function told<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw AuthorityError.is(error) ? error : new AuthorityError('key_store_unavailable')
  }
}

const isCode = (error: unknown, code: string): boolean => (error as { code?: unknown } | undefined)?.code === code

/** The numbers of the documents, the newest first. */
async function versionsIn(folder: string): Promise<readonly number[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (isCode(error, 'ENOENT')) return []
    throw error
  })
  const numbers = names.flatMap((name) => NAME.exec(name)?.[1] ?? []).map(Number)
  return numbers.sort((a, b) => b - a)
}

async function newest(folder: string): Promise<StoredDocument | undefined> {
  for (let tries = 0; tries < TRIES; tries++) {
    const [version] = await versionsIn(folder)
    if (version === undefined) return undefined
    try {
      return { version, text: await readPrivate(join(folder, nameOf(version))) }
    } catch (error) {
      // Pruned since it was listed: there are newer ones.
      if (!isCode(error, 'ENOENT')) throw error
    }
  }
  throw new AuthorityError('key_store_unavailable')
}

async function readPrivate(path: string): Promise<string> {
  const file = await open(path, constants.O_RDONLY | NO_FOLLOW)
  try {
    // Asked of the open file: a path could be another file by the time it is read.
    const { mode, size } = await file.stat()
    if (process.platform !== 'win32' && (mode & OTHERS) !== 0) throw new AuthorityError('key_store_open')
    if (size > MAX_BYTES) throw new AuthorityError('key_document_invalid')
    const text = decodeUtf8(await file.readFile())
    if (text === undefined) throw new AuthorityError('key_document_invalid')
    return text
  } finally {
    await file.close()
  }
}

async function write(folder: string, version: number, text: string): Promise<boolean> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const [highest = 0] = await versionsIn(folder)
  if (highest !== version) return false
  const unnamed = join(folder, `.keys-${randomName()}`)
  try {
    await flushed(await open(unnamed, 'wx', 0o600), (file) => file.writeFile(text))
    if (!(await linked(unnamed, join(folder, nameOf(version + 1))))) return false
  } finally {
    await unlink(unnamed).catch(() => {})
  }
  await flushFolder(folder)
  const versions = await versionsIn(folder)
  await prune(folder, versions)
  // A number that is pruned is free again, and whoever was asleep meanwhile can create it below all others. It is known by
  // what it was written on: that is pruned too.
  return version === 0 ? (versions[0] ?? 0) <= KEPT : versions.includes(version)
}

const randomName = (): string => Buffer.from(crypto.getRandomValues(new Uint8Array(8))).toString('hex')

/** Whether the name was free: a link to a name that exists fails, whoever else tries at the same moment. */
async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  }
}

async function flushed(file: FileHandle, work: (file: FileHandle) => Promise<unknown>): Promise<void> {
  try {
    await work(file)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** The name itself must survive a loss of power. Windows cannot open a folder, and flushes names by itself. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform !== 'win32') await flushed(await open(folder, 'r'), () => Promise.resolve())
}

async function isGone(path: string): Promise<boolean> {
  try {
    await unlink(path)
    return true
  } catch (error) {
    return isCode(error, 'ENOENT')
  }
}

/** The oldest first, and none beyond one that stays, so that whatever is there is always without a gap. */
async function prune(folder: string, versions: readonly number[]): Promise<void> {
  for (const version of versions.slice(KEPT).reverse()) if (!(await isGone(join(folder, nameOf(version))))) break
  for (const name of await readdir(folder)) {
    if (!UNNAMED.test(name)) continue
    const path = join(folder, name)
    const age = Date.now() - (await stat(path).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs
    if (age > STALE_MILLISECONDS) await unlink(path).catch(() => {})
  }
}
