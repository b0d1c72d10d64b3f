import { createKit, type Signer } from '@kit/jwt'
import { type Arguments, type Command, CommandFailure, duration, EXIT, readInteger } from '@kit/jwt/command'
import type { AuditRecord } from '../../service/config'
import { LINES, writeLine } from '../log'
import { readSettings, type Settings } from '../settings'
import type { IssuerWorld } from '../world'

const TTL = 900
/** The name under which its records stand: whoever holds the keys. */
const CLIENT = 'command'

/** `kit-issuer mint`: a token, and the record of it. */
export const mint: Command<IssuerWorld> = async (given, world, output) => {
  const settings = readSettings(given, world)
  const sub = given.values['sub']?.[0]
  if (sub === undefined) throw new CommandFailure('a token is for somebody: name them with --sub')
  const issuer = settings.required('AUTH_ISSUER')
  const aud = audienceOf(given, settings)
  const authority = await settings.authority()
  const { longestTtl } = authority.timing
  const ttl = readInteger('ttl', given.values['ttl']?.[0], 1, longestTtl) ?? settings.seconds('DEFAULT_TTL') ?? TTL
  const active = await authority.signer()
  const { kid } = active
  const signer: Signer = { alg: 'EdDSA', kid, sign: (data) => active.sign(data) }
  const types = [settings.file.tokenType ?? 'JWT']
  const kit = createKit({ issuer, signer, ttl, maxLifetime: longestTtl, types, clock: () => world.now() })
  const sets = { roles: listOf(given, 'roles'), permissions: listOf(given, 'permissions') }
  const token = await kit.sign({ sub, client_id: CLIENT, ...defined(sets) }, { aud })
  const claims = kit.decodeUnverified(token).claims as unknown as Omit<AuditRecord, 'kid' | 'client'>
  const { jti, iss, iat, exp } = claims
  writeLine(world, 'stderr', LINES.issued({ jti, sub, iss, aud: claims.aud, iat, exp, kid, client: CLIENT }))
  output.result({ token, expiresAt: exp, kid }, `${token}\n`)
  output.note(`It expires in ${duration(ttl)}.\n`)
  return EXIT.ok
}

function audienceOf({ values }: Arguments, settings: Settings): string | readonly string[] {
  const [first, ...others] = values['aud'] ?? [settings.text('AUTH_AUDIENCE') ?? '']
  if (first === undefined || first === '') throw new CommandFailure('a token is for a service: name it with --aud')
  return others.length === 0 ? first : [first, ...others]
}

/** Names between commas. @throws CommandFailure */
function listOf({ values }: Arguments, name: string): readonly string[] | undefined {
  const names = values[name]?.[0]?.split(',').map((one) => one.trim())
  if (names?.includes('')) throw new CommandFailure(`--${name} are names with one comma between two`)
  return names
}

const defined = (sets: Readonly<Record<string, readonly string[] | undefined>>) =>
  Object.fromEntries(Object.entries(sets).filter(([, value]) => value !== undefined))
