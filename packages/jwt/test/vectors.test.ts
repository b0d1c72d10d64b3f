import { expect, test } from 'vitest'
import { testVectors, vectorFiles } from './vectors'

const files = vectorFiles()

test('there are vectors', () => {
  expect(files.length).toBeGreaterThan(20)
})

testVectors(files)
