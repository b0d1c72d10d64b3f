// One run: starts everything, keeps the load up, turns the endpoints by their plan, and hands what was heard to the judges.
import { random } from '../across/random.mjs'
import { Consumer, LANGUAGES } from './consumer.mjs'
import { Endpoint } from './endpoint.mjs'
import { Issuer, newKey } from './issuer.mjs'
import { Judge } from './judge.mjs'
import { fastClock, LANES, LIMITS, REVOCATION, ROTATION, WAITS } from './rules.mjs'
import { planSpells } from './spells.mjs'
import { AUDIENCE, SECRET, SECRET_ISSUER, tokenMaker } from './tokens.mjs'

/** Seconds of the wall that a consumer may take to start, or to end what it has begun. */
const PATIENCE = 30

const sleep = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000))

async function until(holds, seconds = PATIENCE) {
  for (let waited = 0; waited < seconds && !holds(); waited += 0.05) await sleep(0.05)
  return holds()
}

export async function soak({ seconds, seed, rate, speed, languages, plant }) {
  const streams = (number) => random(seed + number * 7919)
  const time = fastClock(speed)
  const evil = newKey('evil')
  const issuers = ['a', 'b'].map((name) => new Issuer(name, time.clock))
  const plans = issuers.map((_, index) => planSpells(streams(index), seconds + PATIENCE))
  const told = []
  const endpoints = issuers.map(
    (issuer, index) => new Endpoint(issuer, streams(2 + index), evil, (answer) => told.push(answer)),
  )
  await Promise.all(endpoints.map((endpoint) => endpoint.listen()))

  const state = { ready: 0, last: 0, memory: {}, judges: {}, shown: new Map(), waiting: {} }
  const setting = {
    ...{ epoch: time.epoch, started: time.started, speed, limits: LIMITS, lanes: LANES, audience: AUDIENCE },
    ...{ secret: SECRET, secretIssuer: SECRET_ISSUER, plant: plant ?? null },
    issuers: issuers.map(({ name, iss }, index) => ({ name, iss, url: endpoints[index].url, wait: WAITS[index] })),
  }
  const consumers = languages.map((language) => new Consumer(language, setting, (message) => hear(state, message)))
  await until(() => state.ready === consumers.length)

  const begun = time.clock()
  const spells = plans.map((plan) =>
    plan.map(({ from, until: to, fault }) => ({ fault, from: begun + from * speed, until: begun + to * speed })),
  )
  const faces = consumers.flatMap((consumer) => LANGUAGES[consumer.language].faces.map((face) => ({ face, consumer })))
  for (const { face } of faces) {
    state.waiting[face] = 0
    state.judges[face] = new Judge(
      face,
      Object.fromEntries(issuers.map(({ name }, index) => [name, spells[index]])),
      time,
    )
  }
  const make = tokenMaker(streams(5), issuers, evil, time.clock)
  const revoking = streams(6)
  const timers = []
  const every = (period, work) => timers.push(setInterval(work, period * 1000))
  every(LANES / rate, () => {
    for (const one of faces) if (state.waiting[one.face] < 2 * LANES) load(state, one, make)
  })
  every(ROTATION, () => {
    for (const issuer of issuers) issuer.rotate()
  })
  every(Math.max(0.5, seconds / 150), () => {
    for (const consumer of consumers) consumer.say({ measure: true })
  })
  every(0.1, () => {
    deliver(state, told)
    for (const judge of Object.values(state.judges)) judge.work()
  })
  const end = Date.now() + seconds * 1000
  const turns = endpoints.map((endpoint, index) => turn(endpoint, plans[index], end))
  const revocations = issuers.map((issuer) => revoke(issuer, revoking, end))
  await Promise.all([...turns, ...revocations])
  clearInterval(timers[0])
  const isIdle = await until(() => Object.values(state.waiting).every((waiting) => waiting === 0))
  for (const timer of timers) clearInterval(timer)
  for (const consumer of consumers) consumer.finish()
  const statuses = await Promise.all(consumers.map(({ ended }) => Promise.race([ended, sleep(PATIENCE)])))
  for (const consumer of consumers) consumer.stop()
  await Promise.all(endpoints.map((endpoint) => endpoint.close()))
  deliver(state, told)
  for (const judge of Object.values(state.judges)) judge.work(true)
  const ends = consumers.map(({ language, errors }, index) => ({ language, errors, isIdle, status: statuses[index] }))
  return { judges: Object.values(state.judges), memory: state.memory, ends, begun, speed }
}

/** Shows as many tokens as run at once. */
function load(state, { face, consumer }, make) {
  const tasks = Array.from({ length: LANES }, () => {
    const { token, issuer, ...known } = make()
    state.last += 1
    const id = state.last
    state.shown.set(id, { face, ...known, issuer: issuer?.name })
    return [id, face, known.kit, token]
  })
  state.waiting[face] += tasks.length
  consumer.say({ tasks })
}

function hear(state, message) {
  if (message.ready) state.ready += 1
  else if (message.fetch) {
    const [face, name] = message.source.split('.')
    state.judges[face].began(name, { id: message.fetch, lo: message.lo, hi: message.hi })
  } else if (message.end) {
    const [face, name] = message.source.split('.')
    state.judges[face].sources[name].history.ended({ id: message.end, at: message.at, ok: message.ok })
  } else if (message.memory)
    for (const [name, size] of Object.entries(message.memory)) {
      state.memory[name] ??= []
      state.memory[name].push(size)
    }
  else
    for (const [id, t0, t1, code] of message.done) {
      const { face, ...token } = state.shown.get(id)
      state.shown.delete(id)
      state.waiting[face] -= 1
      state.judges[face].lagged(message.at, message.lag)
      state.judges[face].answered(token, t0, t1, code)
    }
}

/** Gives the endpoints' answers to those whose requests they were. */
function deliver(state, told) {
  for (const answer of told.splice(0)) {
    const [face, name] = String(answer.id).split('.')
    state.judges[face]?.sources[name]?.history.answered(answer)
  }
}

async function turn(endpoint, plan, end) {
  const begun = Date.now()
  for (const { from, fault } of plan) {
    const at = begun + from * 1000
    await sleep(Math.max(0, Math.min(at, end) - Date.now()) / 1000)
    if (Date.now() >= end) break
    await endpoint.turn(fault)
  }
  // What is still to be answered is answered well.
  await endpoint.turn(undefined)
}

async function revoke(issuer, r, end) {
  const [least, most] = REVOCATION
  for (;;) {
    const pause = least + r.next() * (most - least)
    await sleep(Math.max(0, Math.min(pause, (end - Date.now()) / 1000)))
    if (Date.now() >= end) return
    issuer.revoke(r)
  }
}
