import { canonicalize } from '../encoding/jcs'
import { isJsonObject, type JsonValue } from '../encoding/json-value'
import { printable } from './style'

/** JSON for people: members sorted as in RFC 8785, two blanks a level, arrays of plain values on one line. */
export function prettyJson(value: JsonValue, indent = ''): string {
  const inner = `${indent}  `
  if (isJsonObject(value)) {
    const names = Object.keys(value).sort()
    const lines = names.map((name) => `${inner}${scalar(name)}: ${prettyJson(value[name] as JsonValue, inner)}`)
    return names.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n${indent}}`
  }
  if (!Array.isArray(value)) return scalar(value)
  const items = value as readonly JsonValue[]
  if (items.every((item) => typeof item !== 'object' || item === null)) return `[${items.map(scalar).join(', ')}]`
  return `[\n${items.map((item) => inner + prettyJson(item, inner)).join(',\n')}\n${indent}]`
}

const scalar = (value: JsonValue): string => printable(canonicalize(value))
