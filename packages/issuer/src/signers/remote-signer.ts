import { ConfigError, exportPublicJwk, importPublicKey, type Jwk, type Signer } from '@kit/jwt'
import { encodeBase64url } from '@kit/jwt/encoding'

/** Signs with an Ed25519 key whose private half is elsewhere, and stays there. */
export interface RemoteSigner extends Signer {
  /** The one algorithm. */
  readonly alg: 'EdDSA'
  /** Id of the key: the one that was given, or its thumbprint (RFC 7638). */
  readonly kid: string
  /** The public half, to be published and given to verifiers. */
  readonly publicJwk: Jwk
  /**
   * Has the other side sign, and verifies what it answers.
   *
   * @param data - the signing input (RFC 7515 section 5.1)
   * @returns 64 bytes
   * @throws AuthorityError - `key_store_unavailable`: no answer, or a refusal; `key_not_found`: the key is gone
   * @throws ConfigError - `config_invalid` with `signer`: a signature that is not of this key
   * @throws TokenError - `token_too_large`: more than KMS signs
   * @example
   * const signer = await kmsSigner({ client, key: 'alias/tokens' })
   * const signature = await signer.sign(new TextEncoder().encode('header.payload'))
   */
  sign(data: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>
}

/** Bytes of an Ed25519 public key (RFC 8032 section 5.1.5). */
export const PUBLIC_BYTES = 32
// Without a dot it is the signing input of no token.
const PROBE = new TextEncoder().encode('kit signer probe')

/**
 * Whether a `kid` was left out, or is one.
 *
 * @throws ConfigError - `config_invalid` with `kid`
 */
export function checkKid(kid: unknown): void {
  if (kid !== undefined && (typeof kid !== 'string' || kid === ''))
    throw new ConfigError('config_invalid', { variable: 'kid' })
}

/**
 * A signer that has signed once already: a key that may not sign, or is another one, is found before the first token.
 *
 * Each signature is verified. That takes a small part of the time of a request, and a token that nobody accepts is worth less
 * than an error.
 *
 * @param publicKey - 32 bytes
 * @param ask - has the other side sign
 * @throws ConfigError - `key_invalid`: it is no public key; `config_invalid` with `signer`
 */
export async function startSigner(
  publicKey: Uint8Array,
  kid: string | undefined,
  ask: (data: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>,
): Promise<RemoteSigner> {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: encodeBase64url(publicKey), ...(kid !== undefined && { kid }) }
  const key = await importPublicKey(jwk)
  const sign = async (data: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> => {
    // A copy: the other side's library may keep its own, and the signature is verified over what was asked for.
    const asked = new Uint8Array(data)
    const signature = new Uint8Array(await ask(new Uint8Array(asked)))
    if (!(await key.verify(asked, signature))) throw new ConfigError('config_invalid', { variable: 'signer' })
    return signature
  }
  await sign(PROBE)
  return Object.freeze({ alg: 'EdDSA', kid: key.kid, publicJwk: Object.freeze(exportPublicJwk(key)), sign })
}
