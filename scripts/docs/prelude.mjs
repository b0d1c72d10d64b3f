// What an instrumented TypeScript snippet calls, see claims.mjs.
import { inspect } from 'node:util'

/** Prints a value as one line. */
export function show(value) {
  console.log(inspect(value, { breakLength: Number.POSITIVE_INFINITY, compact: true, depth: 8 }))
}

/** Fails unless `work` throws an error of this code, or of this class, concerning this claim or setting. */
export async function throws(work, wanted, concerned, line) {
  try {
    await work()
  } catch (error) {
    const names = [error?.code, error?.name]
    const about = error?.claim ?? error?.variable
    if (names.includes(wanted) && (concerned === '' || concerned === about)) return
    fail(
      line,
      `claims ${[wanted, concerned].join(' ').trim()}, and threw ${[error?.code ?? error?.name, about].join(' ').trim()}`,
    )
  }
  fail(line, `claims ${wanted}, and nothing was thrown`)
}

function fail(line, message) {
  process.stderr.write(`line ${line}: ${message}\n`)
  process.exit(1)
}
