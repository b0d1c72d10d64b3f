import { HS512 } from '../crypto/algorithms'
import { ConfigError } from '../errors/errors'
import type { PrivateKey, SecretKey } from '../keys/key'
import { importPrivateMaterial, type PrivateMaterial } from '../keys/private-key'
import type { Signer } from '../keys/signer'
import { importKeys, KeySet } from '../sources/key-set'
import { keyFinder, type TrustedIssuer } from '../sources/trusted-issuer'
import { typeForm } from '../token/header'
import { encodeHeader } from '../token/mint'
import type { VerifyRules } from '../token/verify'
import { type Resolved, requireService } from './resolve'

/** What a kit works with once its keys are imported. */
export interface Prepared {
  /** Undefined where nothing signs. */
  readonly mint: { readonly signer: Signer; readonly header: string } | undefined
  /** Undefined where there is no issuer whose tokens could be verified. */
  readonly verify: VerifyRules | undefined
  /** What verifies for the own issuer. */
  readonly own: { readonly secrets: readonly SecretKey[]; readonly keys: KeySet }
}

/**
 * Imports every key of a configuration, once.
 *
 * @throws ConfigError - what is told last, as it takes a runtime to tell: `key_invalid`, a `d` that is not that of `x`; then
 *   `runtime_unsupported`
 */
export async function prepare({ settings, signing, own, ownRules, trust, members }: Resolved): Promise<Prepared> {
  const { privateKey: material, signs } = signing
  const privateKey = material && (await importOwn(material, members))
  requireService(members)
  const algorithms = new Set(own.accept)
  const accepted = own.publicKeys.filter((key) => algorithms.has(key.algorithm))
  const verifying = {
    secrets: algorithms.has(HS512) ? own.secrets : [],
    keys: new KeySet(await importKeys(accepted)),
  }
  const issuers: TrustedIssuer[] = []
  if (ownRules && algorithms.size > 0) issuers.push({ rules: ownRules, algorithms, ...verifying, source: own.source })
  for (const { rules, secrets, source, ...entry } of trust)
    issuers.push({
      rules,
      secrets,
      source,
      algorithms: new Set(entry.algorithms),
      keys: new KeySet(await importKeys(entry.publicKeys)),
    })
  const { allowedThumbprints, types, headerAlg } = settings
  const signer: Signer | undefined = signs && ('d' in signs ? privateKey : signs)
  return {
    mint: signer && {
      signer,
      header: encodeHeader(signer.alg === 'EdDSA' ? headerAlg : signer.alg, types[0] as string, signer.kid),
    },
    verify:
      issuers.length === 0
        ? undefined
        : {
            ...settings,
            types: new Set(types.map(typeForm)),
            keys: keyFinder(issuers, allowedThumbprints && new Set(allowedThumbprints)),
          },
    own: verifying,
  }
}

async function importOwn(material: PrivateMaterial, members: Resolved['members']): Promise<PrivateKey> {
  try {
    return await importPrivateMaterial(material)
  } catch (error) {
    return members.fail(ConfigError.is(error) ? error.code : 'runtime_unsupported', 'privateKey')
  }
}
