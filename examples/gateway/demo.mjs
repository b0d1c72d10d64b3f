// The demo: two languages, real processes, real HTTP on loopback. A user's token travels through three services, each of
// which checks it and delegates; then come the attacks. `node demo.mjs --help` says how to run parts of it.
import { parseArgs } from 'node:util'
import { attacks } from './attacks.mjs'
import { startIssuer } from './issuer.mjs'
import { beginRotation } from './rotation.mjs'
import { LANGUAGES, startChain } from './services.mjs'
import * as story from './story.mjs'
import { outsideIssuer, world } from './world.mjs'

const DIRECTIONS = [
  { gateway: 'typescript', orders: 'python', ledger: 'typescript' },
  { gateway: 'python', orders: 'typescript', ledger: 'python' },
]
const PROFILES = ['HS512', 'EdDSA', 'issuer']

const { values } = parseArgs({ options: { profile: { type: 'string' }, help: { type: 'boolean', short: 'h' } } })
if (values.help) {
  story.say('node demo.mjs [--profile HS512|EdDSA|issuer]   runs the demo in all profiles, or in one')
  process.exit(0)
}
if (values.profile !== undefined && !PROFILES.includes(values.profile)) {
  story.complain(`There is no profile '${values.profile}': it is HS512, EdDSA or issuer.`)
  process.exit(2)
}

let passed = 0
let failed = 0
const count = (ok) => {
  if (ok) passed += 1
  else failed += 1
  return ok
}
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b)

/** One user's call through the whole chain. */
async function walk(chain, outside, expected) {
  const response = await chain.gateway.get(await outside.token())
  const body = await response.json()
  const steps = []
  for (const name of ['gateway', 'orders', 'ledger'])
    steps.push({ service: chain[name], ...(await chain[name].event()) })
  for (const [index, step] of steps.entries()) story.step(step, ['login.example', 'gateway', 'orders'][index])
  story.result('the ledger answers', body, count(response.status === 200 && same(body, expected)))
}

/** What the service told of a request that it answered: the refusal, or that it let the caller in. */
async function refusalOf(service, response) {
  let event = await service.event()
  while (event.event !== 'refused' && !response.ok) event = await service.event()
  return event
}

/** All attacks on the service in the middle; the code comes from its log, as the wire only says 401 or 403. */
async function attack(chain, list) {
  story.heading(`Attacks on "orders", which is ${chain.orders.language.name}`)
  for (const { name, token, code, headers } of list) {
    const response = await chain.orders.get(token, headers)
    const event = await refusalOf(chain.orders, response)
    const silent = !(await response.text()).includes(token.split('.')[2] || 'no signature')
    const status = code === 'policy_denied' ? 403 : 401
    story.refusal(name, event, response.status, count(event.code === code && response.status === status && silent))
  }
}

/** Both directions in one profile. */
async function tell(profile, outside, issuer) {
  const scene = await world(profile, outside, issuer)
  for (const languages of DIRECTIONS) {
    const services = ['gateway', 'orders', 'ledger'].map((name) => `${name} (${LANGUAGES[languages[name]].name})`)
    story.chapter(profile, services)
    const chain = await startChain(scene, languages)
    try {
      await walk(chain, outside, scene.told)
      await attack(chain, await attacks(scene, outside))
    } finally {
      chain.stop()
    }
  }
}

/** What came of the rotation that went on meanwhile. */
async function rotation({ dueAt, done }) {
  story.rotation(dueAt - Date.now() / 1000)
  const { requests, refused, kids, opened, rotatedBy } = await done
  for (const way of ['kit-issuer mint', 'client_credentials', 'token exchange'])
    for (const { name } of Object.values(LANGUAGES)) {
      const ok = ['before', 'after'].every((when) => opened.has(`${way} ${name} ${when}`))
      story.fact(`a token of ${way} opens "reports" (${name}), before and after`, count(ok))
    }
  const by = rotatedBy === 'rotate' ? "'kit-issuer rotate'" : "the issuer itself, a moment before 'kit-issuer rotate'"
  story.fact(`tokens were signed by ${kids.size} keys; the second came with ${by}`, count(kids.size === 2))
  const noticed = refused.size === 0 ? 'none was refused' : `refused ${[...refused].join(', ')}`
  story.fact(`${requests} requests: ${noticed}`, count(refused.size === 0))
}

const running = []
try {
  story.title('A token goes through two languages')
  const outside = await outsideIssuer()
  const profiles = PROFILES.filter((name) => name === (values.profile ?? name))
  let issuer
  let begun
  if (profiles.includes('issuer')) {
    issuer = await startIssuer(outside)
    running.push(issuer)
    begun = await beginRotation(issuer)
    running.push(begun)
    // Told at the end; until then nobody waits for it.
    begun.done.catch(() => {})
  }
  for (const profile of profiles) await tell(profile, outside, issuer)
  if (begun) await rotation(begun)
} catch (error) {
  failed += 1
  story.complain(error.message)
} finally {
  for (const one of running) one.stop()
}
story.say(`\ndemo: ${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
