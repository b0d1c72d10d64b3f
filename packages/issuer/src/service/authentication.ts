import { decodeUnverified, TokenError } from '@kit/jwt'
import type { Message } from '../http/message'
import { formDecoded, type Parameters } from '../http/parameters'
import { Refused } from '../http/refused'
import { decodeUtf8Base64 } from '../utf8'
import type { Client } from './clients'
import type { Context } from './context'
import { digestOf, isAmong } from './digests'

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
/** Seconds: an assertion is made for one request. */
const LONGEST_ASSERTION = 600
/** Compared with where there is no digest, so that it takes as long: the digest of nothing that anybody knows. */
const NOBODY = [new Uint8Array(32)]
export const ADMIN_HEADER = 'x-issuer-secret'

const fail = (why: string): never => {
  throw new Refused('invalid_client', why)
}

/**
 * The client that a request comes from: by exactly one method (RFC 6749 section 2.3).
 *
 * @throws Refused - `invalid_client`, `invalid_request`, `temporarily_unavailable`
 */
export async function authenticate(message: Message, form: Parameters, context: Context): Promise<Client> {
  const { authorization, [ADMIN_HEADER]: admin } = message.headers
  const isAsserted = form.has('client_assertion') || form.has('client_assertion_type')
  const methods = [authorization !== undefined, admin !== undefined, isAsserted, form.has('client_secret')]
  if (methods.filter(Boolean).length > 1) throw new Refused('invalid_request', 'authentication_ambiguous')
  if (authorization === undefined && !isAsserted)
    fail(methods.includes(true) ? 'authentication_unsupported' : 'authentication_missing')
  const client = isAsserted ? await byAssertion(form, context) : await bySecret(authorization as string, context)
  if (client.id !== (form.get('client_id') ?? client.id)) throw new Refused('invalid_request', 'client_id_mismatch')
  return client
}

/** HTTP basic authentication, both halves form-encoded first (RFC 6749 section 2.3.1). */
async function bySecret(authorization: string, { config }: Context): Promise<Client> {
  const encoded = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization)?.[1]
  if (encoded === undefined || encoded.length % 4 !== 0) return fail('authentication_unsupported')
  const pair = decodeUtf8Base64(encoded)
  const at = pair?.indexOf(':') ?? -1
  if (pair === undefined || at < 0) return fail('authentication_unsupported')
  const [id, secret] = [formDecoded(pair.slice(0, at)), formDecoded(pair.slice(at + 1))]
  if (id === undefined || secret === undefined) return fail('authentication_unsupported')
  const client = config.clients.get(id)
  const digests = client && client.digests.length > 0 ? client.digests : NOBODY
  const isRight = isAmong(await digestOf(secret), digests)
  if (client === undefined) return fail('client_unknown')
  return isRight ? client : fail('secret_wrong')
}

/** `private_key_jwt` (RFC 7523 section 3). Its one audience is the issuer itself, so that it is of no use elsewhere. */
async function byAssertion(form: Parameters, { config, kits }: Context): Promise<Client> {
  const assertion = form.get('client_assertion')
  if (form.get('client_assertion_type') !== ASSERTION_TYPE || assertion === undefined)
    return fail('authentication_unsupported')
  try {
    const { iss } = decodeUnverified(assertion).claims
    const client = typeof iss === 'string' ? config.clients.get(iss) : undefined
    if (client?.jwks === undefined) return fail('client_unknown')
    const kit = kits.asserting(client)
    const claims = await kit.verify(assertion)
    if (claims.sub !== client.id || [claims.aud].flat().length !== 1) return fail('assertion_not_its_own')
    if (claims.exp > config.clock() + LONGEST_ASSERTION) return fail('assertion_too_long')
    await kit.consumeOnce(claims)
    return client
  } catch (error) {
    if (!TokenError.is(error)) throw error
    if (error.status === 503) throw new Refused('temporarily_unavailable', error.code)
    return fail(error.code)
  }
}
