import type { Claims, Kit } from '@kit/jwt'
import { Refused } from '../http/refused'
import { decodeUtf8Base64 } from '../utf8'
import type { Context } from './context'

/** A token that was minted and recorded. */
export interface Issued {
  readonly token: string
  readonly kid: string
  readonly claims: Claims
}

/**
 * Mints a token with the active key, and tells the audit of it before anybody has it.
 *
 * @param client - for the record
 * @throws Refused - `temporarily_unavailable`; what `mint` throws
 */
export async function issue(context: Context, client: string, mint: (kit: Kit) => Promise<string>): Promise<Issued> {
  const { kid, kit } = await context.kits.minting()
  const token = await mint(kit)
  const claims = claimsOf(token)
  const { jti, sub, act, iss, aud, iat, exp } = claims
  const { request } = context
  const record = {
    ...{ jti: jti as string, sub: sub as string, iss, aud, iat: iat as number, exp, kid, client },
    ...(act !== undefined && { act }),
    ...(request !== undefined && { request }),
  }
  try {
    await context.config.onIssue(record)
  } catch {
    // A token that nobody has a record of is not let out.
    throw new Refused('temporarily_unavailable', 'audit_unavailable')
  }
  context.metrics.issued()
  return { token, kid, claims }
}

/** The claims of a token that was written here a moment ago: what others wrote is read strictly, and takes longer. */
function claimsOf(token: string): Claims {
  const payload = (token.split('.')[1] as string).replaceAll('-', '+').replaceAll('_', '/')
  return JSON.parse(decodeUtf8Base64(payload) as string) as Claims
}

/** The response of RFC 6749 section 5.1. */
export const tokenResponse = ({ token, claims }: Issued): Record<string, unknown> => ({
  access_token: token,
  token_type: 'Bearer',
  expires_in: Math.floor(claims.exp - (claims.iat as number)),
  ...(typeof claims['scope'] === 'string' && { scope: claims['scope'] }),
})
