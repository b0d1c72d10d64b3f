// What the doctor looks at, each place on its own: one that is wrong hides no other.
import { ConfigError } from '@kit/jwt'
import { CommandFailure, isOpen, type Variables, type World } from '@kit/jwt/command'
import { createAuthority } from '../authority/authority'
import { readDocument } from '../authority/document'
import { rotationOf } from '../authority/life'
import { type Timing, timingOf } from '../authority/timing'
import { AuthorityError } from '../errors'
import { isIssuer } from '../service/config'
import { createIssuer } from '../service/issuer'
import type { ConfigFile } from './config-file'
import { type Finding, fault, finding } from './findings'
import type { Settings } from './settings'

const HOUR = 3600
const DAY = 86_400
const LONGEST_PERIOD = 90 * DAY
const MOST_LEEWAY = 90
const SECRET_CHARACTERS = 32
/** Of a random text of 43 characters, fewer than this are different once in billions. */
const DIFFERENT = 16

/** What is set, and whether it may have its value. */
export function ofVariables({ values }: Variables, { adminForm = true }: ConfigFile): readonly Finding[] {
  const { AUTH_ISSUER: issuer, ISSUER_ADMIN_SECRET: secret, DEFAULT_TTL: ttl } = values
  const needed = ['AUTH_ISSUER', 'JWKS_DIR', ...(adminForm ? ['ISSUER_ADMIN_SECRET'] : [])]
  if (values['ISSUER_KEK_PATH'] === undefined) needed.push('ISSUER_KEK')
  return [
    ...needed.filter((name) => values[name] === undefined).map((name) => finding('setting_missing', name)),
    ...(issuer !== undefined && !isIssuer(issuer) ? [finding('setting_invalid', 'AUTH_ISSUER')] : []),
    ...(values['AUTH_AUDIENCE'] === undefined ? [finding('audience_missing', 'AUTH_AUDIENCE')] : []),
    ...(adminForm && secret !== undefined ? ofSecret(secret) : []),
    ...(ttl !== undefined && /^[1-9][0-9]{0,8}$/.test(ttl) && Number(ttl) > HOUR
      ? [finding('ttl_long', 'DEFAULT_TTL')]
      : []),
  ]
}

function ofSecret(secret: string): readonly Finding[] {
  if (secret.length < SECRET_CHARACTERS) return [finding('setting_invalid', 'ISSUER_ADMIN_SECRET')]
  return new Set(secret).size < DIFFERENT ? [finding('secret_plain', 'ISSUER_ADMIN_SECRET')] : []
}

/** What others on this machine may do with the files. */
export function ofFiles({ file, values }: Variables, world: World): readonly Finding[] {
  const paths = [file, values['ISSUER_KEK_PATH'], values['JWKS_DIR']]
  return paths.flatMap((path) => (path && isOpen(path, world) ? [finding('file_open', path)] : []))
}

/** The times, where they are safe. */
export function ofTimes({ timing: given = {} }: ConfigFile): { timing?: Timing; findings: readonly Finding[] } {
  try {
    const timing = timingOf(given)
    const { longestTtl, leeway, rotateEvery } = timing
    const findings = [
      ...(longestTtl > DAY ? [finding('longest_ttl_long', 'timing.longestTtl')] : []),
      ...(leeway === 0 ? [finding('leeway_none', 'timing.leeway')] : []),
      ...(leeway > MOST_LEEWAY ? [finding('leeway_long', 'timing.leeway')] : []),
      ...(rotateEvery > LONGEST_PERIOD ? [finding('rotation_rare', 'timing.rotateEvery')] : []),
    ]
    return { timing, findings }
  } catch (error) {
    if (!ConfigError.is(error)) throw error
    return { findings: [finding('lead_short', `timing.${error.variable}`)] }
  }
}

/** The keys, which are read and left as they are. */
export async function ofKeys(settings: Settings, timing: Timing): Promise<readonly Finding[]> {
  const { JWKS_DIR: folder = '' } = settings.variables.values
  if (folder === '') return []
  try {
    const stored = await settings.world.keyStore(folder).read()
    if (stored === undefined) return [finding('keys_missing', folder)]
    const set = await readDocument(stored.text, stored.version, await settings.keks())
    const now = settings.world.now()
    return [
      ...(set.keys.some(({ publishedAt }) => publishedAt > now + timing.leeway)
        ? [finding('clock_behind', folder)]
        : []),
      ...(now > rotationOf(set, timing) + HOUR ? [finding('rotation_overdue', folder)] : []),
    ]
  } catch (error) {
    if (AuthorityError.is(error)) return [fault(error.code, folder)]
    // What is wrong with a variable is told as that.
    if (ConfigError.is(error) || error instanceof CommandFailure) return []
    throw error
  }
}

/** Clients, trusted issuers and the policy, as the issuer takes them. */
export async function ofIssuer(file: ConfigFile, settings: Settings, timing: Timing): Promise<readonly Finding[]> {
  const { clients = [], trust = [], adminForm = true, adminPolicy, tokenType } = file
  const { AUTH_ISSUER: issuer = '' } = settings.variables.values
  const careless = [
    ...(clients.length === 0 && !adminForm ? [finding('nobody_may_ask', 'clients')] : []),
    ...listed(clients).flatMap((client, index) =>
      'secretSha256' in Object(client) ? [finding('secret_in_file', `clients[${index}]`)] : [],
    ),
    ...listed(trust).flatMap((one, index) =>
      JSON.stringify((Object(one) as { algorithms?: unknown }).algorithms ?? []).includes('RS256')
        ? [finding('algorithm_old', `trust[${index}]`)]
        : [],
    ),
  ]
  try {
    const authority = await createAuthority({ ...timing })
    const options = { clients, ...(trust.length > 0 && { trust }), ...(adminPolicy && { adminPolicy }) }
    createIssuer({
      authority,
      issuer: isIssuer(issuer) ? issuer : 'https://issuer.example',
      ...options,
      ...(tokenType && { tokenType }),
    })
    return careless
  } catch (error) {
    if (!ConfigError.is(error)) throw error
    return [...careless, fault(error.code, error.variable ?? 'ISSUER_CONFIG')]
  }
}

const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
