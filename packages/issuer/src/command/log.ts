// What is told while an issuer runs: one line of JSON for each thing that happened, and nothing secret in it.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { World } from '@kit/jwt/command'
import { canonicalize } from '@kit/jwt/encoding'
import type { Change } from '../authority/changes'
import type { Answer } from '../http/message'
import type { AuditRecord, Refusal } from '../service/config'

/** The lines of a log. */
export const LINES = {
  issued: (record: AuditRecord) => ({ event: 'issued', ...record }),
  refused: ({ code, why, endpoint }: Refusal) => ({
    event: 'refused',
    code,
    why,
    ...(endpoint !== undefined && { endpoint }),
  }),
  key: (change: Change) => ({ event: 'key', ...change }),
} as const

/** The id of the request that is answered. */
const requests = new AsyncLocalStorage<string>()

/**
 * Answers a request under an id of its own, which its answer and all lines of it have. One that the client says is not taken: it
 * would write into the log.
 */
export async function inRequest(answer: () => Promise<Answer>): Promise<Answer> {
  const id = crypto.randomUUID()
  const given = await requests.run(id, answer)
  return { ...given, headers: { ...given.headers, 'x-request-id': id } }
}

/** Writes a line, with the second in which it happened, and the request. */
export function writeLine(world: World, stream: 'stdout' | 'stderr', line: object): void {
  const request = requests.getStore()
  const time = Math.floor(world.now())
  world.write(stream, `${canonicalize({ ...line, ...(request !== undefined && { request }), time })}\n`)
}
