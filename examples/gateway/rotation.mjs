// A rotation under way while two services are asked all the time, with tokens of every kind that the issuer hands out.
import { setTimeout as pause } from 'node:timers/promises'
import { LANGUAGES, startService } from './services.mjs'

/** Milliseconds. */
const BETWEEN = 150
const AFTERWARDS = 2500
const SECOND = 1000

const kidOf = (token) => JSON.parse(Buffer.from(token.split('.')[0], 'base64url').toString('utf8')).kid

/** Starts the services that are asked: each knows of the issuer nothing but its name and the URL of its keys. */
async function reports({ name, jwksUrl }) {
  const kit = { issuer: name, audience: 'reports', jwksUrl, accept: ['EdDSA'] }
  const role = { kit, policy: { permissionsAll: ['reports:read'] } }
  return Promise.all(Object.values(LANGUAGES).map((language) => startService('reports', language, role)))
}

/** Tokens that every service must take, in each of the ways to have one. */
async function renewed(issuer, user) {
  return [
    { way: 'client_credentials', token: await issuer.token('nightly', { grant_type: 'client_credentials' }) },
    {
      way: 'token exchange',
      token: await issuer.token('gateway', {
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token: user,
        subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        audience: 'reports',
      }),
    },
  ]
}

/**
 * Begins to ask, and rotates when that is due; `done` says how it went.
 * @returns `{ dueAt, done, stop }`, the moment in seconds since the epoch
 */
export async function beginRotation(issuer) {
  const mint = (...words) => issuer.run('mint', '--sub', 'alice', '--permissions', 'reports:read', ...words)
  const services = await reports(issuer)
  const stop = () => services.map((service) => service.child.kill())
  try {
    const minted = { way: 'kit-issuer mint', token: await mint() }
    const user = await mint('--aud', 'gateway')
    const { plan } = JSON.parse(await issuer.run('keys', '--json'))
    const dueAt = plan.find(({ change }) => change === 'activated').at
    return { dueAt, done: asked(issuer, services, { minted, user, dueAt }), stop }
  } catch (error) {
    stop()
    throw error
  }
}

async function asked(issuer, services, { minted, user, dueAt }) {
  const seen = { requests: 0, refused: new Set(), kids: new Set(), opened: new Set(), rotatedBy: undefined }
  let [fresh, rotating, endsAt] = [[], undefined, Number.POSITIVE_INFINITY]
  const rotate = async () => {
    const { changes } = JSON.parse(await issuer.run('rotate', '--json'))
    seen.rotatedBy = changes.some(({ change }) => change === 'activated') ? 'rotate' : 'another process'
    endsAt = Date.now() + AFTERWARDS
  }
  while (Date.now() < endsAt) {
    if (rotating === undefined && Date.now() >= dueAt * SECOND) rotating = rotate()
    // While the command is on its way clients go on with the tokens that they have: whoever asks the issuer now makes it
    // rotate by itself, which is as good, but not what is shown here.
    const isAboutTo = Date.now() >= (dueAt - 1) * SECOND && seen.rotatedBy === undefined
    if (!isAboutTo || fresh.length === 0) fresh = await renewed(issuer, user)
    const when = seen.rotatedBy ? 'after' : 'before'
    for (const { way, token } of [minted, ...fresh])
      for (const service of services) {
        const { status } = await service.get(token)
        seen.requests += 1
        seen.kids.add(kidOf(token))
        if (status === 200) seen.opened.add(`${way} ${service.language.name} ${when}`)
        else seen.refused.add(`a token of ${way}, ${service.language.name}: ${status}`)
      }
    await pause(BETWEEN)
  }
  await rotating
  return seen
}
