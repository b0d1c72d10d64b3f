import type { VerifyOptions } from './call-options'
import { Members } from './config/members'
import { EDDSA, HS512 } from './crypto/algorithms'
import { isObject } from './encoding/json-value'
import { MisuseError } from './errors/errors'
import { readOptions } from './errors/misuse'
import type { PublicKey, SecretKey } from './keys/key'
import { KeySet } from './sources/key-set'
import type { KeySource } from './sources/key-source'
import { keyFinder } from './sources/trusted-issuer'
import { readConfirmation } from './token/binding'
import type { Claims } from './token/claims'
import { MAX_TOKEN_BYTES } from './token/compact'
import { typeForm } from './token/header'
import { verifyToken } from './token/verify'

/** Whose tokens a verifier takes, and for whom. A member that is `undefined`, `''` or `[]` is an error, never an absence. */
export interface VerifierConfig {
  /** The issuer whose keys these are. */
  readonly issuer: string
  /** Accepted audiences. */
  readonly audience: string | readonly string[]
  /** Up to four secrets of `importSecret`, or Ed25519 keys of `importPublicKey`: of one profile, never of both. */
  readonly keys?: readonly (SecretKey | PublicKey)[]
  /** In the place of `keys`: knows the Ed25519 keys of the issuer, see `remoteJwks`. */
  readonly keySource?: KeySource
  /** Thumbprints (RFC 7638) of the only asymmetric keys that are taken. */
  readonly allowedThumbprints?: readonly string[]
  /** Seconds from 0 to 90, 90 unless given. */
  readonly leeway?: number
  /** Seconds that a token may live at most, 86,400 unless given. */
  readonly maxLifetime?: number
  /** Seconds since the epoch, fractions allowed. */
  readonly clock?: () => number
}

/** Verifies, and does nothing else. */
export interface Verifier {
  /**
   * Verifies a token, by the same rules as a kit, see `Kit.verify`.
   *
   * @typeParam Custom - the claims of one's own, unchecked
   * @param token - the compact form; anything else is `token_malformed`
   * @param options - `confirmation`: what the request proved
   * @returns the claims, deeply frozen and marked as verified
   * @throws TokenError - every code of the verification table, the first rule that fails
   * @throws MisuseError - wrong options
   * @example
   * import { createVerifier } from '@kit/jwt/verifier'
   * const verifier = createVerifier({ issuer, audience, keys: [await importPublicKey(publicJwk)] })
   * await verifier.verify('x') // throws TokenError, token_malformed
   */
  verify<Custom extends object = Record<never, never>>(token: string, options?: VerifyOptions): Promise<Claims<Custom>>
}

const NAMES = ['issuer', 'audience', 'keys', 'keySource', 'allowedThumbprints', 'leeway', 'maxLifetime', 'clock']
const MAX_SECRETS = 4
const MAX_KEYS = 999

/**
 * What of a kit only verifies, for one issuer and one profile: for a bundle in which each kilobyte counts. The keys are
 * imported by the caller, so that what imports others is not loaded.
 *
 * @param config - see {@link VerifierConfig}
 * @returns the verifier
 * @throws ConfigError - `config_missing`, `config_invalid`, `config_conflict` with the option concerned
 * @throws MisuseError - not an object
 * @example
 * import { createVerifier } from '@kit/jwt/verifier'
 * const verifier = createVerifier({ issuer, audience, keys: [await importPublicKey(publicJwk)] })
 */
export function createVerifier(config: VerifierConfig): Verifier {
  if (!isObject(config)) throw new MisuseError('config: not an object')
  const members = Members.of(config, NAMES)
  const issuer = members.text('issuer') ?? members.fail('config_missing', 'issuer')
  const audience = members.audience('audience') ?? members.fail('config_missing', 'audience')
  const keys = members.items('keys', MAX_KEYS) as readonly (SecretKey | PublicKey)[]
  const source = members.port<KeySource>('keySource', 'select')
  if (!source && keys.length === 0) members.fail('config_missing', 'keys')
  if (source && keys.length > 0) members.fail('config_conflict', 'keySource')
  const secrets = keys.filter((key): key is SecretKey => isObject(key) && key.alg === HS512.name)
  const publicKeys = keys.filter((key): key is PublicKey => isObject(key) && key.alg === EDDSA.name)
  if (secrets.length + publicKeys.length < keys.length || secrets.length > MAX_SECRETS)
    members.fail('config_invalid', 'keys')
  if (secrets.length > 0 && publicKeys.length > 0) members.fail('config_conflict', 'keys')
  const own = { issuer, audiences: new Set([audience].flat()), own: true, actors: undefined, map: undefined }
  const algorithms = [secrets.length > 0 ? HS512 : EDDSA]
  const pins = members.thumbprints('allowedThumbprints')
  const clock = members.callable<() => unknown>('clock') ?? (() => Date.now() / 1000)
  const rules = {
    keys: keyFinder([{ rules: own, algorithms, secrets, keys: new KeySet(publicKeys), source }], pins && new Set(pins)),
    types: new Set([typeForm('JWT')]),
    requireType: false,
    maxTokenBytes: MAX_TOKEN_BYTES,
    maxActorDepth: 5,
    leeway: members.integer('leeway', 0, 90, 90),
    maxLifetime: members.integer('maxLifetime', 1, 999_999_999, 86_400),
  }
  return Object.freeze<Verifier>({
    verify: async <Custom extends object>(token: string, options: VerifyOptions = {}) => {
      const given = readOptions(options, ['confirmation'])
      const proofs = 'confirmation' in given ? readConfirmation(given.confirmation) : []
      const now = clock()
      if (!Number.isFinite(now)) members.fail('config_invalid', 'clock')
      return (await verifyToken(token, rules, now as number, {
        subject: false,
        proofs,
      })) as Claims<Custom>
    },
  })
}
