// What Redis runs, in one step each: the same text in both languages, written by conformance/redis/scripts.mjs.
import type { RedisCommands, RedisPipeline, Reply } from './commands'
import scripts from './scripts/texts.json'

export type ScriptName = keyof typeof scripts

const isMissing = (error: unknown): boolean => error instanceof Error && error.message.startsWith('NOSCRIPT')

/** All of one hash tag. */
export type ScriptKeys = readonly [string, ...string[]]

/** By its digest; where the server does not know it yet, by its text, once. */
async function run<Replies>(
  name: ScriptName,
  keys: ScriptKeys,
  args: readonly string[],
  send: (command: readonly string[]) => Promise<Replies>,
): Promise<Replies> {
  const { sha1, text } = scripts[name]
  const rest = [String(keys.length), ...keys, ...args]
  try {
    return await send(['EVALSHA', sha1, ...rest])
  } catch (error) {
    if (!isMissing(error)) throw error
    return send(['EVAL', text, ...rest])
  }
}

/** Runs a script. */
export const runScript = (
  redis: RedisCommands,
  name: ScriptName,
  keys: ScriptKeys,
  args: readonly string[] = [],
): Promise<Reply> => run(name, keys, args, (command) => redis.command(command, keys[0]))

/** Runs a script, and another command after it over the same connection. */
export const runScriptThen = (
  redis: Pick<RedisPipeline, 'pipeline'>,
  name: ScriptName,
  keys: ScriptKeys,
  args: readonly string[],
  then: readonly string[],
): Promise<readonly Reply[]> => run(name, keys, args, (command) => redis.pipeline([command, then], keys[0]))
