import { ConfigError, MisuseError } from '@kit/jwt'

/** How long things last in the life of a key. Everything is in whole seconds. */
export interface TimingOptions {
  /** A key signs for so long, 2,592,000 (30 days) unless given. */
  readonly rotateEvery?: number
  /** Verifiers may keep the published set for so long (`Cache-Control: max-age`), 300 unless given. */
  readonly maxAge?: number
  /** Verifiers ask for an unknown `kid` so long after they asked last, at most: 30 unless given. */
  readonly cooldown?: number
  /** Clocks differ by so much at most: 90 unless given. */
  readonly leeway?: number
  /** No token lives longer than that: 86,400 unless given. */
  readonly longestTtl?: number
  /** A process goes on with what it read from the store for so long: 5 unless given. */
  readonly refresh?: number
  /** A key is published for so long before it signs; the least that is safe unless given. */
  readonly lead?: number
  /** A key stays published for so long after it signed; the least that is safe unless given. */
  readonly retention?: number
}

/** Checked times, in seconds. */
export type Timing = Readonly<Required<TimingOptions>>

const DEFAULTS = {
  rotateEvery: 2_592_000,
  maxAge: 300,
  cooldown: 30,
  leeway: 90,
  longestTtl: 86_400,
  refresh: 5,
} as const
/** The names of all times, in the order in which faults are told. */
export const TIMES: readonly string[] = [...Object.keys(DEFAULTS), 'lead', 'retention']
/** A verifier keeps any answer for so long at least. */
const LEAST_AGE = 30
const LEAST_LOOK = 1
/** Some 30 years. */
const MOST = 999_999_999
const LEAST: Readonly<Record<string, number>> = { rotateEvery: 1, longestTtl: 1 }

/**
 * Computes lead and retention where they are not given, and refuses times under which a token could be refused that should
 * pass: a key that signs before verifiers can know it, or that is gone while its tokens live.
 *
 * @param options - times in whole seconds
 * @returns all of them, checked
 * @throws ConfigError - `config_invalid` with the name of the time: it is too short, or no count of seconds
 * @throws MisuseError - a name that is no time
 * @example
 * timingOf({ longestTtl: 900 }).retention // 1090
 */
export function timingOf(options: TimingOptions = {}): Timing {
  const unknown = Object.keys(options).find((name) => !TIMES.includes(name))
  if (unknown !== undefined) throw new MisuseError(`${unknown}: unknown`)
  for (const name of TIMES) {
    const value = (options as Readonly<Record<string, unknown>>)[name]
    if (value !== undefined && !isSeconds(value, LEAST[name] ?? 0)) throw tooShort(name)
  }
  const given = { ...DEFAULTS, ...defined(options) }
  const { cooldown, leeway, refresh, longestTtl, rotateEvery } = given
  const leastLead = keptBy(given) + cooldown + leeway + refresh
  // Clocks count twice: those that retire and remove the key, and those that mint and verify. So does what a process keeps:
  // a write may be as long on its way.
  const leastRetention = longestTtl + 2 * (leeway + lookOf(given))
  const { lead = leastLead, retention = leastRetention } = given
  if (lead < leastLead) throw tooShort('lead')
  if (retention < leastRetention) throw tooShort('retention')
  // The next key is published when the one before it begins to sign.
  if (rotateEvery < lead) throw tooShort('rotateEvery')
  return Object.freeze({ ...given, lead, retention })
}

/** How long a verifier may go on with a set, in seconds. */
export const keptBy = ({ maxAge }: Pick<Timing, 'maxAge'>): number => Math.max(maxAge, LEAST_AGE)

/** How long a look at the store may take, in seconds: none takes no time. */
export const lookOf = ({ refresh }: Pick<Timing, 'refresh'>): number => Math.max(refresh, LEAST_LOOK)

const isSeconds = (value: unknown, least: number): boolean =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= MOST

const defined = (options: TimingOptions): TimingOptions =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))

const tooShort = (variable: string): ConfigError => new ConfigError('config_invalid', { variable })
