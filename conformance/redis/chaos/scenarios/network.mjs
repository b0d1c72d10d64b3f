// A network that is slow, silent, or breaks in the middle of a reply.
import { Network } from '../network.mjs'
import { ask } from '../resp.mjs'
import { startSingle } from '../servers.mjs'

async function startBehindNetwork() {
  const topology = await startSingle()
  const network = await Network.before(topology.servers[0].port)
  return { ...topology, network, environment: { REDIS_URL: `redis://127.0.0.1:${network.port}` } }
}

const spell = (mode, milliseconds, delay) => async (world) => {
  const { network } = world.topology
  Object.assign(network, { mode, milliseconds: delay })
  await world.during(milliseconds, 'store_unavailable')
  network.mode = 'pass'
  await world.back(`a network with ${mode}`, async () => (await ask(network.port, 'PING')) === 'PONG')
}

export const NETWORK = {
  'a network that is slow': { start: startBehindNetwork, run: spell('delay', 1500, 150) },
  'a network that is silent': { start: startBehindNetwork, run: spell('drop', 1500) },
  'a network that breaks in the middle of replies': { start: startBehindNetwork, run: spell('cut', 1000) },
}
