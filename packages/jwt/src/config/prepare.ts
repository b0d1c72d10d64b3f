import { ConfigError } from '../errors/errors'
import type { PrivateKey, SecretKey } from '../keys/key'
import { importPrivateMaterial, type PrivateMaterial } from '../keys/private-key'
import type { Signer } from '../keys/signer'
import { importKeys, KeySet } from '../sources/key-set'
import { keyFinder } from '../sources/trusted-issuer'
import { typeForm } from '../token/header'
import { encodeHeader } from '../token/mint'
import type { VerifyRules } from '../token/verify'
import { type Resolved, requireService } from './resolve'
import type { Verification } from './verification'

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
export async function prepare({
  settings,
  signing,
  own,
  ownRules,
  trust,
  order,
  members,
}: Resolved): Promise<Prepared> {
  const { privateKey: material, signs } = signing
  const privateKey = material && (await importOwn(material, members))
  requireService(members)
  const issuer = await withKeys(own)
  const trusted = await Promise.all(trust.map(withKeys))
  const isTrusted = ownRules && own.accept.length > 0
  const issuers = isTrusted ? [{ ...issuer, rules: ownRules, algorithms: own.accept }, ...trusted] : trusted
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
            keys: keyFinder(issuers, allowedThumbprints && new Set(allowedThumbprints), order),
          },
    own: issuer,
  }
}

/** What verifies for an issuer, its public keys imported. */
async function withKeys<Entry extends Verification>(entry: Entry): Promise<Entry & { readonly keys: KeySet }> {
  return { ...entry, keys: new KeySet(await importKeys(entry.publicKeys)) }
}

async function importOwn(material: PrivateMaterial, members: Resolved['members']): Promise<PrivateKey> {
  try {
    return await importPrivateMaterial(material)
  } catch (error) {
    return members.fail(ConfigError.is(error) ? error.code : 'runtime_unsupported', 'privateKey')
  }
}
