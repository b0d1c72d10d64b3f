// What a command reads: files, and standard input where no file is named. Nothing of what is read is ever told.
import { isJsonObject, type JsonObject, type JsonValue } from '../encoding/json-value'
import { parseJson } from '../encoding/strict-json'
import { decodeUtf8 } from '../encoding/utf8'
import { CommandFailure, looksSecret, looksToken, quoted } from './failure'
import type { Output } from './output'
import { FileFault, type FileReason, type World } from './world'

const REASONS: Readonly<Record<FileReason, string>> = {
  missing: 'there is no such file',
  exists: 'it exists',
  denied: 'permission denied',
  folder: 'it is a folder',
  'too large': 'it is larger than 16 MiB',
  unreadable: 'the system refuses it',
}

const WHITE_SPACE = '\t\n\v\f\r '

/** What a source is called: the path of a file, or standard input. */
export const sourceName = (path: string | undefined): string => (isInput(path) ? 'standard input' : quoted(path))

/** The sentence for a file or a folder that cannot be read or written. */
export const faultSentence = (deed: string, name: string, reason: FileReason): string =>
  `cannot ${deed} ${name}: ${REASONS[reason]}`

/**
 * The text of a file.
 *
 * @throws CommandFailure
 */
export function readText(world: World, path: string): string {
  try {
    return textOf(world.readFile(path), quoted(path))
  } catch (error) {
    throw told(error, path)
  }
}

/**
 * The text of FILE, or of standard input where there is no FILE or it is `-`.
 *
 * @param what - what is waited for at a terminal, with its article
 * @throws CommandFailure - also where there is nothing but white space
 */
export async function readSource(output: Output, path: string | undefined, what: string): Promise<string> {
  const text = isInput(path) ? await readInput(output, what) : readText(output.world, path)
  if (trimmed(text) === '') throw new CommandFailure(`${sourceName(path)} is empty`)
  return text
}

/** Refuses to read standard input for two things. @throws CommandFailure */
export function requireOneInput(paths: readonly (string | undefined)[]): void {
  if (paths.filter(isInput).length > 1) throw new CommandFailure('standard input can be read only once')
}

/** The JSON object of a source. @throws CommandFailure */
export async function readObject(output: Output, path: string | undefined, what: string): Promise<JsonObject> {
  return objectOf(await readSource(output, path, what), sourceName(path))
}

/** The JSON object that a text holds. @throws CommandFailure - with the name of the source */
export function objectOf(text: string, name: string): JsonObject {
  const value = jsonOf(text, name)
  if (isJsonObject(value)) return value
  throw new CommandFailure(`${name} is not a JSON object`)
}

/** A text without the white space of ASCII around it. */
export function trimmed(text: string): string {
  // No regular expression: one that ends in `+$` takes quadratic time over a run of blanks within the text.
  const isBlank = (at: number): boolean => WHITE_SPACE.includes(text.charAt(at))
  let [start, end] = [0, text.length]
  while (start < end && isBlank(start)) start++
  while (end > start && isBlank(end - 1)) end--
  return text.slice(start, end)
}

/** The token of a source, without the white space around it. @throws CommandFailure */
export async function readToken(output: Output, path: string | undefined): Promise<string> {
  return trimmed(await readSource(output, path, 'a token'))
}

const isInput = (path: string | undefined): path is undefined | '-' => path === undefined || path === '-'

function jsonOf(text: string, name: string): JsonValue {
  const value = parseJson(text)
  if (value === undefined) throw new CommandFailure(`${name} is not strict JSON`)
  return value
}

async function readInput(output: Output, what: string): Promise<string> {
  if (output.world.terminal.stdin) output.note(`Paste ${what}, then press Ctrl-D.\n`)
  try {
    return textOf(await output.world.readInput(), sourceName('-'))
  } catch (error) {
    throw told(error, '-')
  }
}

function textOf(bytes: Uint8Array, name: string): string {
  const text = decodeUtf8(bytes)
  if (text === undefined) throw new CommandFailure(`${name} is not UTF-8 text`)
  // Some editors and shells write one, and no parser of tokens, JSON or .env takes it.
  if (text.startsWith('\ufeff')) throw new CommandFailure(`${name} begins with a byte order mark: save it without one`)
  return text
}

function told(error: unknown, path: string): unknown {
  if (!(error instanceof FileFault)) return error
  const { reason } = error
  // A long file name looks like a secret too: only what names no file is taken for one.
  const isNoFile = reason === 'missing' || reason === 'unreadable'
  if (isNoFile && looksToken(path))
    return new CommandFailure('a token is never an argument, where others can see it: write it to a file or pipe it in')
  if (isNoFile && looksSecret(path))
    return new CommandFailure(
      'what was given is no file; secrets, keys and JSON are never arguments, where others can see them: ' +
        'write them to a file or pipe them in',
    )
  return new CommandFailure(faultSentence('read', sourceName(path), reason))
}
