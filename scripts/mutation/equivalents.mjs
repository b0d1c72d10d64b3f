// Mutants that survive because they are no mistakes. Each is named by where it stands and what it changes, not by a
// number, so that a list survives edits elsewhere; an entry that is no longer needed is reported.
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
  const listed = JSON.parse(readFileSync(path, 'utf8')).flatMap(({ reason, mutants }) =>
    mutants.map((mutant) => ({ ...mutant, reason })),
  )
  const known = new Set(listed.map(keyOf))
  const alive = new Set(survivors.map(keyOf))
  return {
    explained: survivors.filter((mutant) => known.has(keyOf(mutant))),
    unexplained: survivors.filter((mutant) => !known.has(keyOf(mutant))),
    stale: partial ? [] : listed.filter((entry) => !alive.has(keyOf(entry))),
  }
}
