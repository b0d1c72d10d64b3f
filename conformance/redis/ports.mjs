// Ports for servers that have to be told one.
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** Below those that a system gives to clients by itself: nobody is given one of them before its server listens. */
const [FIRST, LAST] = [10_000, 32_000]

async function listener() {
  for (;;) {
    const server = createServer().listen(randomInt(FIRST, LAST), '127.0.0.1')
    try {
      await once(server, 'listening')
      return server
    } catch {
      // Somebody listens there.
    }
  }
}

/** Ports that nobody listens on, all different. */
export async function freePorts(count) {
  const servers = []
  while (servers.length < count) servers.push(await listener())
  const ports = servers.map((server) => server.address().port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

/** One of them. */
export const freePort = async () => (await freePorts(1))[0]
