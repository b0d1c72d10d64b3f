// Long hostile text is written as a repetition, so that a file stays readable.
/** prefix + repeat × times + middle + repeatEnd × times + suffix */
export const repeated = (repeat, times, { prefix, middle, repeatEnd, suffix } = {}) =>
  JSON.parse(JSON.stringify({ prefix, repeat, times, middle, repeatEnd, suffix }))

export const expand = (text) =>
  typeof text === 'string'
    ? text
    : (text.prefix ?? '') +
      text.repeat.repeat(text.times) +
      (text.middle ?? '') +
      (text.repeatEnd ?? '').repeat(text.times) +
      (text.suffix ?? '')

/** The longest run of one four-character unit (three repeated bytes in base64url). */
const longestRun = (text) => {
  let best = { start: 0, times: 0 }
  for (let start = 0; start + 8 <= text.length; ) {
    let end = start + 4
    while (end < text.length && text[end] === text[end - 4]) end += 1
    const times = Math.floor((end - start) / 4)
    if (times > best.times) best = { start, times }
    start = Math.max(start + 1, end - 7)
  }
  return best
}

/** A long string as a repetition where it holds one; short ones stay as they are. */
export const compressed = (text, threshold = 3000) => {
  if (text.length <= threshold) return text
  const first = longestRun(text)
  if (first.times * 4 < text.length / 4) return text
  const unit = text.slice(first.start, first.start + 4)
  const prefix = text.slice(0, first.start)
  const rest = text.slice(first.start + 4 * first.times)
  const second = longestRun(rest)
  if (second.times > first.times / 2) {
    // Both runs must have one length; what is left of either moves to the text beside it.
    const times = Math.min(first.times, second.times)
    const middle = unit.repeat(first.times - times) + rest.slice(0, second.start)
    const repeatEnd = rest.slice(second.start, second.start + 4)
    return repeated(unit, times, { prefix, middle, repeatEnd, suffix: rest.slice(second.start + 4 * times) })
  }
  return repeated(unit, first.times, { prefix, suffix: rest })
}

/**
 * RFC 8785 for values that JSON.parse gave: ECMAScript's own number and string forms are the ones the RFC prescribes, and
 * its default sort is by UTF-16 code units.
 */
export const jcs = (value) => {
  if (Array.isArray(value)) return `[${value.map(jcs).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const members = Object.keys(value).sort()
  return `{${members.map((name) => `${JSON.stringify(name)}:${jcs(value[name])}`).join(',')}}`
}
