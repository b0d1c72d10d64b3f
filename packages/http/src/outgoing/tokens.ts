import { ConfigError } from '@kit/jwt'
import { TokenBook } from './book'
import { OutgoingError } from './errors'
import { askSource, type TokenSource } from './source'
import { keyOf, readWanted, type Wanted } from './wanted'

/** How tokens are kept. */
export interface TargetTokensOptions {
  /** Where they come from. */
  readonly source: TokenSource
  /** Who calls: the name of this service. */
  readonly caller: string
  /** Seconds before its end that a token is renewed, 30 unless given; no more than half of its life. */
  readonly margin?: number
  /** Seconds, of which chance adds a part to the margin, 10 unless given. */
  readonly jitter?: number
  /** Tokens that are kept at most, 1,000 unless given: the one that was longest not used makes room. */
  readonly maxTokens?: number
  /** Seconds since the epoch. */
  readonly clock?: () => number
  /** From 0 up to 1. */
  readonly random?: () => number
}

/** The tokens of a caller for its targets. */
export interface TargetTokens {
  /**
   * A token, kept or new. Callers that want the same one at once wait for one answer of the source.
   *
   * @param wanted - for which target, with which scopes, for which user
   * @returns the token
   * @throws OutgoingError - `source_unavailable`, `source_denied`, `source_client_rejected`, `source_malformed`
   * @throws TokenError - as `Kit.sign` and `Kit.createDelegatedToken`, where it is minted
   * @throws ConfigError - where it is minted, and the kit cannot
   * @throws MisuseError - what is no request for a token; claims that were not verified
   * @example
   * const tokens = createTargetTokens({ caller: 'gateway', source: mintLocally(kit) })
   * const token = await tokens.token({ target: 'orders', scopes: ['orders:read'] })
   */
  token(wanted: Wanted): Promise<string>

  /**
   * The target refused a token: it is not shown again. Only the token that was shown is forgotten, not one that came after it; and
   * one that stands for a refused one is kept for 10 seconds, so that a target that refuses everything does not drain the issuer.
   *
   * @param wanted - as it was asked for
   * @param token - that was refused
   * @returns whether another one is worth showing
   * @throws MisuseError - what is no request for a token
   * @example
   * const tokens = createTargetTokens({ caller: 'gateway', source: mintLocally(kit) })
   * await tokens.refuse({ target: 'orders' }, 'one-that-was-replaced') // true
   */
  refuse(wanted: Wanted, token: string): Promise<boolean>
}

const NAMES = ['source', 'caller', 'margin', 'jitter', 'maxTokens', 'clock', 'random']
const isSeconds = (value: unknown): boolean =>
  typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY

/**
 * Keeps the tokens that a service shows to others, in the memory of this process.
 *
 * @param options - see {@link TargetTokensOptions}
 * @returns what gives the tokens
 * @throws ConfigError - `config_invalid` with the option
 * @example
 * const tokens = createTargetTokens({ caller: 'gateway', source: mintLocally(kit) })
 */
export function createTargetTokens(options: TargetTokensOptions): TargetTokens {
  const { source, caller, margin = 30, jitter = 10, maxTokens = 1000 } = options
  const { clock = () => Date.now() / 1000, random = Math.random } = options
  for (const [name, isRight] of Object.entries({
    ...{ source: typeof source === 'function', caller: typeof caller === 'string' && caller !== '' },
    ...{ margin: isSeconds(margin), jitter: isSeconds(jitter) },
    ...{ maxTokens: Number.isSafeInteger(maxTokens) && maxTokens > 0 },
    ...{ clock: typeof clock === 'function', random: typeof random === 'function' },
  }))
    if (!isRight) throw new ConfigError('config_invalid', { variable: name })
  // A misspelt option must not switch off what it was meant to switch on.
  const unknown = Object.keys(options).find((name) => !NAMES.includes(name))
  if (unknown !== undefined) throw new ConfigError('config_invalid', { variable: unknown })
  const book = new TokenBook({ margin, jitter, maxTokens, random })
  const flights = new Map<string, Promise<string>>()

  async function renew(key: string, wanted: ReturnType<typeof readWanted>): Promise<string> {
    const began = clock()
    try {
      const given = await askSource(source, wanted)
      book.keep(key, given, began)
      return given.token
    } catch (error) {
      const spare =
        OutgoingError.is(error) && error.code === 'source_unavailable' ? book.spare(key, clock()) : undefined
      if (spare === undefined) throw error
      return spare
    } finally {
      flights.delete(key)
    }
  }

  return Object.freeze<TargetTokens>({
    async token(wanted) {
      const asked = readWanted(caller, wanted)
      const key = await keyOf(asked)
      const kept = book.find(key, clock())
      if (kept !== undefined) return kept
      const flight = flights.get(key) ?? renew(key, asked)
      // Before it is forgotten by `renew`, which always waits, though a source may answer at once.
      flights.set(key, flight)
      return flight
    },
    refuse: async (wanted, token) => book.refuse(await keyOf(readWanted(caller, wanted)), token, clock()),
  })
}
