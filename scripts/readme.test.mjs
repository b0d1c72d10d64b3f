// The README's first token, run as it is printed, in both languages.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { python, root } from './setup.mjs'

const text = readFileSync(join(root, 'README.md'), 'utf8')
const block = (language) => new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(text)[1]

test('the first token in TypeScript', () => {
  const cwd = join(root, 'examples', 'gateway')
  const run = spawnSync(process.execPath, ['--input-type=module', '-'], { cwd, input: block('ts'), encoding: 'utf8' })
  assert.equal(run.stdout, "u1 [ 'read:data' ]\n{ sub: 'gateway' }\n", run.stderr)
})

test('the first token in Python', () => {
  const run = spawnSync(python, ['-'], { input: block('python'), encoding: 'utf8' })
  assert.equal(run.stdout.replaceAll('\r\n', '\n'), "u1 ('read:data',)\ngateway\n", run.stderr)
})
