// What every public name of @kit/jwt must say of itself.
import { meaning, summary, tagged } from './typescript.mjs'

const SAYS_NOTHING = /^(void|never|Promise<void>)$/

/** What a member does not say, one sentence each. */
export function* gaps(member) {
  const { name, kind, signature } = member
  if (summary(member) === '') yield `${name}: no description`
  // What a property or a variable holds is said in its description, a function too.
  if (signature === undefined || kind === 'property' || kind === 'variable') return
  for (const parameter of signature.parameters ?? [])
    if (meaning(parameter) === '') yield `${name}: no @param ${parameter.name}`
  if (kind === 'constructor') return
  const type = signature.type?.toString() ?? 'void'
  if (!SAYS_NOTHING.test(type) && tagged(member, '@returns').join('') === '') yield `${name}: no @returns of ${type}`
  if (['function', 'method'].includes(kind) && tagged(member, '@example').join('') === '') yield `${name}: no @example`
}
