// One server: frozen, killed, full, demoted, with another password.
import { setTimeout as pause } from 'node:timers/promises'
import { freePorts } from '../../ports.mjs'
import { ask } from '../resp.mjs'
import { startSingle } from '../servers.mjs'

const pings = (port) => async () => (await ask(port, 'PING')) === 'PONG'
const WRITES = ['consume', 'again', 'draw', 'write']

async function frozen(world) {
  const [one] = world.topology.servers
  for (const milliseconds of [700, 1500]) {
    one.freeze()
    await world.during(milliseconds, 'store_unavailable')
    one.thaw()
    await world.back('a server that runs again', pings(one.port))
  }
}

async function killed(world) {
  const [one] = world.topology.servers
  await one.kill()
  await world.during(500, 'store_unavailable')
  await one.start()
  await world.back('a server that was started again', pings(one.port))
  // New tokens are taken again after a moment.
  await pause(2500)
}

async function full(world) {
  const [{ port }] = world.topology.servers
  await ask(port, 'CONFIG', 'SET', 'maxmemory', '1')
  await world.during(600, 'store_full', WRITES)
  await ask(port, 'CONFIG', 'SET', 'maxmemory', '0')
  await world.back('memory', pings(port))
}

async function demoted(world) {
  const [{ port }] = world.topology.servers
  const [nobody] = await freePorts(1)
  await ask(port, 'REPLICAOF', '127.0.0.1', nobody)
  await world.during(600, 'store_unavailable', WRITES)
  await ask(port, 'REPLICAOF', 'NO', 'ONE')
  await world.back('a primary', pings(port))
}

async function startWithUser() {
  const topology = await startSingle('--user', 'kit', 'on', '>before', '~*', '+@all')
  const [{ port }] = topology.servers
  return { ...topology, environment: { REDIS_URL: `redis://kit:before@127.0.0.1:${port}` } }
}

async function password(world) {
  const [{ port }] = world.topology.servers
  const change = async (word) => {
    await ask(port, 'ACL', 'SETUSER', 'kit', 'resetpass', `>${word}`)
    await ask(port, 'CLIENT', 'KILL', 'USER', 'kit')
  }
  await change('after')
  await pause(100)
  await world.during(900, 'store_refused')
  await change('before')
  await world.back('the password', pings(port))
}

export const SINGLE = {
  'a server that is frozen': { start: startSingle, run: frozen },
  'a server that is killed, without persistence': { start: startSingle, run: killed, losses: 1, isLossy: true },
  'a server that is killed, with snapshots': {
    start: () => startSingle('--save', '1', '1'),
    run: killed,
    losses: 1,
    isLossy: true,
  },
  'a server that is killed, with an append-only file': {
    start: () => startSingle('--appendonly', 'yes', '--appendfsync', 'always'),
    run: killed,
  },
  'a server that is full': { start: startSingle, run: full },
  'a server that is demoted beneath its clients': { start: startSingle, run: demoted },
  'a password that is changed': { start: startWithUser, run: password },
}
