// PEM (RFC 7468) to JWK, by node:crypto: what runs here has it.
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import type { Algorithm } from '../crypto/algorithms'
import type { JsonObject } from '../encoding/json-value'
import { isDer } from '../keys/another-key'
import { readMaterial } from '../keys/material'
import { algorithmOfKey } from '../keys/thumbprint'
import { CommandFailure } from './failure'
import { trimmed } from './inputs'
import { refusedKey } from './keys'

interface Block {
  readonly label: string
  readonly base64: string
}

type Half = 'public' | 'private'
type Encoding = 'spki' | 'pkcs1' | 'pkcs8' | 'sec1'

const FORMS: ReadonlyMap<string, readonly [Half, Encoding]> = new Map<string, readonly [Half, Encoding]>([
  ['PUBLIC KEY', ['public', 'spki']],
  ['RSA PUBLIC KEY', ['public', 'pkcs1']],
  ['PRIVATE KEY', ['private', 'pkcs8']],
  ['RSA PRIVATE KEY', ['private', 'pkcs1']],
  ['EC PRIVATE KEY', ['private', 'sec1']],
])
const BEGIN = /^-----BEGIN ([A-Z0-9 ]+)-----$/
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
/** No key that is read here comes near: RSA of 16384 bits takes 13 KiB. */
const MOST_CHARACTERS = 65_536

// The object identifier of RSA keys that are for RSASSA-PSS only: as JWKs they would lose what they are bound to.
const RSA_PSS = Buffer.from('06092a864886f70d01010a', 'hex')

/** Whether a private key is locked with a passphrase (RFC 5958, or the older form of OpenSSL). */
export const isEncrypted = (text: string): boolean =>
  text.includes('-----BEGIN ENCRYPTED PRIVATE KEY-----') || text.includes('Proc-Type: 4,ENCRYPTED')

/**
 * The public members of the key that a PEM file holds.
 *
 * @param source - what the file is called in sentences
 * @param half - which half of a key the file's name promises
 * @throws CommandFailure
 */
export function publicJwkOfPem(text: string, source: string, half: Half): JsonObject {
  // `openssl ecparam -genkey` writes a block of parameters before the key.
  const keys = blocksOf(text).filter(({ label }) => FORMS.has(label))
  const [block] = keys
  if (block === undefined || keys.length > 1)
    throw new CommandFailure(`${source} does not hold one PEM block of a ${half} key`)
  const [found, type] = FORMS.get(block.label) as readonly [Half, Encoding]
  if (found !== half)
    throw refusedKey('key_unsuitable', `${source} holds a ${found} key, which belongs in a file ${found}.pem`)
  const isBase64 = block.base64.length <= MOST_CHARACTERS && BASE64.test(block.base64)
  const der = Buffer.from(isBase64 ? block.base64 : '', 'base64')
  // OpenSSL overlooks bytes behind the key.
  const jwk = der.includes(RSA_PSS) || !isDer(der) ? undefined : membersOf(der, half, type)
  // Libraries differ in what they take for a broken key, and what for one of a type that they do not know.
  if (jwk === undefined)
    throw refusedKey('key_invalid', `${source} does not hold a valid Ed25519, P-256, P-384, P-521 or RSA key`)
  return jwk
}

/** The blocks of a PEM text, whatever stands between them; header lines within a block are left out. */
function blocksOf(text: string): readonly Block[] {
  const blocks: Block[] = []
  let open: { label: string; lines: string[] } | undefined
  for (const line of text.split('\n').map(trimmed)) {
    const label = BEGIN.exec(line)?.[1]
    if (label !== undefined) open = { label, lines: [] }
    else if (open !== undefined && line === `-----END ${open.label}-----`) {
      blocks.push({ label: open.label, base64: open.lines.join('') })
      open = undefined
    } else open?.lines.push(line)
  }
  return blocks
}

function membersOf(key: Buffer, half: Half, type: Encoding): JsonObject | undefined {
  try {
    const jwk = load(key, half, type)?.export({ format: 'jwk' }) as JsonObject
    return readMaterial(jwk, algorithmOfKey(jwk) as Algorithm)
  } catch {
    // OpenSSL's own words may quote what it read: they go no further.
    return undefined
  }
}

function load(key: Buffer, half: Half, type: Encoding): KeyObject | undefined {
  if (half === 'public') return createPublicKey({ key, format: 'der', type: type as 'spki' | 'pkcs1' })
  const privateKey = createPrivateKey({ key, format: 'der', type: type as 'pkcs8' | 'pkcs1' | 'sec1' })
  const publicKey = createPublicKey(privateKey)
  return belongsTo(publicKey, privateKey) ? publicKey : undefined
}

/** A file of an elliptic curve holds the public point beside the number that it is made from. */
function belongsTo(publicKey: KeyObject, privateKey: KeyObject): boolean {
  const probe = Buffer.from('the halves belong together')
  return privateKey.asymmetricKeyType !== 'ec' || verify('sha256', probe, publicKey, sign('sha256', probe, privateKey))
}
