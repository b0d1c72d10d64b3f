// What a snippet says of itself, in comments at the ends of its lines:
//   user.subject                 // → 'u1'                 the value of an expression, or a line that is printed
//   await kit.verify(old)        // throws token_expired    a code, or the class of an error; a claim may follow
// and in Python `# → 'u1'` and `# raises token_expired`. `…` stands for any text. Everything that a snippet prints must be
// claimed, in this order.

const CLAIM = {
  ts: /^(\s*;?)(\S.*?)\s*\/\/ (→|throws) (.+?)\s*$/,
  python: /^(\s*)(\S.*?)\s*# (→|raises) (.+?)\s*$/,
}
const RAISED = /^([A-Za-z_]+)(?: \(?([\w.[\]]+)\)?)?$/

/** What prints already, or ends what began on a line before. */
const PRINTS = { ts: /^(?:console\.log\(|[)\]}])/, python: /^(?:print\(|[)\]}])/ }

const REWRITTEN = {
  ts: {
    value: (code) => `__show(${code})`,
    error: (code, wanted) => `await __throws(async () => { ${code} }, ${wanted})`,
  },
  python: {
    value: (code) => `_show(${code})`,
    error: (code, wanted) => `with _raises(${wanted}): ${code}`,
  },
}

/**
 * A snippet that shows what it claims: the same lines, rewritten where they claim something.
 *
 * @param language - `ts` or `python`
 * @param line - that of the page on which the text begins
 * @returns `{ code, printed: [{ text, line }], faults: [{ line, message }] }`
 */
export function instrument(language, text, line) {
  const printed = []
  const faults = []
  const lines = text.split('\n').map((source, index) => {
    const claim = CLAIM[language].exec(source)
    if (!claim) return source
    const [, indent, code, kind, said] = claim
    const at = line + index
    if (kind === '→') {
      printed.push({ text: said, line: at })
      return PRINTS[language].test(code) ? source : indent + REWRITTEN[language].value(code)
    }
    const error = RAISED.exec(said)
    if (!error) faults.push({ line: at, message: `not the code of an error: ${said}` })
    const wanted = [error?.[1] ?? '', error?.[2] ?? '', String(at)].map((word) => JSON.stringify(word)).join(', ')
    return indent + REWRITTEN[language].error(code, wanted)
  })
  return { code: lines.join('\n'), printed, faults }
}

/** Whether text is what was claimed; `…` stands for anything on a line, and alone on a line for any lines. */
export function matches(claimed, text) {
  const literal = (piece) => piece.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  const lines = claimed
    .split('\n')
    .map((one) => (one.trim() === '…' ? '(?:.*\\n)*' : `${one.split('…').map(literal).join('.*')}\n`))
  return new RegExp(`^${lines.join('')}$`).test(`${text.replaceAll('\r\n', '\n')}\n`)
}

/** Compares what a run printed with what its snippets claimed. @returns faults */
export function comparePrinted(claims, output) {
  const lines = output.replaceAll('\r\n', '\n').split('\n')
  if (lines.at(-1) === '') lines.pop()
  const faults = []
  for (const [index, claim] of claims.entries()) {
    const shown = lines[index]
    if (shown === undefined) faults.push({ line: claim.line, message: `claims ${claim.text}, and nothing was printed` })
    else if (!matches(claim.text, shown))
      faults.push({ line: claim.line, message: `claims ${claim.text}, and it is ${shown}` })
  }
  for (const extra of lines.slice(claims.length)) faults.push({ message: `prints what no comment claims: ${extra}` })
  return faults
}
