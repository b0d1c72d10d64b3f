import { readFileSync } from 'node:fs'

/** The tests of a file of conformance/issuer. */
export const testsOf = <Test>(name: string): readonly (Test & { readonly id: string; readonly comment: string })[] => {
  const url = new URL(`../../../conformance/issuer/${name}.json`, import.meta.url)
  const file = JSON.parse(readFileSync(url, 'utf8')) as { tests: (Test & { id: string; comment: string })[] }
  if (file.tests.length === 0) throw new Error(`${name}: no tests`)
  return file.tests
}
