// Sentinels that fail over, and a cluster whose slots move and whose nodes die.
import { setTimeout as pause } from 'node:timers/promises'
import { ask, Probe } from '../resp.mjs'
import { isWhole, namedPrimary, startCluster, startSentinels, until } from '../servers.mjs'
import { epoch } from '../world.mjs'

/** Whether the Sentinels name another primary than before, and it thinks so too. */
const hasFailedOver = (sentinels, before) => async () => {
  const port = await namedPrimary(sentinels)
  return port !== before && (await ask(port, 'ROLE'))[0] === 'master'
}

async function primaryKilled(world) {
  const { servers, sentinels } = world.topology
  const before = await namedPrimary(sentinels)
  const primary = servers.find(({ port }) => port === before)
  await primary.kill()
  await world.during(900, 'store_unavailable')
  await world.back('a failover', hasFailedOver(sentinels, before))
  const from = epoch()
  await primary.start()
  await until('a replica', async () => (await ask(before, 'ROLE'))[0] === 'slave')
  // Until somebody tells it, it takes itself for the primary, and so may a Sentinel that has not heard of the failover.
  world.splits.push({ from, to: epoch() })
  await world.recovered(epoch(), 'the old primary came back')
}

async function primaryFrozen(world) {
  const { servers, sentinels } = world.topology
  const before = await namedPrimary(sentinels)
  const primary = servers.find(({ port }) => port === before)
  primary.freeze()
  await world.during(900, 'store_unavailable')
  await world.back('a failover', hasFailedOver(sentinels, before))
  const from = epoch()
  primary.thaw()
  await until('a replica', async () => (await ask(before, 'ROLE'))[0] === 'slave')
  world.splits.push({ from, to: epoch() })
  await world.recovered(epoch(), 'the old primary was demoted')
}

async function failover(world) {
  const { sentinels } = world.topology
  const before = await namedPrimary(sentinels)
  const from = epoch()
  await ask(sentinels[0].port, 'SENTINEL', 'FAILOVER', 'main')
  await until('a failover', hasFailedOver(sentinels, before))
  await until('a replica', async () => (await ask(before, 'ROLE'))[0] === 'slave')
  world.splits.push({ from, to: epoch() })
  await world.recovered(epoch(), 'a failover that was asked for')
}

/** Moves a slot and its keys, one after the other, with time between for whoever asks. */
async function moveSlot(slot, from, to) {
  const [source, target] = [await Probe.to(from.port), await Probe.to(to.port)]
  const [sourceId, targetId] = [await source.command('CLUSTER', 'MYID'), await target.command('CLUSTER', 'MYID')]
  await target.command('CLUSTER', 'SETSLOT', slot, 'IMPORTING', sourceId)
  await source.command('CLUSTER', 'SETSLOT', slot, 'MIGRATING', targetId)
  for (;;) {
    const keys = await source.command('CLUSTER', 'GETKEYSINSLOT', slot, 5)
    if (keys.length === 0) break
    await source.command('MIGRATE', '127.0.0.1', to.port, '', 0, 1000, 'KEYS', ...keys)
    await pause(5)
  }
  for (const one of [target, source]) await one.command('CLUSTER', 'SETSLOT', slot, 'NODE', targetId)
  source.end()
  target.end()
}

/** Who serves a slot. */
async function ownerOf(slot, servers) {
  for (const server of servers)
    for (const [first, last, [, port]] of await ask(server.port, 'CLUSTER', 'SLOTS'))
      if (slot >= first && slot <= last) return servers.find((one) => one.port === port)
  throw new Error(`nobody serves ${slot}`)
}

async function slotsMove(world) {
  const { servers } = world.topology
  const parts = Array.from({ length: 16 }, (_, part) => `{chaos:replay:${part.toString(16)}}`)
  for (const key of [...parts, '{chaos:document:keys}']) {
    const slot = await ask(servers[0].port, 'CLUSTER', 'KEYSLOT', key)
    const from = await ownerOf(slot, servers)
    await moveSlot(slot, from, servers[(servers.indexOf(from) + 1) % servers.length])
  }
  await world.recovered(epoch(), 'slots that moved')
  await pause(1000)
}

async function nodeKilled(world) {
  const [one] = world.topology.servers
  await one.kill()
  await world.during(1500, 'store_unavailable', ['consume', 'again'])
  await one.start()
  await world.back('the node', () => isWhole(world.topology))
}

/** A replica lacks what was not sent to it yet. */
const FAILED_OVER = { losses: 1, isLossy: true }

export const TOPOLOGIES = {
  'a primary that is killed': { start: startSentinels, run: primaryKilled, ...FAILED_OVER, primaries: 2 },
  'a primary that is frozen': { start: startSentinels, run: primaryFrozen, ...FAILED_OVER, primaries: 2 },
  'a failover that is asked for': { start: startSentinels, run: failover, ...FAILED_OVER, primaries: 2 },
  'slots that move': { start: startCluster, run: slotsMove },
  'a node that is killed': { start: startCluster, run: nodeKilled },
}
