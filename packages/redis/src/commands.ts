/** What a server answers: of all that Redis has, what is used here. */
export type Reply = string | number | null | readonly Reply[]

/**
 * One command to Redis: the port that the stores stand on. `fromIoredis` and `fromNodeRedis` make one of a client, and
 * `connectRedis` of an environment.
 */
export interface RedisCommands {
  /**
   * Sends one command, once.
   *
   * @param args - the command and its arguments
   * @param key - one of its keys, by which a cluster finds the server; the others have the same hash tag
   * @returns what the server answers. A refusal of the server rejects with an `Error` whose message begins with the server's
   *   word for it (`NOSCRIPT`, `OOM`); it need not settle in time, callers do not wait
   * @example
   * await redis.command(['SET', 'greeting', 'hello'], 'greeting') // 'OK'
   */
  command(args: readonly string[], key: string): Promise<Reply>
  /**
   * Told each time that an answer was not waited for any longer; a connection of `connectRedis` replaces itself then.
   *
   * @example
   * redis.late?.()
   */
  late?(): void
}

/** The same where commands can follow each other over one connection: what a store with `minReplicas` stands on. */
export interface RedisPipeline extends RedisCommands {
  /**
   * Sends commands at once, over one connection: what the later ones ask is about the earlier ones.
   *
   * @param commands - each the command and its arguments
   * @param key - as in `command`, of all of them
   * @returns what the server answers to each; rejects with the first refusal
   * @example
   * await redis.pipeline([['SET', 'greeting', 'hello'], ['WAIT', '1', '100']], 'greeting') // ['OK', 1]
   */
  pipeline(commands: readonly (readonly string[])[], key: string): Promise<readonly Reply[]>
}
