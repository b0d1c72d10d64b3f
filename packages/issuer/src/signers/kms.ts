import { ConfigError, MisuseError, TokenError } from '@kit/jwt'
import { AuthorityError } from '../errors'
import { isObject } from '../json'
import { checkKid, PUBLIC_BYTES, type RemoteSigner, startSigner } from './remote-signer'

/** What is asked of AWS KMS: `new KMS()` of `@aws-sdk/client-kms` is one, and anything else that answers alike. */
export interface KmsClient {
  /**
   * The public half of a key.
   *
   * @param request - which key
   * @returns its DER, and the ARN of the key
   * @example
   * const { PublicKey } = await client.getPublicKey({ KeyId: 'alias/tokens' })
   */
  getPublicKey(request: {
    KeyId: string
  }): Promise<{ readonly PublicKey?: Uint8Array | undefined; readonly KeyId?: string | undefined }>
  /**
   * Signs.
   *
   * @param request - which key, what, and how
   * @returns the signature
   * @example
   * const how = { MessageType: 'RAW', SigningAlgorithm: 'ED25519_SHA_512' } as const
   * const { Signature } = await client.sign({ KeyId: 'alias/tokens', Message: data, ...how })
   */
  sign(request: {
    KeyId: string
    Message: Uint8Array
    MessageType: 'RAW'
    SigningAlgorithm: 'ED25519_SHA_512'
  }): Promise<{ readonly Signature?: Uint8Array | undefined }>
}

/** Options of `kmsSigner`. */
export interface KmsSignerOptions {
  /** Has the credentials, the region, the timeouts and the retries. */
  readonly client: KmsClient
  /** Id, ARN or alias of a key of the spec `ECC_NIST_EDWARDS25519`. */
  readonly key: string
  /** Id in tokens and in the set; the thumbprint (RFC 7638) unless given. */
  readonly kid?: string
}

/** Bytes that KMS signs without a digest made before, which this form of Ed25519 does not have. */
const MAX_MESSAGE = 4096
/** SubjectPublicKeyInfo of Ed25519, before the key itself (RFC 8410 section 4). */
const SPKI = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]

/**
 * A signer whose private key is in AWS KMS.
 *
 * It reads the public key and has KMS sign once, before it is given out. An alias is followed then and not again: a signer
 * stays with its key. KMS signs 4096 bytes at most, so that a token of more is refused.
 *
 * @param options - the client, and the key
 * @returns the signer
 * @throws ConfigError - `config_invalid` with the option, or with `signer`: a signature that is not of this key;
 *   `key_unsuitable` with `key`: no Ed25519 key; `key_invalid`
 * @throws AuthorityError - `key_not_found`; `key_store_unavailable`: no answer, or a refusal
 * @throws MisuseError - no client
 * @example
 * // In place of `client`: new KMS()
 * const signer = await kmsSigner({ client, key: 'alias/tokens' })
 * const kit = createKit({ issuer: 'https://auth.example', audience: 'api', signer })
 */
export async function kmsSigner({ client, key, kid }: KmsSignerOptions): Promise<RemoteSigner> {
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- the client may be anything
  if (typeof client?.getPublicKey !== 'function' || typeof client.sign !== 'function')
    throw new MisuseError('client: getPublicKey and sign are needed')
  if (typeof key !== 'string' || key === '') throw new ConfigError('config_invalid', { variable: 'key' })
  checkKid(kid)
  const { PublicKey: spki, KeyId = key } = await answerOf(() => client.getPublicKey({ KeyId: key }))
  const publicKey = publicKeyOf(bytesOf(spki))
  return startSigner(publicKey, kid, async (data) => {
    if (data.length > MAX_MESSAGE) throw new TokenError('token_too_large')
    const { Signature: signature } = await answerOf(() =>
      client.sign({ KeyId, Message: data, MessageType: 'RAW', SigningAlgorithm: 'ED25519_SHA_512' }),
    )
    return bytesOf(signature)
  })
}

/** What a client says of a failure may hold the request: only the name of the one that is known goes on. */
async function answerOf<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  let answer: unknown
  try {
    answer = await ask()
  } catch (error) {
    const isUnknown = isObject(error) && error['name'] === 'NotFoundException'
    throw new AuthorityError(isUnknown ? 'key_not_found' : 'key_store_unavailable')
  }
  if (!isObject(answer)) throw new AuthorityError('key_store_unavailable')
  return answer as Answer
}

function bytesOf(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new AuthorityError('key_store_unavailable')
  return value
}

function publicKeyOf(spki: Uint8Array): Uint8Array {
  if (spki.length !== SPKI.length + PUBLIC_BYTES || SPKI.some((byte, index) => spki[index] !== byte))
    throw new ConfigError('key_unsuitable', { variable: 'key' })
  return spki.subarray(SPKI.length)
}
