// node scripts/house/licences.mjs [--check]: writes docs/licences.md, or compares; fails where a licence is not allowed.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { python, root } from '../setup.mjs'

/** What a user of the packages gets with them: no more than a notice may be asked. */
const RUNTIME = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MIT-0']

/** What is used to build and to test, and is shipped to nobody. */
const DEVELOPMENT = [
  ...RUNTIME,
  ...[
    'Artistic-2.0',
    'BlueOak-1.0.0',
    'CC-BY-3.0',
    'CC-BY-4.0',
    'CC0-1.0',
    'LGPL-3.0-or-later',
    'MPL-2.0',
    'PSF-2.0',
    'Python-2.0',
    'WTFPL',
  ],
]

/** Packages that write their licence in a way of their own; each was read. */
const AS_READ = { 'node-20': 'MIT', spawndamnit: 'MIT' }

const read = (path) => readFileSync(join(root, path), 'utf8')

/** A licence is allowed when one of the alternatives of its SPDX expression is, all of it. */
export function isAllowed(licence, allowed) {
  const isWhollyAllowed = (text) => text.split(' AND ').every((one) => allowed.includes(one))
  return licence.replaceAll(/[()]/g, '').split(' OR ').some(isWhollyAllowed)
}

/** The packages of an npm lockfile: name, licence, and whether only this repository needs it. */
export function npmPackages(lock) {
  return Object.entries(JSON.parse(lock).packages)
    .filter(([path, entry]) => path.includes('node_modules/') && !entry.link)
    .map(([path, { license, dev = false, devOptional = false, optional = false }]) => {
      const name = path.split('node_modules/').at(-1)
      return { name, licence: AS_READ[name] ?? license ?? 'none', dev: dev || devOptional || optional }
    })
}

/** The names of hashed requirements, and which of them the package itself asks for. */
export function pythonRequirements(text) {
  const blocks = text.split(/\n(?=\S)/).filter((block) => /^[\w.-]+==/.test(block))
  const parents = new Map(blocks.map((block) => [block.match(/^[\w.-]+/)[0], block.split('# via')[1] ?? '']))
  const isRuntime = (name) => {
    const via = [...(parents.get(name) ?? '').matchAll(/[\w.-]+(?: \(.*\))?/g)].map(([one]) => one)
    return via.some((one) => one === 'kit-jwt (pyproject.toml)' || (one !== name && parents.has(one) && isRuntime(one)))
  }
  return [...parents.keys()].map((name) => ({ name, dev: !isRuntime(name) }))
}

function installedLicences() {
  const done = spawnSync(python, [join(root, 'python', 'house', 'licences.py')], { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(done.stderr)
  return JSON.parse(done.stdout)
}

function pythonPackages() {
  const known = JSON.parse(read('scripts/house/python-licences.json'))
  const found = new Map()
  for (const file of ['python/requirements-dev.txt', 'python/requirements-mutants.txt'])
    for (const one of pythonRequirements(read(file))) if (!found.get(one.name) || !one.dev) found.set(one.name, one)
  const installed = installedLicences()
  const faults = [
    ...[...found.keys()].filter((name) => !(name in known)).map((name) => `${name}: not in python-licences.json`),
    ...Object.keys(known)
      .filter((name) => !found.has(name))
      .map((name) => `${name}: no requirement any more`),
    ...[...found.keys()]
      .filter((name) => name in installed && name in known && installed[name] !== known[name])
      .map((name) => `${name}: says ${installed[name]}, and python-licences.json says ${known[name]}`),
  ]
  return { packages: [...found.values()].map((one) => ({ ...one, licence: known[one.name] ?? 'none' })), faults }
}

const refused = (packages) =>
  packages
    .filter(({ licence, dev }) => !isAllowed(licence, dev ? DEVELOPMENT : RUNTIME))
    .map(({ name, licence }) => `${name}: ${licence} is not allowed here`)

function rows(packages) {
  const byLicence = Map.groupBy?.(packages, ({ licence }) => licence) ?? group(packages)
  return [...byLicence]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([licence, list]) => `| ${licence} | ${[...new Set(list.map(({ name }) => name))].sort().join(', ')} |`)
}

function group(packages) {
  const groups = new Map()
  for (const one of packages) groups.set(one.licence, [...(groups.get(one.licence) ?? []), one])
  return groups
}

const table = (packages) => ['| licence | packages |', '|---|---|', ...rows(packages)].join('\n')

function page(npm, py) {
  const runtime = (packages) => table(packages.filter(({ dev }) => !dev))
  const development = (packages) => table(packages.filter(({ dev }) => dev))
  return `# Licences of dependencies

Written by \`npm run docs:licences\` from the lockfiles, and checked by \`make test\`. Everything here is under the MIT licence;
below is what it stands on.

## What users get

With \`@kit/jwt\`:

${runtime(npm)}

With \`kit-jwt\`:

${runtime(py)}

## What is only used to build and to test

From npm:

${development(npm)}

From PyPI:

${development(py)}
`
}

function main(check) {
  const npm = npmPackages(read('package-lock.json'))
  const hosts = npmPackages(read('conformance/runtimes/package-lock.json')).map((one) => ({ ...one, dev: true }))
  const { packages: py, faults } = pythonPackages()
  const all = [...npm, ...hosts]
  const wrong = [...faults, ...refused(all), ...refused(py)]
  const text = page(all, py)
  if (!check) writeFileSync(join(root, 'docs', 'licences.md'), text)
  else if (read('docs/licences.md') !== text) wrong.push('docs/licences.md: not what `npm run docs:licences` writes')
  for (const fault of wrong) process.stderr.write(`${fault}\n`)
  process.exitCode = wrong.length > 0 ? 1 : 0
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) main(process.argv.includes('--check'))
