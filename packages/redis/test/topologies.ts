// A primary with two replicas and three Sentinels, and a cluster of three primaries: each of its own, on loopback alone.
import { execFile } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { freePorts, type Server, startOn } from './servers'

const run = promisify(execFile)

/** What redis-cli answers, without the line break. */
export async function ask(port: number, ...args: string[]): Promise<string> {
  const { stdout } = await run('redis-cli', ['-p', String(port), ...args])
  return stdout.trim()
}

export async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (await holds().catch(() => false)) return
    await pause(50)
  }
  throw new Error('it never came to be')
}

export interface Topology {
  readonly environment: Record<string, string>
  readonly servers: readonly Server[]
  end(): Promise<void>
}

const ending = (servers: readonly Server[]) => async (): Promise<void> => {
  for (const server of servers) await server.end()
}

/** The port of the primary that the Sentinels name. */
export const primaryOf = async ({ servers }: Topology): Promise<number> => {
  const said = await ask((servers.at(-1) as Server).port, 'sentinel', 'get-master-addr-by-name', 'main')
  return Number(said.split('\n')[1])
}

export async function startSentinels(): Promise<Topology> {
  const ports = await freePorts(6)
  const [primary = 0, ...others] = ports
  const replicas = others.slice(0, 2)
  const servers = [await startOn(primary, [])]
  for (const port of replicas) servers.push(await startOn(port, ['--replicaof', `127.0.0.1 ${primary}`]))
  await until(async () => (await ask(primary, 'role')).split('\n').length >= 8)
  const watch = [
    `sentinel monitor main 127.0.0.1 ${primary} 2`,
    'sentinel down-after-milliseconds main 3000',
    'sentinel failover-timeout main 3000',
  ]
  for (const port of others.slice(2)) servers.push(await startOn(port, ['--sentinel'], watch))
  const last = ports.at(-1) as number
  const knows = async (what: string): Promise<number> =>
    Number(/\d+/.exec((await ask(last, 'info', 'sentinel')).split(what)[1] ?? '')?.[0])
  await until(async () => (await knows('slaves=')) === 2 && (await knows('sentinels=')) === 3)
  const sentinels = others.slice(2).map((port) => `127.0.0.1:${port}`)
  return { environment: { REDIS_SENTINEL: sentinels.join(','), REDIS_MASTER: 'main' }, servers, end: ending(servers) }
}

/** @param replicas - of each of the three */
export async function startCluster(replicas = 0): Promise<Topology> {
  const ports = await freePorts(3 + 3 * replicas)
  const servers: Server[] = []
  for (const port of ports)
    servers.push(await startOn(port, ['--cluster-enabled', 'yes', '--cluster-port', String((await freePorts(1))[0])]))
  const nodes = ports.map((port) => `127.0.0.1:${port}`)
  await run('redis-cli', ['--cluster', 'create', ...nodes, '--cluster-replicas', String(replicas), '--cluster-yes'])
  for (const port of ports) await until(async () => (await ask(port, 'cluster', 'info')).includes('cluster_state:ok'))
  for (const port of ports.slice(0, 3))
    await until(async () => (await ask(port, 'info', 'replication')).split('state=online').length === replicas + 1)
  return { environment: { REDIS_CLUSTER_NODES: nodes.join(',') }, servers, end: ending(servers) }
}

/** Moves all slots of the first node to the second. */
export async function moveSlots({ servers }: Topology): Promise<void> {
  const [first, second] = servers as [Server, Server]
  const [from, to] = [await ask(first.port, 'cluster', 'myid'), await ask(second.port, 'cluster', 'myid')]
  const move = ['--cluster-from', from, '--cluster-to', to, '--cluster-slots', '6000', '--cluster-yes']
  await run('redis-cli', ['--cluster', 'reshard', `127.0.0.1:${first.port}`, ...move], { maxBuffer: 1 << 26 })
}
