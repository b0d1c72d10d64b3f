// Where npm put the runtimes that are programs.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { here } from './install.mjs'

const modules = join(here, 'node_modules')
const windows = process.platform === 'win32'

/** The version of an installed package. */
export const versionOf = (name) => JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')).version

/** A file in the one package of a scope that npm took for this system. */
const inScope = (scope, ...path) =>
  readdirSync(join(modules, scope))
    .map((name) => join(modules, scope, name, ...path))
    .find((file) => existsSync(file))

export const denoPath = () => inScope('@deno', windows ? 'deno.exe' : 'deno')
export const bunPath = () => inScope('@oven', 'bin', windows ? 'bun.exe' : 'bun')
export const nodePath = (major) => join(modules, `node-${major}`, 'bin', 'node')
