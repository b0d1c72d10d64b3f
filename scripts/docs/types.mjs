// Type-checks the TypeScript snippets as they are printed, all at once: running them drops their types unread.
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { root } from '../setup.mjs'
import { runProgram } from './sandbox.mjs'

const OPTIONS = {
  strict: true,
  noEmit: true,
  target: 'ES2022',
  lib: ['ES2022', 'DOM', 'DOM.Iterable'],
  module: 'NodeNext',
  moduleResolution: 'NodeNext',
  moduleDetection: 'force',
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  types: ['node'],
  typeRoots: [join(root, 'node_modules', '@types')],
}

/** @returns `{ file, line, message }` of each complaint about the files of `typesFolder` */
export async function checkTypes(typesFolder) {
  writeFileSync(join(typesFolder, 'tsconfig.json'), JSON.stringify({ compilerOptions: OPTIONS, include: ['*.ts'] }))
  const tsc = join(createRequire(import.meta.url).resolve('typescript/package.json'), '..', 'bin', 'tsc')
  const { status, stdout, stderr } = await runProgram(process.execPath, [tsc, '--pretty', 'false', '-p', '.'], {
    cwd: typesFolder,
    env: process.env,
  })
  const complaints = [...stdout.matchAll(/^(\S+?)\((\d+),\d+\): error (.+)$/gm)].map(([, file, line, message]) => ({
    file,
    line: Number(line),
    message,
  }))
  if (status !== 0 && complaints.length === 0) return [{ file: '', line: 0, message: `${stdout}${stderr}`.trim() }]
  return complaints
}
