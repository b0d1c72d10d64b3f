// `node:crypto`, which answers at once, where WebCrypto costs a turn of the thread pool for each token.
import { Buffer } from 'node:buffer'
import { hash, timingSafeEqual } from 'node:crypto'
import { BYTES_64, decodeBase64url, encodeBase64url } from '../../encoding/base64url'
import { after, type Maybe } from '../../encoding/steps'
import { type Bytes, decodeUtf8 } from '../../encoding/utf8'
import type { Backend, Sign, Verify } from '../backend'
import { isSignature } from '../edwards25519'
import { signing, verifying } from './pool'
import { Turn } from './turn'
import * as web from './web'

/** Of SHA-512, in bytes (FIPS 180-4 section 1). */
const BLOCK = 128
const DIGEST = 64
/** Characters of 64 bytes in base64url. */
const SIGNATURE = 86
/** Room that is kept for tokens of ordinary size; others get their own. */
const ROOM = 4096

const ours = Buffer.alloc(SIGNATURE)
const theirs = Buffer.alloc(SIGNATURE)

/** Text is ASCII, as base64url and dots are: a byte each. */
type Data = Bytes | string
type SigningText = (data: Data) => Maybe<string>
type VerifyingText = (data: Data, signature: string) => Maybe<boolean>

// The functions of keys of this backend, and the way around bytes and promises that each of them has.
const SIGNING = new WeakMap<object, SigningText>()
const VERIFYING = new WeakMap<object, VerifyingText>()

export const signText: Backend['signText'] = (signer, input) =>
  // eslint-disable-next-line @typescript-eslint/unbound-method -- looked up, not called
  SIGNING.get(signer.sign)?.(input) ?? web.signText(signer, input)

export const verifyText: Backend['verifyText'] = (key, input, signature) =>
  // eslint-disable-next-line @typescript-eslint/unbound-method -- looked up, not called
  VERIFYING.get(key.verify)?.(input, signature) ?? web.verifyText(key, input, signature)

/** In constant time; what was computed is compared in the form in which it is sent, which has one text for its bytes. */
function isSame(computed: string, signature: string): boolean {
  if (signature.length !== SIGNATURE) return false
  ours.write(computed)
  theirs.write(signature)
  return timingSafeEqual(ours, theirs)
}

/**
 * HMAC by its definition (RFC 2104), the padded keys prepared once: two one-shot hashes take two thirds of the time of
 * `createHmac`, which makes an object and a context for each token.
 */
export const hs512: Backend['hs512'] = (secret) => {
  const key = secret.length > BLOCK ? hash('sha512', secret, 'buffer') : secret
  const padded = Buffer.alloc(BLOCK + ROOM, 0x36)
  const outer = Buffer.alloc(BLOCK + DIGEST, 0x5c)
  for (const [index, byte] of key.entries()) {
    padded[index] = byte ^ 0x36
    outer[index] = byte ^ 0x5c
  }
  let inner = padded
  const macOf = (data: Data): string => {
    const end = BLOCK + data.length
    // A view costs something, and tokens of a program are often of one length.
    if (inner.length !== end)
      inner = end > padded.length ? Buffer.concat([padded.subarray(0, BLOCK)], end) : padded.subarray(0, end)
    if (typeof data === 'string') inner.write(data, BLOCK, 'latin1')
    else inner.set(data, BLOCK)
    // Of all forms of a hash the one that no runtime is slow to write.
    outer.write(hash('sha512', inner, 'base64url'), BLOCK, 'base64url')
    return hash('sha512', outer, 'base64url')
  }
  const sign: Sign = async (data) => decodeBase64url(macOf(data)) as Bytes
  const verify: Verify = async (data, signature) => isSame(macOf(data), encodeBase64url(signature))
  SIGNING.set(sign, macOf)
  VERIFYING.set(verify, (data, signature) => isSame(macOf(data), signature))
  return { sign, verify }
}

const textOf = (bytes: Buffer): string => bytes.toString('base64url')

const place = Buffer.alloc(ROOM)
let laid = place

/** The bytes of a message, in a place that the next message takes. */
function bytesOf(data: Data): Uint8Array {
  if (typeof data !== 'string') return data
  if (data.length > ROOM) return Buffer.from(data)
  // A view costs something, and tokens of a program are often of one length.
  if (laid.length !== data.length) laid = place.subarray(0, data.length)
  laid.write(data, 'latin1')
  return laid
}

/** PKCS #8 (RFC 8410 section 7) up to the seed. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')
/** SubjectPublicKeyInfo (RFC 8410 section 4) up to the point. */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

const turn = new Turn()

export const atOnce: Backend['atOnce'] = (work) => turn.force(work)

/** The highest byte of each point of low order and of every y from p on, without the sign of x; of L, in S, it is 16. */
const ODD = new Set<number | undefined>([0x00, 0x05, 0x7a, 0x7f])

/** Whether a look at two bytes tells that R and S are canonical, as it nearly always does. */
const isUsual = (bytes: Buffer): boolean => !ODD.has((bytes[31] as number) & 0x7f) && (bytes[63] as number) < 16

export const importVerify: Backend['importVerify'] = (x) => {
  const { alone, pooled } = verifying(Buffer.concat([SPKI, x]))
  const own: VerifyingText = (data, signature) => {
    const bytes = Buffer.from(signature, 'base64url')
    if (signature.length !== SIGNATURE || !(isUsual(bytes) || isSignature(bytes))) return false
    return turn.take(
      () => alone(bytesOf(data), bytes),
      () => pooled(Buffer.from(data), bytes),
    )
  }
  const opened: Verify = async (data, signature) => own(data, encodeBase64url(signature))
  VERIFYING.set(opened, own)
  return opened
}

export const importSign: Backend['importSign'] = (d) => {
  const { alone, pooled } = signing(Buffer.concat([PKCS8, d]))
  const own: SigningText = (data) => {
    if (pooled === undefined) return textOf(alone(bytesOf(data)))
    const signature = turn.take(
      () => alone(bytesOf(data)),
      () => pooled(Buffer.from(data)),
    )
    return after(signature, textOf)
  }
  const opened: Sign = async (data) => decodeBase64url(await own(data)) as Bytes
  SIGNING.set(opened, own)
  return opened
}

export const sha256: Backend['sha256'] = (text) => hash('sha256', text, 'base64url')

/** Nothing in it is awaited for. */
const kept = Buffer.alloc(ROOM)

/** Bytes of UTF-8 that a UTF-16 code unit takes at most. */
const WIDEST = 3

export const encodeText: Backend['encodeText'] = (text) => {
  if (text.length * WIDEST > ROOM) return Buffer.from(text).toString('base64url')
  return kept.toString('base64url', 0, kept.write(text))
}

const placeFor = (segment: string): Buffer => (segment.length > ROOM ? Buffer.alloc(segment.length) : kept)

/** Lays the bytes of a segment into a place, and says how many they are: undefined where the segment is not canonical. */
function lay(segment: string, place: Buffer): number | undefined {
  const length = place.write(segment, 'base64url')
  // What is no base64url is passed over or taken for something else: then other text comes back.
  return place.toString('base64url', 0, length) === segment ? length : undefined
}

export const decodeText: Backend['decodeText'] = (segment) => {
  const place = placeFor(segment)
  const length = lay(segment, place)
  if (length === undefined) return undefined
  const text = place.toString('utf8', 0, length)
  // Where something was not UTF-8 this character stands; it may also be what was written.
  return text.includes('\ufffd') ? (decodeUtf8(place.subarray(0, length)) ?? '') : text
}

export const isCanonical: Backend['isCanonical'] = (segment) =>
  BYTES_64.test(segment) || lay(segment, placeFor(segment)) !== undefined
