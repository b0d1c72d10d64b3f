import { type Arguments, type Command, CommandFailure, EXIT, readInteger } from '@kit/jwt/command'
import type { Change } from '../../authority/changes'
import { AuthorityError } from '../../errors'
import type { IssuerOptions } from '../../service/config'
import { createIssuer } from '../../service/issuer'
import { devOptions, tryIt } from '../dev'
import { LINES, underIds, writeLine } from '../log'
import { named, readSettings } from '../settings'
import { type IssuerWorld, ListenFault, type ListenReason } from '../world'

const HOST = '127.0.0.1'
const LOOPBACK = [HOST, 'localhost', '::1']
const PORT = 8787
const MOST_PORT = 65_535
/** Seconds: requests look at the keys too, so that this is for when there are none. */
const LOOK = 60

const NAMES = {
  adminSecret: 'ISSUER_ADMIN_SECRET',
  audience: 'AUTH_AUDIENCE',
  issuer: 'AUTH_ISSUER',
  ttl: 'DEFAULT_TTL',
}
const REASONS: Readonly<Record<ListenReason, string>> = {
  taken: 'another program listens there; name another port with --port',
  denied: 'permission denied; ports below 1024 are for the system',
  impossible: 'the system refuses it',
}

/** `kit-issuer serve`: answers requests until it is told to end. */
export const serve: Command<IssuerWorld> = async (given, world, output) => {
  const host = given.values['host']?.[0] ?? HOST
  const isDev = given.switches.has('dev')
  const port = readInteger('port', given.values['port']?.[0], isDev ? 1 : 0, MOST_PORT) ?? PORT
  if (isDev && !LOOPBACK.includes(host)) throw new CommandFailure('--dev listens on loopback alone')
  const dev = isDev ? await devOptions(world, port) : undefined
  const options = dev ?? (await configured(given, world))
  const tracer = await world.tracer()
  const issuer = await named(NAMES, async () =>
    createIssuer({
      ...options,
      clock: () => world.now(),
      ...(given.switches.has('metrics') && { metrics: true }),
      ...(tracer && { tracer }),
      onIssue: (record) => writeLine(world, 'stdout', LINES.issued(record)),
      onRefusal: (refusal) => writeLine(world, 'stdout', LINES.refused(refusal)),
    }),
  )
  const listening = await listen(
    world,
    underIds((message) => issuer.handle(message)),
    host,
    port,
  )
  writeLine(world, 'stdout', { event: 'listening', host, port: listening.port, issuer: options.issuer })
  if (dev) output.note(tryIt(dev))
  if (!LOOPBACK.includes(host)) output.note('Others can reach it without TLS: put it behind a proxy that does that.\n')
  output.note('Ctrl-C ends it.\n')
  const end = world.every(LOOK, () => {
    options.authority.checkAndRotate().catch((error: unknown) => {
      const code = AuthorityError.is(error) ? error.code : 'unexpected'
      writeLine(world, 'stdout', { event: 'keys_unavailable', code })
    })
  })
  await listening.stopped
  end()
  writeLine(world, 'stdout', { event: 'stopped' })
  return EXIT.ok
}

/** What the environment and the file say. */
async function configured(given: Arguments, world: IssuerWorld): Promise<IssuerOptions> {
  const settings = readSettings(given, world)
  const { clients, trust, adminPolicy, adminForm = true, tokenType } = settings.file
  const issuer = settings.required('AUTH_ISSUER')
  const adminSecret = adminForm ? settings.required('ISSUER_ADMIN_SECRET') : undefined
  const [audience, ttl] = [settings.text('AUTH_AUDIENCE'), settings.seconds('DEFAULT_TTL')]
  const startedAt = Math.floor(world.now())
  // Whoever reads the keys for the first time is told of all of them: what is older was told by others.
  const authority = await settings.authority((change: Change) => {
    if (change.at >= startedAt) writeLine(world, 'stdout', LINES.key(change))
  })
  return {
    authority,
    issuer,
    ...(audience !== undefined && { audience }),
    ...(ttl !== undefined && { ttl }),
    ...(adminSecret !== undefined && { adminSecret }),
    ...(clients && { clients }),
    ...(trust && { trust }),
    ...(adminPolicy && { adminPolicy }),
    ...(tokenType && { tokenType }),
  }
}

async function listen(world: IssuerWorld, handle: Parameters<IssuerWorld['listen']>[0], host: string, port: number) {
  try {
    return await world.listen(handle, host, port)
  } catch (error) {
    if (error instanceof ListenFault)
      throw new CommandFailure(`cannot listen at port ${port}: ${REASONS[error.reason]}`)
    throw error
  }
}
