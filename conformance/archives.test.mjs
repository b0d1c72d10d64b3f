// The suite is published twice, as @kit/conformance and as kit-jwt-conformance: both must carry the same files.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { python, root } from '../scripts/setup.mjs'
import { readJson } from './lint/files.mjs'

const folder = join(root, 'conformance')
const work = mkdtempSync(join(tmpdir(), 'kit-jwt-conformance-'))
after(() => rmSync(work, { recursive: true }))

const run = (command, args, env = {}) => {
  const done = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32' && command === 'npm',
    env: { ...process.env, ...env },
  })
  assert.equal(done.status, 0, done.stderr)
  return done.stdout
}

const [packed] = JSON.parse(run('npm', ['pack', '--dry-run', '--json', '--loglevel', 'silent']))
run(python, ['-m', 'hatchling', 'build', '-t', 'wheel', '-d', work])
const [wheel] = readdirSync(work)
run(python, [
  '-m',
  'pip',
  'install',
  '--quiet',
  '--no-deps',
  '--no-index',
  '--target',
  join(work, 'site'),
  join(work, wheel),
])
const module = join(work, 'site', 'kit_jwt_conformance')

const below = (path) =>
  readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(path.length + 1)
        .replaceAll('\\', '/'),
    )

test('both archives carry the same data, and all vectors of the checkout', () => {
  const data = packed.files.map(({ path }) => path).filter((path) => path.endsWith('.json') && path !== 'package.json')
  assert.deepEqual(below(module).sort(), data.sort())
  assert.deepEqual(
    data.filter((path) => path.startsWith('vectors/')),
    readdirSync(join(folder, 'vectors'))
      .sort()
      .map((name) => `vectors/${name}`),
  )
  for (const path of data) assert.deepEqual(readFileSync(join(module, path)), readFileSync(join(folder, path)), path)
})

test('both archives carry the licence and how the data is read', () => {
  const paths = packed.files.map(({ path }) => path)
  assert.ok(paths.includes('LICENSE') && paths.includes('README.md'))
  const info = join(
    work,
    'site',
    readdirSync(join(work, 'site')).find((name) => name.endsWith('.dist-info')),
  )
  assert.ok(readFileSync(join(info, 'METADATA'), 'utf8').includes('# Conformance'))
  assert.ok(readdirSync(join(info, 'licenses')).includes('LICENSE'))
})

test('both have one version', () => {
  assert.ok(wheel.startsWith(`kit_jwt_conformance-${readJson('package.json').version}-`), wheel)
})

test('the module says where its data is', () => {
  const program = 'import kit_jwt_conformance as c; print(c.VECTORS); print(len(list(c.VECTORS.glob("*.json"))))'
  const [path, count] = run(python, ['-c', program], { PYTHONPATH: join(work, 'site') }).split(/\r?\n/)
  assert.equal(path, join(module, 'vectors'))
  assert.equal(Number(count), readdirSync(join(folder, 'vectors')).length)
})

test('a source distribution builds the same wheel', () => {
  run(python, ['-m', 'hatchling', 'build', '-t', 'sdist', '-d', work])
  const list = 'import sys, tarfile; print("\\n".join(tarfile.open(sys.argv[1]).getnames()))'
  const source = readdirSync(work).find((name) => name.endsWith('.tar.gz'))
  const names = run(python, ['-c', list, join(work, source)]).split(/\r?\n/)
  for (const { path } of packed.files.filter(({ path }) => path.endsWith('.json')))
    assert.ok(
      names.some((name) => name.endsWith(`/${path}`)),
      path,
    )
  assert.equal(
    names.some((name) => name.includes('/generator/')),
    false,
  )
})
