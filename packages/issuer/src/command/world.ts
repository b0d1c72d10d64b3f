import type { World } from '@kit/jwt/command'
import type { Answer, Message } from '../http/message'
import type { Tracer } from '../http/spans'
import type { KeyStore } from '../stores/key-store'

/** A server that answers. */
export interface Listening {
  readonly port: number
  /** Settles when it was told to end, and has. */
  readonly stopped: Promise<void>
}

/** Why nothing can listen at a place. */
export type ListenReason = 'taken' | 'denied' | 'impossible'

/** Nothing can listen there. */
export class ListenFault extends Error {
  constructor(readonly reason: ListenReason) {
    super(reason)
  }
}

/** What the commands of an issuer touch of the machine, beside what all commands do. */
export interface IssuerWorld extends World {
  keyStore(folder: string): KeyStore
  /** Answers requests until somebody ends it. @throws ListenFault */
  listen(handle: (message: Message) => Promise<Answer>, host: string, port: number): Promise<Listening>
  /** What traces requests, where OpenTelemetry is installed. */
  tracer(): Promise<Tracer | undefined>
  /** Does something again and again. @returns what ends it */
  every(seconds: number, work: () => void): () => void
}
