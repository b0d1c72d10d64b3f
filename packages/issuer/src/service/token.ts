import type { Answer, Message } from '../http/message'
import { JSON_TYPE, type Parameters, readForm, required, typeOf } from '../http/parameters'
import { Refused } from '../http/refused'
import { admin } from './admin'
import { authenticate } from './authentication'
import type { Client } from './clients'
import type { Context } from './context'
import { credentials } from './credentials'
import { exchange } from './exchange'

type Handle = (form: Parameters, client: Client, context: Context) => Promise<Answer>

const GRANTS: ReadonlyMap<string, readonly [name: string, handle: Handle]> = new Map([
  ['client_credentials', ['client_credentials', credentials]],
  ['urn:ietf:params:oauth:grant-type:token-exchange', ['token-exchange', exchange]],
])

/** The token endpoint: a form is OAuth (RFC 6749 section 3.2), JSON is the admin form. */
export async function token(message: Message, context: Context): Promise<Answer> {
  if (context.config.adminDigest && typeOf(message) === JSON_TYPE) return admin(message, context)
  const form = readForm(message)
  const client = await authenticate(message, form, context)
  const [name, handle] = GRANTS.get(required(form, 'grant_type')) ?? []
  if (name === undefined || handle === undefined) throw new Refused('unsupported_grant_type', 'grant_type_unknown')
  if (!client.grants.includes(name)) throw new Refused('unauthorized_client', 'grant_not_allowed')
  return handle(form, client, context)
}
