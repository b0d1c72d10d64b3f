import { canonicalize } from '../encoding/jcs'
import type { JsonValue } from '../encoding/json-value'
import { ConfigError, TokenError } from '../errors/errors'
import { CommandFailure, EXIT } from './failure'
import { printable, type Style, showsColour, styleOf } from './style'
import type { Texts } from './texts'
import type { World } from './world'

/** Where a command writes, for people or for machines. */
export class Output {
  /** For standard output. */
  readonly style: Style
  readonly #errorStyle: Style

  constructor(
    readonly texts: Texts,
    readonly world: World,
    readonly command: string,
    /** Whether machines read it. */
    readonly isJson: boolean,
  ) {
    const { env, terminal } = world
    this.style = styleOf(showsColour(env, terminal.stdout))
    this.#errorStyle = styleOf(showsColour(env, terminal.stderr))
  }

  /** Writes a result: the value for machines, on a line; the text for people. */
  result(value: JsonValue, text: string): void {
    this.world.write('stdout', this.isJson ? `${canonicalize(value)}\n` : text)
  }

  /** Tells people what stands beside the result. */
  note(text: string): void {
    if (!this.isJson) this.world.write('stderr', text)
  }

  /** Tells why a command ended, and gives its exit status. */
  failure(error: unknown): number {
    const { exit, members, sentence, cure } = explained(error, this.texts)
    if (this.isJson) this.world.write('stdout', `${canonicalize({ error: members })}\n`)
    else {
      const { name: program, commands } = this.texts
      const name = commands.some((each) => each.name === this.command) ? `${program} ${this.command}` : program
      const hint = cure === undefined ? '' : `  ${cure}\n`
      this.world.write('stderr', `${this.#errorStyle('red', `${name}:`)} ${printable(sentence)}\n${hint}`)
    }
    return exit
  }
}

interface Explained {
  readonly exit: number
  readonly members: Readonly<Record<string, string>>
  readonly sentence: string
  readonly cure?: string | undefined
}

function explained(error: unknown, texts: Texts): Explained {
  if (error instanceof CommandFailure)
    return {
      exit: error.exit,
      members: { code: error.code, message: error.sentence },
      sentence: `${error.code === 'usage' ? '' : `${error.code}: `}${error.sentence}.`,
    }
  if (TokenError.is(error)) return ofCode(texts, error.code, { claim: error.claim }, EXIT.refused)
  if (ConfigError.is(error)) return ofCode(texts, error.code, { variable: error.variable }, EXIT.usage)
  // Of another package: its code is one of the program's.
  const { code } = Object(error) as { readonly code?: unknown }
  if (typeof code === 'string' && Object.hasOwn(texts.codes, code)) return ofCode(texts, code, {}, EXIT.usage)
  // Nothing of an unforeseen error is shown: its message could quote what was read.
  const members = { code: 'internal', message: 'unexpected' }
  return { exit: EXIT.usage, members, sentence: 'internal error (unexpected).' }
}

function ofCode(
  texts: Texts,
  code: string,
  names: Readonly<Record<string, string | undefined>>,
  exit: number,
): Explained {
  const { meaning, cure } = texts.codes[code] ?? { meaning: '', cure: undefined }
  const given = Object.entries(names).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const concerned = given.map(([, name]) => ` (${name})`).join('')
  return {
    exit,
    members: { code, message: meaning, ...Object.fromEntries(given) },
    sentence: `${code}${concerned}: ${meaning}`,
    cure,
  }
}
