import { isText } from '../encoding/json-value'
import { ConfigError } from '../errors/errors'
import type { Signer } from '../keys/signer'
import type { Members } from './members'
import type { Settings } from './settings'
import { readSigning, type Signing } from './signing'

/** Of either profile. */
const SIGNATURE_BYTES = 64

/**
 * A remote signer under its `kid`, which may be given beside it.
 *
 * @throws ConfigError - `config_invalid`, `config_missing`
 */
export function readSigner(members: Members, given: string | undefined): Signer | undefined {
  const signer = members.port<Signer>('signer', 'sign')
  if (signer === undefined) return undefined
  const { alg, kid = given } = signer
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- the port may be anybody's
  if (alg !== 'EdDSA' && alg !== 'HS512') members.fail('config_invalid', 'signer.alg')
  if (kid === undefined ? alg === 'EdDSA' : !isText(kid))
    members.fail(kid === undefined ? 'config_missing' : 'config_invalid', 'signer.kid')
  return {
    alg,
    kid,
    sign: async (data) => {
      const signature: unknown = await signer.sign(data)
      if (!(signature instanceof Uint8Array) || signature.length !== SIGNATURE_BYTES)
        throw new ConfigError('config_invalid', { variable: 'signer' })
      return signature
    },
  }
}

/**
 * What signs, where that may be a remote signer.
 *
 * @throws ConfigError - `config_conflict` with `profile`, `signer` or `kid`
 */
export function readAnySigning(members: Members, settings: Settings, keys: Omit<Signing, 'signs'>): Signing {
  const { kid, signer } = settings
  const { profile } = keys
  if (signer && !profile) members.fail('config_conflict', 'profile')
  if (signer?.alg !== profile || !signer) return readSigning(members, settings, keys)
  if (members.has(profile === 'HS512' ? 'secret' : 'privateKey')) members.fail('config_conflict', 'signer')
  if (kid && signer.kid !== kid) members.fail('config_conflict', 'kid')
  return { ...keys, signs: signer }
}
