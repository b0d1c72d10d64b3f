// Stryker on the TypeScript rooms, with the vectors and the tests of those rooms.
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../setup.mjs'
import { copyOf, run } from './workplace.mjs'

const ROOMS = ['token', 'keys', 'auth']
const TESTS = [
  'vectors',
  'kit',
  'reading',
  'encoding',
  'errors',
  'keys',
  'policy',
  'delegation',
  'stores',
  'sources',
  'config',
]

/** @returns `{ rooms: { room: number of mutants }, survivors: [{ room, where, change }] }` */
export async function stryker(only) {
  const workplace = copyOf('typescript', ['packages/jwt', 'conformance', 'package.json', 'tsconfig.base.json'])
  symlinkSync(join(root, 'node_modules'), join(workplace, 'node_modules'), 'junction')
  const cwd = join(workplace, 'packages', 'jwt')
  symlinkSync(join(root, 'packages', 'jwt', 'node_modules'), join(cwd, 'node_modules'), 'junction')
  const config = {
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'vitest.mutants.config.ts', related: false },
    coverageAnalysis: 'perTest',
    mutate: ROOMS.filter((room) => only === undefined || only.startsWith(room)).map((room) =>
      only?.includes('/') ? `src/${only}.ts` : `src/${room}/**/*.ts`,
    ),
    reporters: ['json'],
    jsonReporter: { fileName: 'stryker.json' },
    concurrency: 2,
    inPlace: true,
    tempDirName: '.stryker-tmp',
  }
  writeFileSync(join(cwd, 'stryker.config.json'), JSON.stringify(config))
  const tests = { ...process.env, KIT_TESTS: TESTS.join() }
  const { status, output } = await run(join(root, 'node_modules', '.bin', 'stryker'), ['run'], { cwd, env: tests })
  if (status !== 0) throw new Error(`Stryker failed:\n${output.slice(-4000)}`)
  const report = JSON.parse(readFileSync(join(cwd, 'stryker.json'), 'utf8'))
  // A file of tests that cannot be loaded kills nothing, and Stryker does not say so.
  const silent = TESTS.filter((name) => !report.testFiles[`test/${name}.test.ts`]?.tests.length)
  if (silent.length > 0) throw new Error(`these tests did not run: ${silent.join(', ')}`)
  return read(report)
}

function read({ files }) {
  const rooms = {}
  const survivors = []
  for (const [path, { source, mutants }] of Object.entries(files)) {
    const room = path.replace(/^src\//, '').replace(/\.ts$/, '')
    const lines = source.split('\n')
    for (const mutant of mutants) {
      if (['CompileError', 'Ignored'].includes(mutant.status)) continue
      rooms[room] = (rooms[room] ?? 0) + 1
      if (['Killed', 'Timeout', 'RuntimeError'].includes(mutant.status)) continue
      survivors.push({ room, where: room, change: changeOf(lines, mutant) })
    }
  }
  return { rooms, survivors }
}

/** The lines that a mutant replaces, and what it makes of them, as in a diff. */
function changeOf(lines, { location: { start, end }, replacement }) {
  const before = lines.slice(start.line - 1, end.line)
  const after = `${before[0].slice(0, start.column - 1)}${replacement}${before.at(-1).slice(end.column - 1)}`.split(
    '\n',
  )
  const marked = (mark, list) => list.map((line) => `${mark} ${line.trim()}`)
  return [...marked('-', before), ...marked('+', after)].join('\n')
}
