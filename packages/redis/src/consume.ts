// What a replay store asks Redis of one token.
import type { RedisCommands, RedisPipeline, Reply } from './commands'
import { storeError } from './errors'
import { runScript, runScriptThen, type ScriptKeys } from './scripts'

/** How many replicas have to know of a use before it counts, and for how many milliseconds they are waited for. */
export interface Copies {
  readonly least: number
  readonly milliseconds: number
}

export const hasPipeline = (redis: RedisCommands): redis is RedisPipeline => 'pipeline' in redis

/** Uses a token up; again where nobody knows whether it was done: with the same nonce, it is one use. */
export async function consume(
  redis: RedisCommands,
  keys: ScriptKeys,
  args: readonly string[],
  copies: Copies,
): Promise<Reply> {
  const own = [...args, String(copies.least)]
  try {
    return await once(redis, keys, own, copies)
  } catch (error) {
    if (storeError(error).code !== 'store_unavailable') throw error
    // Of a slot that moved, the client of a cluster learns by a command that is in no pipeline.
    if (isMoved(error)) await redis.command(['EXISTS', keys[0]], keys[0]).catch(() => null)
    return once(redis, keys, own, copies)
  }
}

const isMoved = (error: unknown): boolean => error instanceof Error && error.message.startsWith('MOVED ')

async function once(
  redis: RedisCommands,
  keys: ScriptKeys,
  args: readonly string[],
  { least, milliseconds }: Copies,
): Promise<Reply> {
  if (least === 0 || !hasPipeline(redis)) return runScript(redis, 'consume', keys, args)
  const wait = ['WAIT', String(least), String(milliseconds)]
  const [said, copied] = await runScriptThen(redis, 'consume', keys, args, wait)
  return said === 'fresh' && !(Number(copied) >= least) ? 'unreplicated' : (said ?? null)
}
