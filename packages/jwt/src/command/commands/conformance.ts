import { isVectorFile, type Result, runFile, type VectorFile } from '../../conformance'
import { canonicalize } from '../../encoding/jcs'
import type { JsonObject } from '../../encoding/json-value'
import type { Command } from '../command'
import { CommandFailure, EXIT } from '../failure'
import { readSource, readText, requireOneInput, sourceName } from '../inputs'
import type { Output } from '../output'
import { printable } from '../style'
import { FileFault, type World } from '../world'

/** Characters of what was expected, and of what came: machines get all of it. */
const LONGEST = 400
const CLEAR = '\r\u001b[K'

interface Source {
  readonly name: string
  readonly file: VectorFile
}

/** `kit-jwt conformance`: this installation, held to vectors. */
export const conformance: Command = async ({ operands }, world, output) => {
  // All files first: a mistake in the last is told before any test runs.
  const sources = operands.length > 0 ? await readNamed(operands, output) : readInstalled(world)
  const width = Math.max(...sources.map(({ name }) => [...name].length))
  let passed = 0
  let failed = 0
  for (const [index, { name, file }] of sources.entries()) {
    progress(output, `${index + 1} of ${sources.length}: ${name} …`)
    const results = await runFile(file)
    progress(output, '')
    const failures = results.filter((result) => !result.passed)
    passed += results.length - failures.length
    failed += failures.length
    const counts = countsOf(results.length - failures.length, failures.length)
    const line = `${name}${' '.repeat(width - [...name].length)}  ${counts}\n`
    if (output.isJson) for (const result of results) output.result(lineOf(result), '')
    else world.write('stdout', line + failures.map((failure) => describe(failure, output)).join(''))
  }
  const total = `${passed} passed, ${failed} failed`
  if (!output.isJson) world.write('stdout', `${output.style(failed === 0 ? 'green' : 'red', total)}\n`)
  return failed === 0 ? EXIT.ok : EXIT.refused
}

const countsOf = (passed: number, failed: number): string =>
  failed === 0 ? `${passed} passed` : `${passed} passed, ${failed} failed`

async function readNamed(paths: readonly string[], output: Output): Promise<Source[]> {
  requireOneInput(paths)
  const sources: Source[] = []
  for (const path of paths)
    sources.push({ name: sourceName(path), file: parse(await readSource(output, path, 'a file of vectors'), path) })
  return sources
}

function readInstalled(world: World): Source[] {
  const folder = world.vectorFolder()
  const names = folder === undefined ? [] : listed(world, folder)
  if (names.length === 0)
    throw new CommandFailure(
      'there are no vectors here: install @kit/conformance (npm) or kit-jwt-conformance (PyPI), or name files',
    )
  return names.map((name) => ({ name, file: parse(readText(world, `${folder}/${name}`), name) }))
}

function listed(world: World, folder: string): readonly string[] {
  try {
    return world.list(folder).filter((name) => name.endsWith('.json'))
  } catch (error) {
    if (error instanceof FileFault) return []
    throw error
  }
}

function parse(text: string, path: string): VectorFile {
  let file: unknown
  try {
    // The platform's own parser: tests hold what strict JSON refuses.
    file = JSON.parse(text)
  } catch {
    // Told below.
  }
  if (!isVectorFile(file)) throw new CommandFailure(`${sourceName(path)} is no file of vectors, format 1`)
  return file
}

/** Told on a terminal that can take it back. */
function progress({ isJson, world }: Output, text: string): void {
  if (!isJson && world.terminal.stderr && world.env['TERM'] !== 'dumb') world.write('stderr', CLEAR + text)
}

const lineOf = ({ id, passed, expected, got }: Result): JsonObject => ({
  id,
  passed,
  expected: expected as JsonObject,
  got: got as JsonObject,
})

function describe({ id, expected, got }: Result, { style }: Output): string {
  const lines = [
    ['expected', expected],
    ['got', got],
  ] as const
  const shown = lines.map(([name, value]) => `    ${name.padEnd('expected'.length)}  ${cut(value as JsonObject)}\n`)
  return `  ${style('red', printable(id))}\n${shown.join('')}`
}

function cut(value: JsonObject): string {
  const characters = [...printable(canonicalize(value))]
  return characters.length <= LONGEST ? characters.join('') : `${characters.slice(0, LONGEST - 1).join('')}…`
}
