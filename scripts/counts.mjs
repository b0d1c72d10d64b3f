// How many tests a step ran, read from what its runner reports. A runner that reports nothing has failed: a step can
// never count as passed by being silent.
import { existsSync, readFileSync } from 'node:fs'

const NOTHING = { passed: 0, failed: 1, skipped: 0 }

/** A command that is right or wrong as a whole: one test. */
export function check({ status }) {
  return status === 0 ? { passed: 1, failed: 0, skipped: 0 } : NOTHING
}

/** The last line of the form `N passed, M failed`, with `, K skipped` where there were any. */
export function summaryLine({ status, output }) {
  const found = [...output.matchAll(/^(?:[\w -]+: )?(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm)].at(-1)
  return found ? faulty(status, { passed: +found[1], failed: +found[2], skipped: +(found[3] ?? 0) }) : NOTHING
}

/** Vitest's JSON report. */
export function vitest(report) {
  return ({ status }) => {
    if (!existsSync(report)) return NOTHING
    const r = JSON.parse(readFileSync(report, 'utf8'))
    return faulty(status, {
      passed: r.numPassedTests,
      failed:
        r.numFailedTests +
        r.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length,
      skipped: r.numPendingTests + r.numTodoTests,
    })
  }
}

/** pytest's JUnit XML. */
export function junit(report) {
  return ({ status }) => {
    if (!existsSync(report)) return NOTHING
    const suite = readFileSync(report, 'utf8').match(/<testsuite [^>]*>/)?.[0] ?? ''
    const number = (name) => Number(suite.match(new RegExp(`\\b${name}="(\\d+)"`))?.[1] ?? Number.NaN)
    const failed = number('failures') + number('errors')
    const counts = { passed: number('tests') - failed - number('skipped'), failed, skipped: number('skipped') }
    return Number.isNaN(counts.passed) ? NOTHING : faulty(status, counts)
  }
}

/** node:test's TAP or spec summary. */
export function nodeTest({ status, output }) {
  const number = (name) => Number(output.match(new RegExp(`^(?:#|ℹ) ${name} (\\d+)$`, 'm'))?.[1] ?? Number.NaN)
  const counts = { passed: number('pass'), failed: number('fail'), skipped: number('skipped') }
  return Number.isNaN(counts.passed) ? NOTHING : faulty(status, counts)
}

/** A runner that exits with an error although every test passed (coverage too low, a crash at the end) has one failure. */
function faulty(status, counts) {
  return status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}
