import { ConfigError, type Transport } from '@kit/jwt'
import { decodeBase64url, encodeBase64url } from '@kit/jwt/encoding'
import { AuthorityError } from '../errors'
import { isObject } from '../json'
import { exchange } from './exchange'
import { checkKid, PUBLIC_BYTES, type RemoteSigner, startSigner } from './remote-signer'

/** Options of `vaultSigner`. */
export interface VaultSignerOptions {
  /** `https://host:port`, or `http:` on loopback, where an agent listens. */
  readonly address: string
  /** What the server knows this program by, or a function that is asked for it before each request. */
  readonly token: string | (() => Promise<string> | string)
  /** Name of a key of the type `ed25519`, not derived. */
  readonly key: string
  /** Version of the key; the latest one at the start unless given. */
  readonly version?: number
  /** Where the transit engine is mounted, `transit` unless given. */
  readonly mount?: string
  /** Namespace of Vault Enterprise or OpenBao. */
  readonly namespace?: string
  /** Id in tokens and in the set; the thumbprint (RFC 7638) unless given. */
  readonly kid?: string
  /** Seconds that a request may take, 5 unless given. */
  readonly timeout?: number
  /** `globalThis.fetch` unless given. */
  readonly transport?: Transport
}

const ADDRESS =
  /^(?:https:\/\/(?:\[[\da-fA-F:.]+\]|[\dA-Za-z.-]+)|http:\/\/(?:localhost|\[::1\]|127\.0\.0\.1))(?::(\d{1,5}))?\/?$/
const NAME = /^\w(?:[\w.-]*\w)?$/
const PATH = /^\w(?:[\w.-]*\w)?(?:\/\w(?:[\w.-]*\w)?)*$/
const NAMESPACE = /^[\w.-]+(?:\/[\w.-]+)*\/?$/
const TOKEN = /^[!-~]{1,8192}$/
const MAX_PORT = 65_535
const MAX_TIMEOUT = 3600

// Looked up at each call: a program may replace it, and some runtimes want it called on its own.
const fetchFrom: Transport = (url, init) => fetch(url, init)

/**
 * A signer whose private key is in the transit engine of HashiCorp Vault or OpenBao.
 *
 * It reads the public key and has the server sign once, before it is given out. It stays with the version that it started
 * with: a rotation in the server signs nothing until a new signer is made, and its key published.
 *
 * @param options - the server, the token, and the key
 * @returns the signer
 * @throws ConfigError - `config_invalid` with the option, or with `signer`: a signature that is not of this key;
 *   `key_unsuitable` with `key`: no Ed25519 key, or a derived one; `key_invalid`
 * @throws AuthorityError - `key_not_found`: no key of this name or version; `key_store_unavailable`: no answer, none in
 *   time, or a refusal
 * @example
 * const vault = { address: 'https://vault.example:8200', token: 'hvs.example', transport }
 * const signer = await vaultSigner({ ...vault, key: 'tokens' })
 * const kit = createKit({ issuer: 'https://auth.example', audience: 'api', signer })
 */
export async function vaultSigner(options: VaultSignerOptions): Promise<RemoteSigner> {
  const { address, token, key, version: wanted, mount = 'transit', namespace, kid, timeout = 5 } = options
  const { transport = fetchFrom } = options
  checkOptions(options)
  const root = `${address.replace(/\/$/, '')}/v1/${mount}`
  const ask = async (path: string, body?: object): Promise<Readonly<Record<string, unknown>>> => {
    const headers = {
      accept: 'application/json',
      'x-vault-request': 'true',
      'x-vault-token': await tokenOf(token),
      ...(namespace !== undefined && { 'x-vault-namespace': namespace }),
      ...(body && { 'content-type': 'application/json' }),
    }
    const text = body && { body: JSON.stringify(body) }
    const { data } = await exchange({ url: `${root}/${path}`, headers, ...text, timeout, transport })
    if (!isObject(data)) throw new AuthorityError('key_store_unavailable')
    return data
  }
  const data = await ask(`keys/${key}`)
  const version = wanted ?? data['latest_version']
  const publicKey = publicKeyOf(data, version)
  return startSigner(publicKey, kid, async (message) => {
    const body = { input: base64Of(message), key_version: version }
    const { signature } = await ask(`sign/${key}`, body)
    if (typeof signature !== 'string') throw new AuthorityError('key_store_unavailable')
    const prefix = `vault:v${String(version)}:`
    // No bytes are no signature.
    return (signature.startsWith(prefix) && readBase64(signature.slice(prefix.length))) || new Uint8Array()
  })
}

function checkOptions({ address, token, key, version, mount, namespace, kid, timeout }: VaultSignerOptions): void {
  const fits = (value: unknown, form: RegExp): boolean => typeof value === 'string' && form.test(value)
  const port = fits(address, ADDRESS) ? Number(ADDRESS.exec(address)?.[1] ?? 1) : 0
  const holds = {
    address: port >= 1 && port <= MAX_PORT,
    token: typeof token === 'function' || fits(token, TOKEN),
    key: fits(key, NAME),
    version: version === undefined || (Number.isSafeInteger(version) && version >= 1),
    mount: mount === undefined || fits(mount, PATH),
    namespace: namespace === undefined || fits(namespace, NAMESPACE),
    timeout: timeout === undefined || (typeof timeout === 'number' && timeout > 0 && timeout <= MAX_TIMEOUT),
  }
  for (const [variable, isRight] of Object.entries(holds))
    if (!isRight) throw new ConfigError('config_invalid', { variable })
  checkKid(kid)
}

/** A token in use: from a file it may end with a line. */
async function tokenOf(token: VaultSignerOptions['token']): Promise<string> {
  let text: unknown = token
  if (typeof token === 'function')
    try {
      text = await token()
    } catch {
      // What it throws may quote what it read.
      throw new AuthorityError('key_store_unavailable')
    }
  const trimmed = typeof text === 'string' ? text.trim() : ''
  if (!TOKEN.test(trimmed)) throw new ConfigError('config_invalid', { variable: 'token' })
  return trimmed
}

function publicKeyOf({ type, derived, keys }: Readonly<Record<string, unknown>>, version: unknown): Uint8Array {
  if (type !== 'ed25519' || derived === true) throw new ConfigError('key_unsuitable', { variable: 'key' })
  if (!isObject(keys) || !Number.isSafeInteger(version)) throw new AuthorityError('key_store_unavailable')
  const entry = keys[String(version)]
  if (entry === undefined) throw new AuthorityError('key_not_found')
  const text = isObject(entry) ? entry['public_key'] : undefined
  const bytes = typeof text === 'string' ? readBase64(text) : undefined
  if (bytes?.length !== PUBLIC_BYTES) throw new AuthorityError('key_store_unavailable')
  return bytes
}

const base64Of = (bytes: Uint8Array): string => {
  const text = encodeBase64url(bytes).replaceAll('-', '+').replaceAll('_', '/')
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=')
}

/** The bytes of base64 with padding (RFC 4648 section 4), which is what such a server writes. */
function readBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !/^[\d+/A-Za-z]+={0,2}$/.test(text)) return undefined
  return decodeBase64url(text.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_'))
}
