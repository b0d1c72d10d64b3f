import { type Claims, TokenError, unsafeTrustClaims } from '@kit/jwt'
import { type Answer, answer } from '../http/message'
import { type Parameters, required } from '../http/parameters'
import { Refused } from '../http/refused'
import type { Client } from './clients'
import type { Context } from './context'
import { issue, tokenResponse } from './issuing'
import { isFor } from './kits'
import { scopeOf, targetOf } from './targets'

const TYPE = 'urn:ietf:params:oauth:token-type:'
const ACCESS_TOKEN = `${TYPE}access_token`
const TYPES: readonly string[] = [ACCESS_TOKEN, `${TYPE}jwt`]

/**
 * A token in which the client acts for the subject of a token that came to it (RFC 8693 section 2). What is wrong with that
 * token is `invalid_request`, whatever it is: section 2.2.2.
 */
export async function exchange(form: Parameters, client: Client, context: Context): Promise<Answer> {
  const token = required(form, 'subject_token')
  const issuedType = form.get('requested_token_type') ?? ACCESS_TOKEN
  if (!TYPES.includes(required(form, 'subject_token_type')) || !TYPES.includes(issuedType))
    throw new Refused('invalid_request', 'token_type_unsupported')
  // Who acts is who authenticated; no other actor can be named.
  if (form.has('actor_token') || form.has('actor_token_type'))
    throw new Refused('invalid_request', 'actor_token_unsupported')
  const scope = scopeOf(form)
  const aud = targetOf(form, client)
  try {
    const verified = await context.kits.any.verify(token)
    // Audiences of outside issuers are names of their own, which may be any service's.
    if (!isFor(verified, client)) throw new Refused('invalid_request', 'audience_mismatch')
    const original = verified.iss === context.config.issuer ? verified : takenOver(verified, client)
    const options = { aud, ttl: client.ttl ?? context.config.ttl, ...(scope !== undefined && { scope }) }
    const issued = await issue(context, client.id, (kit) => kit.createDelegatedToken(original, client.id, options))
    return answer(200, { ...tokenResponse(issued), issued_token_type: issuedType })
  } catch (error) {
    throw TokenError.is(error) ? refusalOf(error) : error
  }
}

/**
 * What an outside issuer says, as far as it means something here: its scopes, groups and clients are names of another house,
 * and permissions and roles are mapped. Whoever asks is the client (RFC 8693 section 4.3).
 */
function takenOver(claims: Claims, { id }: Client): Claims {
  const { scope: _, groups: __, ...others } = claims
  return unsafeTrustClaims({ ...others, client_id: id })
}

function refusalOf({ code, status, claim }: TokenError): Refused {
  if (status === 503) return new Refused('temporarily_unavailable', code)
  return new Refused(code === 'delegation_escalation' && claim === 'scope' ? 'invalid_scope' : 'invalid_request', code)
}
