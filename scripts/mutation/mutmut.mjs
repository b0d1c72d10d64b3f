// mutmut on the Python rooms, with the vectors and the tests of those rooms.
import { appendFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { python, root, run as runOnce } from '../setup.mjs'
import { copyOf, run } from './workplace.mjs'

const ROOMS = ['token', 'keys', 'auth']
// Not the published suites and the stock libraries: they confirm what the vectors say, slowly.
const TESTS = ['vectors', 'claims', 'keys', 'policy', 'kit', 'errors', 'sources', 'later'].map(
  (name) => `tests/test_${name}.py`,
)

/** @returns `{ rooms: { room: number of mutants }, survivors: [{ room, where, change }] }` */
export async function mutmut(only) {
  const requirements = join(root, 'python', 'requirements-mutants.txt')
  runOnce(python, ['-m', 'pip', 'install', '--quiet', '--require-hashes', '-r', requirements])
  const cwd = join(copyOf('python', ['python', 'conformance']), 'python')
  const globs = ROOMS.filter((room) => only === undefined || only.startsWith(room)).map((room) =>
    only?.includes('/') ? `src/kit_jwt/${only}.py` : `src/kit_jwt/${room}/*`,
  )
  appendFileSync(
    join(cwd, 'pyproject.toml'),
    `
[tool.mutmut]
source_paths = ["src"]
only_mutate = ${JSON.stringify(globs)}
pytest_add_cli_args_test_selection = ${JSON.stringify(TESTS)}
pytest_add_cli_args = ["-p", "no:randomly", "-p", "no:cacheprovider", "-q"]
use_git_change_detection = false
`,
  )
  // The tests look for the vectors beside the folder that they stand in, and mutmut moves that folder one level down.
  symlinkSync(join(cwd, '..', 'conformance'), join(cwd, 'conformance'), 'junction')
  const tool = (...args) => run(python, ['-m', 'mutmut', ...args], { cwd })
  const { status, output } = await tool('run', '--max-children', '2')
  if (status !== 0) throw new Error(`mutmut failed:\n${output.slice(-4000)}`)
  return read((await tool('results', '--all', 'true')).output, async (name) => (await tool('show', name)).output)
}

async function read(results, show) {
  const rooms = {}
  const survivors = []
  for (const [, name, status] of results.matchAll(/^\s*(kit_jwt\.\S+): (.+)$/gm)) {
    const room = name.split('.').slice(1, 3).join('/')
    rooms[room] = (rooms[room] ?? 0) + 1
    if (!['survived', 'no tests', 'suspicious'].includes(status)) continue
    const where = name.replace(/__mutmut_\d+$/, '').replace(/^kit_jwt\./, '')
    survivors.push({ room, where, change: changeOf(await show(name)) })
  }
  return { rooms, survivors }
}

/** The changed lines of a diff. */
function changeOf(diff) {
  return diff
    .split('\n')
    .filter((line) => /^[-+](?![-+])/.test(line))
    .map((line) => `${line[0]} ${line.slice(1).trim()}`)
    .join('\n')
}
