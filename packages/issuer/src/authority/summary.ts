import type { KeyRecord } from './key-set'

/** A key as people and dashboards see it: no material. */
export type KeySummary = Omit<KeyRecord, 'privateJwk' | 'publicJwk'>

export const summaryOf = ({ privateJwk: _, publicJwk: __, ...summary }: KeyRecord): KeySummary => summary
