// What is told while an issuer runs: one line of JSON for each thing that happened, and nothing secret in it.
import type { World } from '@kit/jwt/command'
import type { Change } from '../authority/changes'
import type { Answer, Message } from '../http/message'
import { writtenText } from '../json'
import type { AuditRecord, Refusal } from '../service/config'

/** The lines of a log. */
export const LINES = {
  issued: (record: AuditRecord) => ({ event: 'issued', ...record }),
  refused: ({ endpoint, ...refusal }: Refusal) => ({
    event: 'refused',
    ...refusal,
    ...(endpoint !== undefined && { endpoint }),
  }),
  key: (change: Change) => ({ event: 'key', ...change }),
} as const

/**
 * Answers each request under an id of its own, which its answer has and what is told of it. One that the client says is not taken:
 * it would write into the log.
 *
 * The id goes with the request, and not with what runs: to follow that costs a runtime more than it costs to answer.
 */
export const underIds =
  (handle: (message: Message) => Promise<Answer>) =>
  async (message: Message): Promise<Answer> => {
    const id = crypto.randomUUID()
    const given = await handle({ ...message, id })
    return { ...given, headers: { ...given.headers, 'x-request-id': id } }
  }

/** Writes a line, with the second in which it happened. */
export function writeLine(world: World, stream: 'stdout' | 'stderr', line: Readonly<Record<string, unknown>>): void {
  world.write(stream, `${writtenText({ ...line, time: Math.floor(world.now()) })}\n`)
}
