// What a run showed, and whether each property held.
import { excessive } from './fetches.mjs'
import { WRONGS } from './judge.mjs'
import { flatness } from './memory.mjs'

/** So many verdicts a second at least have to be sure, of each kind: more than that depends on how busy the machine is. */
const SURE = { accept: 3, refuse: 3 }

const SHOWN = 5

/** Prints it; the last line is `N passed, M failed`. Returns how many failed. */
export function report({ judges, memory, ends, begun, speed }, { seed, seconds }) {
  const counts = { passed: 0, failed: 0 }
  const check = (holds, text, wrongs = []) => {
    counts[holds ? 'passed' : 'failed'] += 1
    process.stdout.write(`${holds ? '✓' : '✗'} ${text}\n`)
    for (const { at, what } of wrongs.slice(0, SHOWN))
      process.stdout.write(`    seed ${seed}, ${((at - begun) / speed).toFixed(3)} s: ${what}\n`)
  }
  for (const judge of judges) {
    const { face, verdicts, wrongs, sources } = judge
    const sum = Object.values(verdicts).reduce((a, b) => a + b, 0)
    const requests = Object.entries(sources).map(([name, { history }]) => {
      wrongs['asked too often'].push(...excessive(history))
      return `${history.all.length} from ${name}`
    })
    process.stdout.write(
      `${face}: ${sum} verifications: ${verdicts.accept} had to pass, ${verdicts.refuse} had to be refused, ` +
        `${verdicts.either + verdicts.doubt} either way; requests: ${requests.join(', ')}\n`,
    )
    for (const wrong of WRONGS)
      check(wrongs[wrong].length === 0, `${face}: ${wrongs[wrong].length} ${wrong}`, wrongs[wrong])
    const isSure = Object.entries(SURE).every(([verdict, least]) => verdicts[verdict] >= seconds * least)
    check(isSure, `${face}: enough was sure`)
  }
  for (const [name, samples] of Object.entries(memory)) {
    const { isFlat, text } = flatness(name, samples)
    check(isFlat, `${text}, seed ${seed}`)
  }
  for (const { language, isIdle, status, errors } of ends)
    check(
      isIdle && status === 0,
      `${language}: ended with ${status}${isIdle ? '' : ', not all was answered'}${errors && `: ${errors}`}`,
    )
  process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`)
  return counts.failed
}
