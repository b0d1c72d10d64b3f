// Files that hold secrets: the one that a path names, and `.env`.
import { decodeUtf8 } from '../../encoding/utf8'
import { isOpen } from '../variables'
import { FileFault, type FileReason, type World } from '../world'
import type { Symptom } from './findings'
import { safePath } from './shown'

const CODES: Readonly<Partial<Record<FileReason, string>>> = {
  missing: 'file_missing',
  denied: 'file_denied',
  folder: 'file_folder',
}

/** Why the file that a variable names gives no key; nothing where its text can be read. */
export function fileSymptoms(path: string, variable: string, world: World): readonly Symptom[] {
  let bytes: Uint8Array
  try {
    bytes = world.readFile(path)
  } catch (error) {
    const code = (error instanceof FileFault && CODES[error.reason]) || 'file_unreadable'
    return [[code, variable, { path: safePath(path) }]]
  }
  if (isOpen(path, world)) return [['file_mode', variable, { path: safePath(path) }]]
  if (bytes.length === 0) return [['file_empty', variable]]
  return decodeUtf8(bytes) === undefined ? [['file_not_text', variable]] : []
}

/** Folders above each other that are looked at for a repository. */
const HIGHEST = 16

/**
 * Whether a file lies in a Git repository that does not ignore it, as far as `.gitignore` files tell. Patterns with more
 * than a name in them are taken to mean the file only where they end in it.
 */
export function isTracked(path: string, world: World): boolean {
  const at = path.lastIndexOf('/') + 1
  const name = path.slice(at)
  let folder = at === 0 ? '.' : path.slice(0, at)
  let ignored: boolean | undefined
  for (let height = 0; height < HIGHEST; height++) {
    // The nearest file that says something wins.
    ignored ??= ignoredBy(textOf(`${folder}/.gitignore`, world), name)
    if (namesIn(folder, world).includes('.git')) return ignored !== true
    folder += '/..'
  }
  return false
}

function namesIn(folder: string, world: World): readonly string[] {
  try {
    return world.list(folder)
  } catch {
    return []
  }
}

function textOf(path: string, world: World): string {
  try {
    return decodeUtf8(world.readFile(path)) ?? ''
  } catch {
    return ''
  }
}

/** What the last pattern that fits says; undefined where none does. */
function ignoredBy(text: string, name: string): boolean | undefined {
  let ignored: boolean | undefined
  for (const line of text.split('\n')) {
    const pattern = line.replace(/[ \t\r]+$/, '')
    const bare = pattern.replace(/^!/, '').replace(/^\//, '')
    const isPath = bare.includes('/')
    const fits = isPath ? bare.endsWith(`/${name}`) : isLike(name, bare)
    if (fits && !pattern.startsWith('#')) ignored = !pattern.startsWith('!')
  }
  return ignored
}

/** Whether a name fits a pattern in which `*` stands for any characters and `?` for one. */
function isLike(name: string, pattern: string): boolean {
  const [letters, signs] = [[...name], [...pattern]]
  let [at, sign, star, from] = [0, 0, -1, 0]
  while (at < letters.length) {
    if (signs[sign] === '*') {
      star = sign++
      from = at
    } else if (signs[sign] === '?' || signs[sign] === letters[at]) {
      at++
      sign++
    } else if (star < 0) return false
    else {
      // The last star takes one character more.
      sign = star + 1
      at = ++from
    }
  }
  return signs.slice(sign).every((one) => one === '*')
}
