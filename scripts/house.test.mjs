// The rules of the repository that a machine can check.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path) => readFileSync(join(root, path), 'utf8')
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(root, path)))
const code = files.filter((path) => /\.(ts|mts|js|mjs|cjs|py)$/.test(path))

test('no source file is longer than 250 lines', () => {
  const long = code
    .filter((path) => !/(^|\/)(tests?|bench)\//.test(path) && !/\.test\.m?[jt]s$/.test(path))
    .filter((path) => read(path).split('\n').length > 251)
  assert.deepEqual(long, [])
})

test('no file has a name that says nothing', () => {
  assert.deepEqual(
    files.filter((path) => /(^|\/)(utils?|helpers?|common|misc|manager)(\.|\/)/i.test(path)),
    [],
  )
})

test('both cores have the same rooms', () => {
  const rooms = (prefix, extension) =>
    code
      .filter((path) => path.startsWith(prefix) && path.endsWith(extension))
      .map((path) => path.slice(prefix.length, -extension.length).replaceAll('-', '_'))
  // What is a package of its own in one language is a room in the other.
  const others = ['issuer', 'http', 'redis'].flatMap((name) =>
    rooms(`packages/${name}/src/`, '.ts').map((room) => `${name}/${room}`),
  )
  const typescript = new Set([...rooms('packages/jwt/src/', '.ts'), ...others])
  const python = new Set(rooms('python/src/kit_jwt/', '.py').filter((room) => !/(^|\/)__(init|main)__$/.test(room)))
  const only = JSON.parse(read('conformance/rooms.json'))
  const without = (a, b) => [...a].filter((room) => !b.has(room)).sort()
  assert.deepEqual(without(typescript, python), Object.keys(only.typescript).sort())
  assert.deepEqual(without(python, typescript), Object.keys(only.python).sort())
})

test('actions are pinned by hash and workflows ask for no more than they need', () => {
  const workflows = files.filter((path) => path.startsWith('.github/workflows/'))
  assert.notEqual(workflows.length, 0)
  for (const path of workflows) {
    const text = read(path)
    for (const [, action] of text.matchAll(/uses:\s*(\S+)/g))
      assert.match(action, /@[0-9a-f]{40}$/, `${path}: ${action}`)
    assert.match(text, /^permissions:\n {2}contents: read$/m, path)
  }
})

test('the lockfile has the packages of every system', () => {
  const { packages } = JSON.parse(read('package-lock.json'))
  // Where Node.js looks for a package: beside the one that wants it, then further up.
  const isThere = (path, name) => {
    if (`${path}${path && '/'}node_modules/${name}` in packages) return true
    return (
      path !== '' &&
      isThere(
        path
          .split(/\/?node_modules\//)
          .slice(0, -1)
          .join('/node_modules/'),
        name,
      )
    )
  }
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !isThere(path, name))
      .map((name) => `${path}: ${name}`),
  )
  assert.deepEqual(missing, [])
})

test('lockfiles name no address', () => {
  const named = (pattern) => files.filter((path) => pattern.test(path))
  const locks = named(/(^|\/)package-lock\.json$/)
  const requirements = named(/(^|\/)requirements[-\w]*\.txt$/)
  assert.ok(locks.includes('package-lock.json') && requirements.includes('python/requirements-dev.txt'))
  for (const path of locks) {
    assert.equal(/"resolved": "\w+:/.test(read(path)), false, path)
    assert.equal(read(path).includes('"integrity"'), true, path)
  }
  for (const path of requirements) {
    assert.equal(/https?:/.test(read(path)), false, path)
    assert.equal(read(path).includes('--hash=sha256:'), true, path)
  }
})
