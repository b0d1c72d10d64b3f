import { canonicalize } from '../encoding/jcs'
import { isJsonObject, isNonEmpty, type JsonObject, type JsonValue } from '../encoding/json-value'
import { checkActors } from '../token/act'
import { printable, type Style } from './style'

/** Characters of a name at most: with what stands around it, a line has 80. */
const LONGEST = 56

/** Who acts for whom (RFC 8693 section 4.1): the outermost actor first, the subject last. Nothing where nobody acts. */
export function drawActors(claims: JsonObject, style: Style): string {
  const rows: (readonly [name: readonly string[], part: string])[] = []
  for (let actor = claims['act']; actor !== undefined; actor = isJsonObject(actor) ? actor['act'] : undefined) {
    const part = rows.length === 0 ? 'acts now' : 'acted before'
    rows.push([cut(nameOf(actor)), isActor(actor) ? part : 'is no actor'])
  }
  if (rows.length === 0) return ''
  const { sub } = claims
  rows.push([cut(shown(sub)), isNonEmpty(sub) ? 'the subject' : 'is no subject'])
  const width = Math.max(...rows.map(([name]) => name.length))
  const branches = `┌${'├'.repeat(rows.length - 2)}└`
  const lines = rows.map(([name, part], index) => {
    const mark = part.startsWith('is no') ? 'yellow' : 'dim'
    return `  ${branches[index]}─ ${name.join('')}${' '.repeat(width - name.length)}  ${style(mark, part)}\n`
  })
  return lines.join('')
}

/** The characters of a name, which are not its code units. */
function cut(name: string): readonly string[] {
  const characters = [...name]
  return characters.length <= LONGEST ? characters : [...characters.slice(0, LONGEST - 1), '…']
}

function nameOf(actor: JsonValue): string {
  if (!isJsonObject(actor)) return shown(actor)
  const { sub, iss } = actor
  return shown(sub) + (iss === undefined ? '' : ` (${shown(iss)})`)
}

/** A name as it is; what is no name as JSON. */
const shown = (value: JsonValue | undefined): string =>
  value === undefined ? 'nobody' : printable(isNonEmpty(value) ? value : canonicalize(value))

/** Whether it is an actor, whoever acted before it. */
function isActor(value: JsonValue): boolean {
  if (!isJsonObject(value)) return false
  const { act: _, ...actor } = value
  try {
    checkActors(actor, 1)
    return true
  } catch {
    return false
  }
}
