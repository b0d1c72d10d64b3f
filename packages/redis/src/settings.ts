import { ConfigError, type ConfigErrorCode, type Environment } from '@kit/jwt'

/** Where a server listens. */
export interface Address {
  readonly host: string
  readonly port: number
}

/** What the variables of the environment say. */
export interface Settings {
  readonly mode: 'single' | 'sentinel' | 'cluster'
  /** The server, the Sentinels, or some nodes of the cluster. */
  readonly nodes: readonly [Address, ...Address[]]
  /** The name that the Sentinels know the servers by. */
  readonly master: string | undefined
  readonly database: number
  readonly username: string | undefined
  readonly password: string | undefined
  readonly sentinelPassword: string | undefined
  readonly tls: boolean
  /** A PEM file of the authorities that may sign the servers' certificates; those of the platform where there is none. */
  readonly caPath: string | undefined
}

const PORT = 6379
const SENTINEL_PORT = 26_379
const HOST = String.raw`(\[[\dA-Fa-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?`
const NODE = new RegExp(`^${HOST}$`)
const URL_FORM = new RegExp(`^(rediss?)://(?:([^:@/?#]*):([^:@/?#]*)@)?${HOST}(?:/(\\d{1,3})?)?$`)

function fail(code: ConfigErrorCode, variable: string): never {
  throw new ConfigError(code, { variable })
}

/** The text of a variable; an empty one is a mistake, not an absence. */
function text(environment: Environment, name: string): string | undefined {
  const value = Object.hasOwn(environment, name) ? environment[name] : undefined
  if (value === undefined) return undefined
  return typeof value === 'string' && value !== '' ? value : fail('config_invalid', name)
}

/** The same, or the binding that its twin with `_NAME` points to. */
function secret(environment: Environment, name: string): string | undefined {
  const twin = `${name}_NAME`
  const [value, pointer] = [text(environment, name), text(environment, twin)]
  if (pointer === undefined) return value
  if (value !== undefined) fail('config_conflict', twin)
  return Object.hasOwn(environment, pointer) && typeof environment[pointer] === 'string' && environment[pointer] !== ''
    ? environment[pointer]
    : fail('config_missing', twin)
}

function address(host: string, port: string | undefined, otherwise: number, variable: string): Address {
  const number = port === undefined ? otherwise : Number(port)
  if (number < 1 || number > 65_535) fail('config_invalid', variable)
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port: number }
}

function nodes(list: string, port: number, variable: string): Settings['nodes'] {
  const read = (item: string): Address => {
    const [, host, given] = NODE.exec(item.replace(/^ +| +$/g, '')) ?? []
    return host === undefined ? fail('config_invalid', variable) : address(host, given, port, variable)
  }
  const [first = '', ...others] = list.split(',')
  return [read(first), ...others.map(read)]
}

function decoded(part: string, blame: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return fail('config_invalid', blame)
  }
}

function single(url: string, blame: string): Partial<Settings> & Pick<Settings, 'nodes'> {
  const [, scheme, username, password, host, port, database] = URL_FORM.exec(url) ?? []
  if (host === undefined || password === '') return fail('config_invalid', blame)
  return {
    nodes: [address(host, port, PORT, blame)],
    database: Number(database ?? 0),
    username: username === undefined || username === '' ? undefined : decoded(username, blame),
    password: password === undefined ? undefined : decoded(password, blame),
    tls: scheme === 'rediss',
  }
}

function isOn(environment: Environment, name: string): boolean {
  const value = text(environment, name)
  if (value !== undefined && value !== 'true' && value !== 'false') fail('config_invalid', name)
  return value === 'true'
}

/** What goes with a mode, and is a mistake without it. */
const BELONGS: readonly (readonly [variable: string, modes: readonly Settings['mode'][]])[] = [
  ['REDIS_MASTER', ['sentinel']],
  ['REDIS_SENTINEL_PASSWORD', ['sentinel']],
  ['REDIS_SENTINEL_PASSWORD_NAME', ['sentinel']],
  ['REDIS_USERNAME', ['sentinel', 'cluster']],
  ['REDIS_PASSWORD', ['sentinel', 'cluster']],
  ['REDIS_PASSWORD_NAME', ['sentinel', 'cluster']],
  ['REDIS_TLS', ['sentinel', 'cluster']],
]

/**
 * @returns undefined where the environment names no Redis
 * @throws ConfigError - `config_missing`, `config_invalid`, `config_conflict`, with the variable
 */
export function readSettings(environment: Environment): Settings | undefined {
  const url = secret(environment, 'REDIS_URL')
  const sentinel = text(environment, 'REDIS_SENTINEL')
  const cluster = text(environment, 'REDIS_CLUSTER_NODES')
  if (sentinel !== undefined && url !== undefined) fail('config_conflict', 'REDIS_SENTINEL')
  if (cluster !== undefined && (url !== undefined || sentinel !== undefined))
    fail('config_conflict', 'REDIS_CLUSTER_NODES')
  const mode = sentinel !== undefined ? 'sentinel' : cluster !== undefined ? 'cluster' : 'single'
  for (const [variable, modes] of BELONGS)
    if (text(environment, variable) !== undefined && !modes.includes(mode)) fail('config_conflict', variable)
  const settings = {
    mode,
    master: undefined,
    database: 0,
    username: text(environment, 'REDIS_USERNAME'),
    password: secret(environment, 'REDIS_PASSWORD'),
    sentinelPassword: secret(environment, 'REDIS_SENTINEL_PASSWORD'),
    tls: isOn(environment, 'REDIS_TLS'),
    caPath: text(environment, 'REDIS_CA_PATH'),
  } as const
  const whole = place(environment, { url, sentinel, cluster }, settings)
  if (whole?.username !== undefined && whole.password === undefined) fail('config_missing', 'REDIS_PASSWORD')
  if (settings.caPath !== undefined && whole?.tls !== true) fail('config_conflict', 'REDIS_CA_PATH')
  return whole
}

interface Places {
  readonly url: string | undefined
  readonly sentinel: string | undefined
  readonly cluster: string | undefined
}

function place(environment: Environment, at: Places, settings: Omit<Settings, 'nodes'>): Settings | undefined {
  if (at.url !== undefined)
    return {
      ...settings,
      ...single(at.url, text(environment, 'REDIS_URL') === undefined ? 'REDIS_URL_NAME' : 'REDIS_URL'),
    }
  if (at.cluster !== undefined) return { ...settings, nodes: nodes(at.cluster, PORT, 'REDIS_CLUSTER_NODES') }
  if (at.sentinel === undefined) return undefined
  const master = text(environment, 'REDIS_MASTER') ?? fail('config_missing', 'REDIS_MASTER')
  return { ...settings, master, nodes: nodes(at.sentinel, SENTINEL_PORT, 'REDIS_SENTINEL') }
}
