import { CommandFailure } from './failure'

const ISSUER = 'https://issuer.example'
const AUDIENCE = 'internal-api'

// Libraries that read `.env` differ in escapes, comments and expansion: here one small form is read, and no other.
const LINE = /^(?:export )?([A-Za-z_][A-Za-z0-9_]*)=(?:'([^']*)'|"([^"\\$`]*)"|([^ \t\n\v\f\r'"`$\\#]*))$/

/** The lines of a `.env` file: issuer and audience, as given or to be changed, and what signs. */
export function dotenvLines(
  values: Readonly<Record<string, readonly string[]>>,
  [name, value]: readonly [string, string],
): string {
  const lines = [
    ['JWT_ISS', values['iss']?.[0] ?? ISSUER],
    ['JWT_AUD', values['aud']?.[0] ?? AUDIENCE],
    [name, value],
  ] as const
  return dotenvText(lines)
}

/** The text of a `.env` file. @throws CommandFailure - a value that it cannot carry */
export const dotenvText = (lines: readonly (readonly [name: string, value: string])[]): string =>
  lines.map(([name, value]) => `${name}=${quote(name, value)}\n`).join('')

/** Refuses what only lines of a `.env` file hold, where none are asked for. @throws CommandFailure */
export function requireDotenv(values: Readonly<Record<string, unknown>>, switches: ReadonlySet<string>): void {
  const needless = ['iss', 'aud'].find((name) => values[name] !== undefined)
  if (needless !== undefined && !switches.has('dotenv'))
    throw new CommandFailure(`--${needless} is for the lines that --dotenv prints`)
}

function quote(name: string, text: string): string {
  // Bare only where it reads back as it is: text in quotes of its own would lose them.
  if (LINE.exec(`${name}=${text}`)?.[4] === text) return text
  if (!text.includes("'") && !/[\r\n]/.test(text)) return `'${text}'`
  throw new CommandFailure(`the value of ${name} holds a quote or a line break, which a .env file cannot carry`)
}

/**
 * The variables of a `.env` file: `NAME=value`, plain or in quotes, with or without `export`; empty lines and lines that
 * begin with `#`. Nothing is expanded.
 *
 * @throws CommandFailure - any other line, with its number; a name that was set before
 */
export function parseDotenv(text: string, path: string): Readonly<Record<string, string>> {
  // Without a prototype, so that `__proto__` is a name like any other.
  const variables: Record<string, string> = Object.create(null) as Record<string, string>
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.replace(/[ \t\r]+$/, '').replace(/^[ \t]+/, '')
    if (line === '' || line.startsWith('#')) continue
    const match = LINE.exec(line)
    const name = match?.[1]
    if (!match || name === undefined) throw new CommandFailure(`${path}, line ${index + 1}: this is not NAME=value`)
    if (Object.hasOwn(variables, name)) throw new CommandFailure(`${path}, line ${index + 1}: ${name} was set before`)
    variables[name] = match[2] ?? match[3] ?? match[4] ?? ''
  }
  return variables
}
