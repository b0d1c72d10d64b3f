// The vectors, for each face that must give their answers.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { isVectorFile, runTest, type VectorFile, type VectorTest } from '../src/conformance'

const folder = fileURLToPath(new URL('../../../conformance/vectors/', import.meta.url))

/** Every file, or those of some kinds. */
export function vectorFiles(...kinds: string[]): VectorFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const file: unknown = JSON.parse(readFileSync(folder + name, 'utf8'))
      if (!isVectorFile(file)) throw new Error(`${name} is not a file of vectors, format 1`)
      return file
    })
    .filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
}

/** One test for each vector. */
export function testVectors(files: readonly VectorFile[], isMeant: (vector: VectorTest) => boolean = () => true): void {
  for (const file of files)
    describe(file.suite, () => {
      for (const { tests } of file.groups)
        for (const vector of tests.filter(isMeant))
          test(`${vector.id} ${vector.comment}`, async () => {
            const result = await runTest(file, vector)
            // Compared only for what it shows: `passed` knows what is compared and what is not.
            if (!result.passed) expect(result.got).toEqual(result.expected)
            expect(result.passed).toBe(true)
          })
    })
}
