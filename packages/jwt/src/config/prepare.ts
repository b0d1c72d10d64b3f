import { HS512 } from '../crypto/algorithms'
import { ConfigError } from '../errors/errors'
import type { PrivateKey, SecretKey, Signer } from '../keys/key'
import { importPrivateMaterial } from '../keys/private-key'
import { importKeys, KeySet } from '../sources/key-set'
import { keyFinder, type TrustedIssuer } from '../sources/trusted-issuer'
import type { KeyFinder } from '../token/verify'
import type { Settings } from './settings'

/** What a kit works with once its keys are imported. */
export interface Prepared {
  readonly signer: Signer | undefined
  /** What verifies for the own issuer. */
  readonly own: { readonly secrets: readonly SecretKey[]; readonly keys: KeySet }
  readonly keys: KeyFinder
  /** Whether there is an issuer whose tokens can be verified. */
  readonly verifies: boolean
}

/**
 * Imports every key of a configuration, once.
 *
 * @throws ConfigError - `key_invalid`: what only the runtime can tell, such as a `d` that is not that of `x`
 */
export async function prepare(settings: Settings): Promise<Prepared> {
  const { own, ownRules, trust, allowedThumbprints } = settings
  const privateKey = own.privateKey && (await importOwnKey(own.privateKey, settings))
  const algorithms = new Set(own.accept)
  const isAccepted = ({ algorithm }: { algorithm: typeof HS512 }): boolean => algorithms.has(algorithm)
  const publicHalf = own.privateKey && isAccepted(own.privateKey.publicMaterial) && privateKey?.publicKey
  const imported = await importKeys(own.publicKeys.filter(isAccepted))
  const verifying = {
    secrets: algorithms.has(HS512) ? own.secrets : [],
    keys: new KeySet(publicHalf ? [publicHalf, ...imported] : imported),
  }
  const issuers: TrustedIssuer[] = []
  if (ownRules && own.accept.length > 0) issuers.push({ rules: ownRules, algorithms, ...verifying, source: own.source })
  for (const { publicKeys, ...entry } of trust)
    issuers.push({ ...entry, keys: new KeySet(await importKeys(publicKeys)) })
  return {
    signer: own.signing === 'privateKey' ? privateKey : own.signing,
    own: verifying,
    keys: keyFinder(issuers, allowedThumbprints && new Set(allowedThumbprints)),
    verifies: issuers.length > 0,
  }
}

async function importOwnKey(
  material: Parameters<typeof importPrivateMaterial>[0],
  { variable }: Settings,
): Promise<PrivateKey> {
  try {
    return await importPrivateMaterial(material)
  } catch (error) {
    const code = ConfigError.is(error) ? error.code : 'runtime_unsupported'
    throw new ConfigError(code, { variable: variable('privateKey') })
  }
}
