import type { Environment } from '../../config/variables'
import { type Kind, TABLE } from '../../config/variables'
import { keyFileReader } from '../environment'
import type { World } from '../world'

/** A variable and its twins, by their names. */
export interface Row {
  readonly name: string
  readonly option: string
  readonly kind: Kind
  readonly twin: string | undefined
  readonly path: string | undefined
}

/** What an environment says of one row. */
export interface Entry extends Row {
  /** Those of the three names that are set. */
  readonly forms: readonly string[]
  /** The first of them, or the row's name. */
  readonly supplier: string
  /** Its text. */
  readonly raw: string | undefined
  /** The value: what was written, or what a binding or a file holds; undefined where there is none. */
  readonly text: string | undefined
  /** Of a list: its items, of which a binding may be missing. */
  readonly items: readonly (string | undefined)[]
}

export const ROWS: readonly Row[] = TABLE.map(([suffix, option, kind, twin]) => {
  const name = `JWT_${suffix}`
  return {
    name,
    option,
    kind,
    twin: twin === undefined ? undefined : name + twin,
    path: option === 'privateKey' ? `${name}_PATH` : undefined,
  }
})

/** Every name that a kit reads. */
export const namesOf = ({ name, twin, path }: Row): readonly string[] =>
  [name, twin, path].filter((one) => one !== undefined)

/** An environment as a kit reads it, with all that is wrong in it. */
export class Reading {
  readonly #entries: ReadonlyMap<string, Entry>

  constructor(
    readonly env: Environment,
    readonly world: World,
  ) {
    this.#entries = new Map(ROWS.map((row) => [row.option, entryOf(row, env, world)]))
  }

  /** What is said of an option. */
  of(option: string): Entry {
    return this.#entries.get(option) as Entry
  }

  /** Whether an option is set, be it wrongly. */
  has(option: string): boolean {
    return this.of(option).forms.length > 0
  }

  /** The row that a variable belongs to. */
  rowOf(variable: string): Entry | undefined {
    return [...this.#entries.values()].find((entry) => namesOf(entry).includes(variable))
  }

  /** The number that an option has, undefined where it is not set or not one. */
  number(option: string): number | undefined {
    const { text = '' } = this.of(option)
    return /^(?:0|[1-9][0-9]{0,8})$/.test(text) ? Number(text) : undefined
  }
}

function entryOf(row: Row, env: Environment, world: World): Entry {
  const forms = namesOf(row).filter((name) => textIn(env, name) !== undefined)
  const supplier = forms[0] ?? row.name
  const raw = textIn(env, supplier)
  const parts = row.kind === 'list' && raw !== undefined ? itemsOf(raw) : []
  const isBound = supplier === row.twin
  return {
    ...row,
    forms,
    supplier,
    raw,
    text:
      raw === undefined ? undefined : supplier === row.path ? textOfFile(raw, world) : isBound ? textIn(env, raw) : raw,
    items: isBound ? parts.map((name) => textIn(env, name)) : parts,
  }
}

/** An own member: `constructor` is the name of no variable. */
export function textIn(env: Environment, name: string): string | undefined {
  const value = Object.hasOwn(env, name) ? env[name] : undefined
  return typeof value === 'string' ? value : undefined
}

/** Items between commas, as the kit reads them: trimmed of U+0020 and of nothing else. */
export const itemsOf = (text: string): readonly string[] => text.split(',').map((item) => item.replace(/^ +| +$/g, ''))

function textOfFile(path: string, world: World): string | undefined {
  try {
    return keyFileReader(world)(path)
  } catch {
    // Why is told by `fileSymptoms`.
    return undefined
  }
}
