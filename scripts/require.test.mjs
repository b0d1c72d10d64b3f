import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('./require.cjs', import.meta.url))
const root = fileURLToPath(new URL('..', import.meta.url))
const posix = process.platform !== 'win32'

/** Runs `command` with nothing on the PATH but what `programs` holds: a name and a shell script each. */
function withOnly(programs, command, args) {
  const folder = mkdtempSync(join(tmpdir(), 'kit-path-'))
  try {
    for (const [name, body] of Object.entries(programs)) {
      if (body.startsWith('/')) symlinkSync(body, join(folder, name))
      else {
        writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`)
        chmodSync(join(folder, name), 0o755)
      }
    }
    return spawnSync(command, args, { cwd: root, encoding: 'utf8', env: { PATH: folder } })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const oneSentence = /^kit-jwt needs [^\n]+\.\n$/

test('this machine is good enough', () => {
  const run = spawnSync(process.execPath, [script], { encoding: 'utf8' })
  assert.equal(run.stderr, '')
  assert.equal(run.status, 0)
})

test('a missing Python gets one sentence', { skip: !posix && 'shell scripts stand in for programs' }, () => {
  const run = withOnly({}, process.execPath, [script])
  assert.match(run.stderr, oneSentence)
  assert.match(run.stderr, /no Python was found/)
  assert.equal(run.status, 1)
})

test('a too old Python gets one sentence with its version', { skip: !posix && 'shell scripts stand in' }, () => {
  const run = withOnly({ python3: 'echo 3.9.2' }, process.execPath, [script])
  assert.match(run.stderr, oneSentence)
  assert.match(run.stderr, /3\.9\.2/)
  assert.equal(run.status, 1)
})

test('a newer Python under another name is found', { skip: !posix && 'shell scripts stand in' }, () => {
  const run = withOnly({ python3: 'echo 3.9.2', 'python3.13': 'echo 3.13.1' }, process.execPath, [script])
  assert.equal(run.stderr, '')
  assert.equal(run.status, 0)
})

test('a too old Node gets one sentence with its version', () => {
  const old = `Object.defineProperty(process.versions, 'node', { value: '18.20.4' }); require(${JSON.stringify(script)})`
  const run = spawnSync(process.execPath, ['-e', old], { encoding: 'utf8' })
  assert.match(run.stderr, oneSentence)
  assert.match(run.stderr, /18\.20\.4/)
  assert.equal(run.status, 1)
})

test('make says in one sentence that Node is missing', { skip: !posix && 'make is not needed on Windows' }, () => {
  const make = spawnSync('sh', ['-c', 'command -v make'], { encoding: 'utf8' }).stdout.trim()
  assert.notEqual(make, '', 'make is needed to test the Makefile')
  const run = withOnly({ sh: '/bin/sh' }, make, ['--no-print-directory', 'demo'])
  assert.match(run.stderr, /^kit-jwt needs Node\.js [^\n]+\.\n/)
  assert.notEqual(run.status, 0)
})
