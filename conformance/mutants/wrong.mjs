/** Wrong versions of one file: the sentence that says what is wrong, the text that stands once in the file, its replacement. */
export const wrong = (file, versions) =>
  Object.entries(versions).map(([name, [find, replace]]) => ({ name, file, find, replace }))

/** Wrong versions of what only the portable backend of TypeScript uses. */
export const wrongOnWeb = (file, versions) => wrong(file, versions).map((one) => ({ ...one, backend: 'web' }))

/**
 * Wrong versions that no vector can see, and what tests of the language must:
 * `packages/jwt/test/NAME.test.ts` or `python/tests/NAME.py`.
 */
export const seenByTests = (tests, versions) => versions.map((one) => ({ ...one, tests }))

/** Replaces the one place where `find` stands. */
export function patch(text, { find, replace, file }) {
  const places = text.split(find).length - 1
  if (places !== 1) throw new Error(`does not apply: its text stands ${places} times in ${file}`)
  const patched = text.replace(find, () => replace)
  if (patched === text) throw new Error('changes nothing')
  return patched
}
