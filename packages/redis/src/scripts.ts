// What Redis runs, in one step each: the same text in both languages, written by conformance/redis/scripts.mjs.
import type { RedisCommands, Reply } from './commands'
import scripts from './scripts/texts.json'

export type ScriptName = keyof typeof scripts

const isMissing = (error: unknown): boolean => error instanceof Error && error.message.startsWith('NOSCRIPT')

/**
 * Runs a script by its digest; where the server does not know it yet, by its text, once.
 *
 * @param keys - all of one hash tag
 */
export async function runScript(
  redis: RedisCommands,
  name: ScriptName,
  keys: readonly [string, ...string[]],
  args: readonly string[] = [],
): Promise<Reply> {
  const { sha1, text } = scripts[name]
  const rest = [String(keys.length), ...keys, ...args]
  try {
    return await redis.command(['EVALSHA', sha1, ...rest], keys[0])
  } catch (error) {
    if (!isMissing(error)) throw error
    return redis.command(['EVAL', text, ...rest], keys[0])
  }
}
