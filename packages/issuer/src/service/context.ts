import type { IssuerConfig } from './config'
import type { Failures } from './failures'
import type { Kits } from './kits'
import type { Metrics } from './metrics'

/** What belongs to one issuer. */
export interface Context {
  readonly config: IssuerConfig
  readonly kits: Kits
  /** Of the admin secret. */
  readonly failures: Failures
  readonly metrics: Metrics
  /** The id of the request that is answered, where it has one. */
  readonly request?: string
}
