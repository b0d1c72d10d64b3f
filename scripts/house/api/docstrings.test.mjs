// The docstrings of @kit/jwt: complete, and their examples run.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { writeExamples } from './examples.mjs'
import { gaps } from './gaps.mjs'
import { surroundings } from './prelude.mjs'
import { application, members } from './typescript.mjs'

const app = await application()
const project = await app.convert()

test('everything that is referred to is documented', () => {
  assert.equal(app.logger.hasWarnings() || app.logger.hasErrors(), false)
})

test('every public name says what it takes, gives and shows', () => {
  assert.deepEqual(
    [...members(project)].flatMap((member) => [...gaps(member)]),
    [],
  )
})

const prelude = new URL('prelude.mjs', import.meta.url)
const { modules, folder, fixtures } = writeExamples(project, fileURLToPath(prelude), Object.keys(await surroundings()))

test('there are examples', () => {
  assert.ok(modules.length > 80 && fixtures > 1, `${modules.length}, ${fixtures}`)
})

for (const { name, path } of modules)
  test(`the example of ${name} runs`, async () => {
    const { run } = await import(pathToFileURL(path).href)
    await run(name.startsWith('testing: '))
  })

test('the examples of the fixtures run in vitest', () => {
  const vitest = join(createRequire(import.meta.url).resolve('vitest/package.json'), '..', 'vitest.mjs')
  const run = spawnSync(process.execPath, [vitest, 'run', '--root', folder, '--reporter=json'], { encoding: 'utf8' })
  const { numPassedTests, numFailedTests } = JSON.parse(run.stdout)
  assert.deepEqual({ numPassedTests, numFailedTests }, { numPassedTests: fixtures, numFailedTests: 0 }, run.stderr)
})
