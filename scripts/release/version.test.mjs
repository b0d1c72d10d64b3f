import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { follow, versionOf } from './version.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const PLACES = ['python/pyproject.toml', 'python/src/kit_jwt/__init__.py']
const linesOf = (folder) =>
  PLACES.map((path) => /^(?:__)?version(?:__)? = "(.*)"$/m.exec(readFileSync(join(folder, path), 'utf8'))[1])

test('all packages go by one number', () => {
  assert.deepEqual(new Set(linesOf(root)), new Set([versionOf()]))
  for (const name of ['packages/issuer', 'packages/http', 'packages/redis', 'conformance']) {
    const path = `${name}/package.json`
    const { version, dependencies = {} } = JSON.parse(readFileSync(join(root, path), 'utf8'))
    assert.equal(version, versionOf(), path)
    assert.equal(dependencies['@kit/jwt'] ?? version, version, path)
  }
})

test('a new number is written where Python has it, as Python writes it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kit-version-'))
  try {
    for (const path of PLACES) cpSync(join(root, path), join(folder, path))
    for (const [version, python] of [
      ['1.2.3', '1.2.3'],
      ['1.2.0-rc.1', '1.2.0rc1'],
      ['1.2.0-beta.2', '1.2.0b2'],
      ['1.2.0-alpha.3', '1.2.0a3'],
    ]) {
      follow(version, folder)
      assert.deepEqual(new Set(linesOf(folder)), new Set([python]))
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})
