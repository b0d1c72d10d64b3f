// One service of the chain, in TypeScript's world. It checks who is calling, and either answers or delegates: it mints a
// token that says "this service, on behalf of that user, for the next service" and calls on.
// Its Python twin is service.py: the same file in the other language.
import { createServer } from 'node:http'
import { createKit, parsePolicy, TokenError } from '@kit/jwt'

const config = JSON.parse(process.env.SERVICE)
const kit = createKit(config.kit)
const rule = parsePolicy(config.policy)
const log = (line) => process.stdout.write(`${JSON.stringify(line)}\n`)

/** The token of the one and only Authorization header, or '' which no kit accepts. */
function bearer(request) {
  const values = request.headersDistinct.authorization ?? []
  return values.length === 1 ? (/^bearer ([^ ]+)$/i.exec(values[0])?.[1] ?? '') : ''
}

/** A caller may ask that less be passed on than it holds. Asking for more is refused by the delegation itself. */
function askedFor(request) {
  const header = request.headers['x-permissions']
  return header === undefined ? config.next.permissions : header.split(',')
}

/** A token of this service's own making, in which it acts for the user. */
const delegated = (user, request) =>
  kit.createDelegatedToken(user.claims, config.name, { aud: config.next.audience, permissions: askedFor(request) })

/** The same of the issuer's making (RFC 8693), where this service has no key: undefined where the issuer refuses. */
async function exchanged(request) {
  const { url, secret } = config.exchange
  const scope = request.headers['x-permissions']?.replaceAll(',', ' ')
  const form = {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: bearer(request),
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    audience: config.next.audience,
    ...(scope && { scope }),
  }
  const authorization = `Basic ${Buffer.from(`${config.name}:${secret}`).toString('base64')}`
  const given = await fetch(url, { method: 'POST', headers: { authorization }, body: new URLSearchParams(form) })
  const { access_token: token, error } = await given.json()
  if (error) log({ event: 'refused', code: error })
  return token
}

async function callNext(user, request) {
  const token = config.exchange ? await exchanged(request) : await delegated(user, request)
  if (token === undefined) return { status: 401, body: { error: 'refused' } }
  const answer = await fetch(config.next.url, { headers: { authorization: `Bearer ${token}` } })
  return { status: answer.status, body: await answer.json() }
}

function answer(user) {
  const body = { subject: user.subject, permissions: user.permissions, chain: user.actors.map((actor) => actor.sub) }
  return { status: 200, body }
}

async function handle(request) {
  try {
    const user = await kit.checkAuth(bearer(request), rule)
    log({ event: 'allowed', subject: user.subject, chain: user.actors.map((actor) => actor.sub) })
    return config.next ? await callNext(user, request) : answer(user)
  } catch (error) {
    if (!(error instanceof TokenError)) throw error
    log({ event: 'refused', code: error.code, claim: error.claim })
    return { status: error.status, body: { error: 'refused' }, challenge: error.wwwAuthenticate }
  }
}

const server = createServer(async (request, response) => {
  const { status, body, challenge } = await handle(request).catch(() => ({ status: 500, body: { error: 'broken' } }))
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(challenge && { 'www-authenticate': challenge }),
  })
  response.end(JSON.stringify(body))
})
server.listen(0, '127.0.0.1', () => log({ event: 'listening', port: server.address().port }))
process.on('SIGTERM', () => process.exit(0))
