import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { isVectorFile, runTest } from '../src/conformance'

const folder = fileURLToPath(new URL('../../../conformance/vectors/', import.meta.url))
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))

test('there are vectors', () => {
  expect(files.length).toBeGreaterThan(20)
})

for (const name of files) {
  const file: unknown = JSON.parse(readFileSync(folder + name, 'utf8'))
  if (!isVectorFile(file)) throw new Error(`${name} is not a file of vectors, format 1`)
  describe(file.suite, () => {
    for (const { tests } of file.groups)
      for (const vector of tests)
        test(`${vector.id} ${vector.comment}`, async () => {
          const result = await runTest(file, vector)
          // Compared only for what it shows: `passed` knows what is compared and what is not.
          if (!result.passed) expect(result.got).toEqual(result.expected)
          expect(result.passed).toBe(true)
        })
  })
}
