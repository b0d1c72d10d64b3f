// Mutants that survive because they are no mistakes. An entry gives the reason and names them, either each by where it
// stands and what it changes, or all at once by a regular expression over what they change. Neither is a number, so that
// a list survives edits elsewhere; what is no longer needed is reported.
//   { "reason", "mutants": [{ "where", "change" }] } or { "reason", "pattern" }
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../setup.mjs'

const keyOf = ({ where, change }) => `${where}\n${change}`

/**
 * Sorts survivors into those that conformance/mutants/equivalent/<language>.json explains and those that it does not.
 * @param survivors - `{ room, where, change }` each
 * @param partial - only some rooms were run: entries of the others are not stale
 */
export function explain(language, survivors, partial) {
  const path = join(root, 'conformance', 'mutants', 'equivalent', `${language}.json`)
  const entries = JSON.parse(readFileSync(path, 'utf8')).flatMap(entriesOf)
  const isExplained = (mutant) => entries.some(({ covers }) => covers(mutant))
  return {
    explained: survivors.filter(isExplained),
    unexplained: survivors.filter((mutant) => !isExplained(mutant)),
    stale: partial ? [] : entries.filter(({ covers }) => !survivors.some(covers)),
  }
}

/** The mutants of an entry, or its pattern, each with the test for what it covers. */
function entriesOf({ mutants = [], pattern }) {
  const listed = mutants.map((entry) => ({ ...entry, covers: (mutant) => keyOf(mutant) === keyOf(entry) }))
  if (pattern === undefined) return listed
  const expression = new RegExp(pattern, 'u')
  return [...listed, { where: 'anywhere', change: pattern, covers: ({ change }) => expression.test(change) }]
}
