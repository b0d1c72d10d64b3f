// Builds what a release publishes into one folder: the npm tarballs, the Python distributions, the JSR package.
//   node scripts/release/artifacts.mjs FOLDER
import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { layOutJsr } from '../jsr.mjs'
import { python, root, run, setup } from '../setup.mjs'

const [given] = process.argv.slice(2)
if (given === undefined) {
  process.stderr.write('node scripts/release/artifacts.mjs FOLDER\n')
  process.exit(2)
}
setup()
const folder = resolve(given)
rmSync(folder, { recursive: true, force: true })
for (const part of ['npm', 'python']) mkdirSync(join(folder, part), { recursive: true })
for (const workspace of ['packages/jwt', 'packages/issuer', 'packages/http', 'packages/redis', 'conformance'])
  run('npm', ['pack', '--ignore-scripts', '--pack-destination', join(folder, 'npm')], { cwd: join(root, workspace) })
for (const project of ['python', 'conformance'])
  run(python, ['-m', 'hatchling', 'build', '-d', join(folder, 'python')], { cwd: join(root, project) })
layOutJsr(join(folder, 'jsr'))
