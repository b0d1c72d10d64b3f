import type { Principal } from '@kit/jwt'
import { canonicalize } from '@kit/jwt/encoding'

/**
 * Whose budget a request draws on: of the subject of its token, of the client that speaks for it, or of the address
 * that it came from.
 */
export type LimitBy = 'subject' | 'client' | 'address'

/** The name of a budget: the same in every language, so that services in both can share it. */
export function limitKey({ issuer, subject, actors, claims }: Principal, by: Exclude<LimitBy, 'address'>): string {
  if (by === 'subject') return canonicalize([by, issuer, subject])
  const { client_id: client } = claims as { readonly client_id?: unknown }
  const named = typeof client === 'string' && client !== '' ? client : subject
  return canonicalize([by, issuer, actors[0]?.sub ?? named])
}
