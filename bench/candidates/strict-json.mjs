// The slow way of the strict floor, for JSON that is not in the form that `JSON.stringify` gives it.

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g

/** Whether a text that `JSON.parse` has read holds no member twice, no half of a surrogate pair, and no more than 16 levels. */
export function isStrict(text) {
  const open = []
  let name
  for (const [token] of text.matchAll(TOKENS)) {
    if (token === '{' || token === '[') {
      open.push(token === '{' ? new Set() : undefined)
      if (open.length > 16) return false
    } else if (token === '}' || token === ']') open.pop()
    else if (token === ':') {
      const members = open.at(-1)
      if (members.has(name)) return false
      members.add(name)
    } else if (token !== ',') {
      name = JSON.parse(token)
      if (!name.isWellFormed()) return false
    }
  }
  return true
}
