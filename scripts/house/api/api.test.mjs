// What the docstrings of both languages say: complete, true, and written to docs/api.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { CODES, differences, expectedCodes, said, sayingsOfPython, sayingsOfTypeScript } from './codes.mjs'
import { writeExamples } from './examples.mjs'
import { gaps } from './gaps.mjs'
import { surroundings } from './prelude.mjs'
import { compared, writers } from './reference.mjs'
import { members } from './typescript.mjs'

const packages = await writers()
const all = packages.flatMap(({ name, project }) => [...members(project, name)])

test('everything that is referred to is documented', () => {
  for (const { app } of packages) assert.equal(app.logger.hasWarnings() || app.logger.hasErrors(), false)
})

test('every public name of TypeScript says what it takes, gives and shows', () => {
  assert.deepEqual(
    all.flatMap((member) => [...gaps(member)]),
    [],
  )
})

const languages = { typescript: sayingsOfTypeScript(all), python: sayingsOfPython() }

test('both languages name the same codes', () => {
  assert.deepEqual([...differences(languages.typescript, languages.python)], [])
})

for (const [language, sayings] of Object.entries(languages)) {
  test(`what vectors expect is named where it is refused, in ${language}`, () => {
    const unsaid = [...expectedCodes()].filter(
      ({ code, calls }) => !calls.some((name) => said(sayings, name).includes(code)),
    )
    assert.deepEqual(unsaid, [])
  })

  test(`no code is left unnamed in ${language}`, () => {
    const named = new Set(Object.keys(sayings).flatMap((name) => said(sayings, name)))
    assert.deepEqual(
      CODES.filter((code) => !named.has(code)),
      [],
    )
  })
}

for (const { language, is, wouldBe } of await compared(packages))
  test(`docs/api/${language} is what \`npm run docs:api\` writes`, () => {
    assert.deepEqual(Object.keys(is), Object.keys(wouldBe))
    const stale = Object.keys(is).filter((path) => is[path] !== wouldBe[path])
    assert.deepEqual(stale, [])
  })

const prelude = new URL('prelude.mjs', import.meta.url)
const { modules, folder, fixtures } = writeExamples(all, prelude.href, Object.keys(await surroundings()))

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
