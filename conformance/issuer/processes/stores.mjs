// The stores that a crowd of processes shares, each with a reader of what it keeps: it reads the store's own files, all versions
// in their order, and asks no process of ours.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { needRedis, startRedis } from '../../redis/server.mjs'

/** A folder: each version is a file, of which so many stay that none is missed. */
function folderStore() {
  const folder = mkdtempSync(join(tmpdir(), 'kit-processes-'))
  const seen = new Set()
  return {
    place: folder,
    /** Versions that were not read before: when they were written at the earliest, in milliseconds. */
    fresh() {
      const names = readdirSync(folder).filter((name) => /^keys-\d{12}\.json$/.test(name))
      return names.sort().flatMap((name) => {
        if (seen.has(name)) return []
        try {
          const one = { text: readFileSync(join(folder, name), 'utf8'), at: statSync(join(folder, name)).mtimeMs }
          seen.add(name)
          return { version: Number(name.slice(5, 17)), ...one }
        } catch {
          return [] // Pruned since it was listed: it was read before, or the judge misses it.
        }
      })
    },
    isAway: () => false,
    trouble: async () => {},
    end: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** How long after its return nobody is blamed for not having found the server: connections are made anew. */
const RETURN_MILLISECONDS = 2000

/** A server of Redis, that dies now and then: its append-only file has every write, and outlives it. */
async function redisStore({ random, pause }) {
  needRedis()
  // Never rewritten: a version that was followed by another would be lost to the reader.
  const kept = ['--appendonly', 'yes', '--appendfsync', 'always', '--auto-aof-rewrite-percentage', '0']
  const server = await startRedis(kept)
  let awayUntil = 0
  let read = 0
  let lookedAt = Date.now()
  return {
    place: server.url,
    fresh() {
      const at = lookedAt
      lookedAt = Date.now()
      const log = readFileSync(join(server.folder, 'appendonlydir', 'appendonly.aof.1.incr.aof'))
      const { commands, end } = commandsIn(log, read)
      read = end
      return commands
        .filter(([name]) => name.toUpperCase() === 'HSET')
        .map(([, , , version, , text]) => ({ version: Number(version), text, at }))
    },
    isAway: () => Date.now() < awayUntil,
    async trouble() {
      awayUntil = Number.POSITIVE_INFINITY
      await server.kill()
      await pause(random() * 300)
      await server.start()
      awayUntil = Date.now() + RETURN_MILLISECONDS
    },
    end: server.end,
  }
}

/** The whole commands of a log that begin at an offset (RESP arrays of bulk strings), and where the next one begins. */
function commandsIn(log, offset) {
  const commands = []
  let end = offset
  for (;;) {
    const command = []
    let at = end
    const line = () => {
      const stop = log.indexOf('\r\n', at)
      const text = stop < 0 ? '' : log.toString('utf8', at + 1, stop)
      at = stop < 0 ? log.length + 1 : stop + 2
      return Number(text)
    }
    for (let left = line(); left > 0 && at <= log.length; left--) {
      const length = line()
      command.push(log.toString('utf8', at, at + length))
      at += length + 2
    }
    if (command.length === 0 || at > log.length) return { commands, end }
    commands.push(command)
    end = at
  }
}

export const STORES = { folder: folderStore, redis: redisStore }
