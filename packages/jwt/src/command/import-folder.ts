// Keys kept as PEM: DIR/<kid>/public.pem, DIR/<kid>/private.pem, or both.
import type { JsonObject } from '../encoding/json-value'
import { CommandFailure, quoted } from './failure'
import { faultSentence, readText } from './inputs'
import { type GivenKey, refusedKey } from './keys'
import type { Output } from './output'
import { inFolder } from './paths'
import { isEncrypted, publicJwkOfPem } from './pem'
import { FileFault, type World } from './world'

/**
 * The public keys of a folder of folders, sorted by name; each folder's name is the `kid`.
 *
 * @throws CommandFailure
 */
export function importFolder(output: Output, folder: string): readonly GivenKey[] {
  const names = listed(output.world, folder)
  if (names === undefined) throw new CommandFailure(`cannot read ${quoted(folder)}: there is no such folder`)
  const keys = names.flatMap((kid) => importOne(output, inFolder(folder, kid), kid) ?? [])
  if (keys.length > 0) return keys
  throw new CommandFailure(`there is no <kid>/public.pem and no <kid>/private.pem in ${quoted(folder)}`)
}

/** The names in a folder; undefined where it is none. */
function listed(world: World, path: string): readonly string[] | undefined {
  try {
    return world.list(path)
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    if (error.reason === 'missing') return undefined
    throw new CommandFailure(faultSentence('read', quoted(path), error.reason))
  }
}

function importOne(output: Output, folder: string, kid: string): GivenKey | undefined {
  const { world } = output
  // What begins with a dot is the system's own: .git, .DS_Store.
  const names = kid.startsWith('.') ? undefined : listed(world, folder)
  if (names === undefined) return undefined
  const [publicPath, privatePath] = [inFolder(folder, 'public.pem'), inFolder(folder, 'private.pem')]
  const publicJwk = names.includes('public.pem') ? readPem(world, publicPath, 'public') : undefined
  const privateHalf = names.includes('private.pem') ? readPrivate(output, privatePath, publicJwk) : undefined
  const jwk = publicJwk ?? privateHalf
  if (jwk === undefined) throw new CommandFailure(`there is neither public.pem nor private.pem in ${quoted(folder)}`)
  if (privateHalf !== undefined && Object.entries(jwk).some(([name, value]) => privateHalf[name] !== value))
    throw refusedKey('key_invalid', `${quoted(publicPath)} and ${quoted(privatePath)} do not belong together`)
  return { source: quoted(publicJwk === undefined ? privatePath : publicPath), jwk: { ...jwk, kid } }
}

const readPem = (world: World, path: string, half: 'public' | 'private'): JsonObject =>
  publicJwkOfPem(readText(world, path), quoted(path), half)

/** The public half of a private key; undefined where it is locked away and the public key is there without it. */
function readPrivate(output: Output, path: string, publicJwk: JsonObject | undefined): JsonObject | undefined {
  const text = readText(output.world, path)
  if (!isEncrypted(text)) return publicJwkOfPem(text, quoted(path), 'private')
  if (publicJwk === undefined)
    throw new CommandFailure(
      `${quoted(path)} is encrypted: write its public half to public.pem beside it, with 'openssl pkey -pubout'`,
    )
  output.note(`${quoted(path)} is encrypted: it was not held against public.pem.\n`)
  return undefined
}
