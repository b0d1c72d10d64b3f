import { after, allOf, attempt, type Maybe } from '../encoding/steps'
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
export function prepare({ settings, signing, own, ownRules, trust, order, members }: Resolved): Maybe<Prepared> {
  const { privateKey: material, signs } = signing
  return after(material && importOwn(material, members), (privateKey) => {
    requireService(members)
    return after(allOf([own, ...trust].map(withKeys)), ([issuer, ...trusted]) => {
      const { allowedThumbprints, types, headerAlg } = settings
      const isTrusted = ownRules && own.accept.length > 0
      const issuers = (
        isTrusted ? [{ ...issuer, rules: ownRules, algorithms: own.accept }, ...trusted] : trusted
      ) as TrustedIssuer[]
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
        own: issuer as Imported<Verification>,
      }
    })
  })
}

type Imported<Entry> = Entry & { readonly keys: KeySet }

/** What verifies for an issuer, its public keys imported. */
const withKeys = <Entry extends Verification>(entry: Entry): Maybe<Imported<Entry>> =>
  after(importKeys(entry.publicKeys), (keys) => ({ ...entry, keys: new KeySet(keys) }))

const importOwn = (material: PrivateMaterial, members: Resolved['members']): Maybe<PrivateKey> =>
  attempt(
    () => importPrivateMaterial(material),
    (error) => members.fail(ConfigError.is(error) ? error.code : 'runtime_unsupported', 'privateKey'),
  )
