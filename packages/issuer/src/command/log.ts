// What is told while an issuer runs: one line of JSON for each thing that happened, and nothing secret in it.
import type { World } from '@kit/jwt/command'
import { canonicalize } from '@kit/jwt/encoding'
import type { Change } from '../authority/changes'
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

/** Writes a line, with the second in which it happened. */
export function writeLine(world: World, stream: 'stdout' | 'stderr', line: object): void {
  world.write(stream, `${canonicalize({ ...line, time: Math.floor(world.now()) })}\n`)
}
