// The benchmark beside a package that is installed, not linked: Bun takes the paths of a package's own `tsconfig.json` before
// those of its `package.json`, and a linked package has one.
import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../scripts/setup.mjs'
import { bench } from './programs.mjs'

/** Copies what runs, links the libraries, and gives the folder. */
export function installedFolder(folder) {
  rmSync(folder, { recursive: true, force: true })
  const packages = join(folder, 'node_modules')
  const kit = join(packages, '@kit', 'jwt')
  mkdirSync(kit, { recursive: true })
  for (const name of ['candidates', 'core', 'hosts', 'package.json'])
    cpSync(join(bench, name), join(folder, name), { recursive: true })
  for (const name of ['dist', 'package.json'])
    cpSync(join(root, 'packages', 'jwt', name), join(kit, name), { recursive: true })
  for (const name of readdirSync(join(bench, 'node_modules')))
    if (!name.startsWith('.')) symlinkSync(join(bench, 'node_modules', name), join(packages, name), 'junction')
  return folder
}
