// Keys that were kept as PEM, in folders <kid>/{private,public}.pem, become the first keys of an authority.
import { createPrivateKey } from 'node:crypto'
import type { Jwk } from '@kit/jwt'
import {
  CommandFailure,
  EXIT,
  FileFault,
  inFolder,
  isEncrypted,
  isOpen,
  publicJwkOfPem,
  quoted,
  readText,
  type World,
} from '@kit/jwt/command'
import { writeDocument } from '../authority/document'
import type { KeyRecord, KeySetRecord, NewKey } from '../authority/key-set'
import { advanced } from '../authority/life'
import { newKey } from '../authority/new-key'
import { type TimingOptions, timingOf } from '../authority/timing'
import type { Keks } from '../sealing/kek'
import type { KeyStore } from '../stores/key-store'

const PRIVATE = 'private.pem'
const PUBLIC = 'public.pem'

interface Place {
  readonly folder: string
  readonly world: World
  readonly store: KeyStore
  readonly keks: Keks
  readonly timing: TimingOptions
}

interface Found extends Omit<NewKey, 'publicJwk'> {
  readonly publicJwk: Jwk
}

/**
 * Where a store has no keys yet and its folder has some as PEM, they are its first ones: the last one by name that has its
 * private half signs, the others stay until the longest token has expired.
 *
 * @throws CommandFailure - a file that holds no Ed25519 key, or is locked or open to others
 */
export async function takeOver({ folder, world, store, keks, timing: times }: Place): Promise<void> {
  const names = foldersIn(world, folder)
  if (names.length === 0 || (await store.read()) !== undefined) return
  const found = names.flatMap((kid) => keyIn(world, inFolder(folder, kid), kid) ?? [])
  const active = found.filter(({ privateJwk }) => privateJwk !== undefined).at(-1)
  if (active === undefined) return
  const timing = timingOf(times)
  const now = world.now()
  const fresh = [active]
  const set = await advanced(undefined, now, timing, async () => fresh.pop() ?? newKey('EdDSA'))
  const at = Math.floor(now)
  const others = found
    .filter((key) => key !== active)
    .map(({ privateJwk: _, ...key }): KeyRecord => {
      const times = { publishedAt: at, activatedAt: at, retiredAt: at, removeAt: at + timing.retention }
      return { ...key, state: 'retired', ...times }
    })
  const first: KeySetRecord = { ...set, keys: [...others, ...set.keys] }
  // Another process may be quicker: then its keys are the first ones.
  await store.writeIf(0, await writeDocument(first, keks))
}

/** What begins with a dot is the system's own. */
function foldersIn(world: World, folder: string): readonly string[] {
  return listed(world, folder).filter(
    (name) => !name.startsWith('.') && listed(world, inFolder(folder, name)).some((file) => file.endsWith('.pem')),
  )
}

function listed(world: World, path: string): readonly string[] {
  try {
    return world.list(path)
  } catch (error) {
    if (error instanceof FileFault) return []
    throw error
  }
}

function keyIn(world: World, folder: string, kid: string): Found | undefined {
  const names = listed(world, folder)
  const [publicPath, privatePath] = [inFolder(folder, PUBLIC), inFolder(folder, PRIVATE)]
  const members = { kid, alg: 'EdDSA', use: 'sig' }
  const half = names.includes(PUBLIC) ? publicHalf(readText(world, publicPath), publicPath, 'public') : undefined
  if (!names.includes(PRIVATE))
    return half && { kid, algorithm: 'EdDSA', publicJwk: { ...half, ...members } as unknown as Jwk }
  const text = readText(world, privatePath)
  if (isOpen(privatePath, world)) throw refused(privatePath, 'is open to others: chmod 600')
  if (isEncrypted(text)) throw refused(privatePath, "is encrypted: write it without a passphrase, with 'openssl pkey'")
  const whole = publicHalf(text, privatePath, 'private')
  if (half !== undefined && half['x'] !== whole['x'])
    throw refused(privatePath, 'does not belong to public.pem beside it')
  const { d } = createPrivateKey(text).export({ format: 'jwk' })
  const publicJwk = { ...whole, ...members } as unknown as Jwk
  return { kid, algorithm: 'EdDSA', publicJwk, privateJwk: { ...publicJwk, d } as Jwk }
}

function publicHalf(text: string, path: string, half: 'public' | 'private'): Readonly<Record<string, unknown>> {
  const jwk = publicJwkOfPem(text, quoted(path), half)
  if (jwk['kty'] === 'OKP' && jwk['crv'] === 'Ed25519') return jwk
  throw refused(path, 'holds no Ed25519 key, which is what this issuer signs with')
}

const refused = (path: string, sentence: string): CommandFailure =>
  new CommandFailure(`${quoted(path)} ${sentence}`, EXIT.usage, 'key_unsuitable')
