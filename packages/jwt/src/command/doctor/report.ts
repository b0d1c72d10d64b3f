// What people read: findings by weight, then what the kit would be, then the sum.
import type { Style } from '../style'
import type { Finding } from './findings'
import type { ShownKit } from './shown-kit'
import { DOCTOR, filled, type Level } from './texts'

const { labels, phrases } = DOCTOR

/** How a level is marked, headed and counted. */
const LEVELS = {
  error: { sign: '✗', colour: 'red', heading: 'errors', none: 'no errors', one: '1 error', many: 'errors' },
  warning: {
    sign: '!',
    colour: 'yellow',
    heading: 'warnings',
    none: 'no warnings',
    one: '1 warning',
    many: 'warnings',
  },
} as const

/**
 * The report for people.
 *
 * @param kit - what the kit would be; null where none can be made
 * @param file - what findings that concern no variable are about
 */
export function report(findings: readonly Finding[], kit: ShownKit | null, file: string, style: Style): string {
  const of = (wanted: Level): readonly Finding[] => findings.filter(({ level }) => level === wanted)
  const [errors, warnings] = [of('error'), of('warning')]
  const sum = filled(phrases[kit === null ? 'none' : 'sound'] as string, {
    errors: counted('error', errors.length),
    warnings: counted('warning', warnings.length),
  })
  const sections = [
    section('error', errors, file, style),
    section('warning', warnings, file, style),
    kitText(kit, style),
  ]
  const colour = errors.length > 0 ? 'red' : warnings.length > 0 ? 'yellow' : 'green'
  return `${sections.join('')}${style(colour, sum)}\n`
}

function counted(level: Level, count: number): string {
  const { none, one, many } = LEVELS[level]
  return filled(phrases[count === 0 ? none : count === 1 ? one : many] as string, { count })
}

function section(level: Level, findings: readonly Finding[], file: string, style: Style): string {
  if (findings.length === 0) return ''
  const { sign, colour, heading } = LEVELS[level]
  const lines = findings.map(
    ({ variable, message, fix }) =>
      `  ${style(colour, sign)} ${style('bold', variable ?? file)}: ${message}\n    ${style('cyan', fix)}\n`,
  )
  return `${style('bold', labels[heading] as string)}\n${lines.join('')}\n`
}

function kitText(kit: ShownKit | null, style: Style): string {
  if (kit === null) return ''
  const rows = kitRows(kit)
  const width = Math.max(...rows.map(([label]) => label.length))
  const lines = rows.map(([label, text]) => `  ${style('dim', label.padEnd(width))}  ${text}\n`)
  return `${style('bold', labels['kit'] as string)}\n${lines.join('')}\n`
}

const phrase = (name: string, values: Parameters<typeof filled>[1]): string => filled(phrases[name] as string, values)
const withKid = (name: string, kid: string | null): string => (kid === null ? name : phrase('kid', { name, kid }))

/** Lines of the kit; one of several keys has a label. */
function kitRows(kit: ShownKit): readonly (readonly [label: string, text: string])[] {
  const secrets = kit.secrets.map(({ kid, bytes }) => withKid(phrase('bytes', { count: bytes }), kid))
  const keys = kit.publicKeys.map(({ alg, kid, thumbprint }) =>
    phrase('key', { name: kid === thumbprint ? alg : withKid(alg, kid), thumbprint }),
  )
  const url = kit.jwksUrl
  const rows: readonly (readonly [label: string, texts: readonly string[]])[] = [
    ['issuer', [kit.issuer]],
    ['audience', kit.audience === null ? [] : [kit.audience.join(', ')]],
    ['signs', [kit.signs === null ? (phrases['nothing'] as string) : withKid(kit.signs.alg, kit.signs.kid)]],
    ['accepts', [kit.accept.join(', ')]],
    ['lifetime', [phrase('lifetime', { count: kit.ttl, most: kit.maxLifetime })]],
    ['leeway', [phrase('seconds', { count: kit.leeway })]],
    ['secrets', secrets],
    ['publicKeys', keys],
    ['jwks', url === null ? [] : [phrase('jwks', { url, count: kit.jwksCacheTtl })]],
    ['pins', kit.allowedThumbprints],
  ]
  return rows.flatMap(([name, texts]) =>
    texts.map((text, at) => [at === 0 ? (labels[name] as string) : '', text] as const),
  )
}
