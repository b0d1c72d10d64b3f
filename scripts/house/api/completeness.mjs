// What every public name of @kit/jwt says of itself.

const text = (parts) =>
  (parts ?? [])
    .map((part) => part.text)
    .join('')
    .trim()
const block = (comment, tag) =>
  (comment?.blockTags ?? []).filter((one) => one.tag === tag).map((one) => text(one.content))

const SAYS_NOTHING = /^(void|never|Promise<void>|this|asserts .*)$/
const CALLABLE = ['function', 'method']

/** What is missing, one sentence each. */
export function* gaps({ name, kind, comment, signature }) {
  if (text(comment?.summary) === '') yield `${name}: no description`
  if (signature === undefined) return
  for (const parameter of signature.parameters ?? [])
    if (text(parameter.comment?.summary) === '') yield `${name}: no @param ${parameter.name}`
  const type = signature.type?.toString() ?? 'void'
  if (kind !== 'constructor' && !SAYS_NOTHING.test(type) && block(comment, '@returns').join('') === '')
    yield `${name}: no @returns of ${type}`
  if (CALLABLE.includes(kind) && block(comment, '@example').join('') === '') yield `${name}: no @example`
}
