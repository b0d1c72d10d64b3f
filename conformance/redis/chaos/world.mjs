// One run of a scenario: servers, the processes that use them, and what happens to the servers meanwhile.
import { setTimeout as pause } from 'node:timers/promises'
import { Consumer, LANGUAGES } from './consumer.mjs'
import { DEADLINE, isAnswer, KINDS, LIMITS, RATE, REVOKED, TOKENS } from './load.mjs'
import { ask } from './resp.mjs'
import { endAll, until } from './servers.mjs'

/** So many calls in a row have to be answered before a face counts as recovered. */
const IN_A_ROW = 10
/** Milliseconds within which it has to, once the server itself answers; and for how long it is watched. */
export const RECOVERY = 2000
const PATIENCE = 3000
/** Milliseconds in which nothing happens, after each recovery. */
const CALM = 500

export const epoch = () => performance.timeOrigin + performance.now()

/** When a face had recovered, of those calls that began after a moment; undefined where it has not. */
export function recoveredAt(events, face, moment) {
  const later = events.filter((event) => event.face === face && event.at >= moment && event.kind !== 'fallback')
  later.sort((a, b) => a.at - b.at)
  for (let i = 0, row = 0; i < later.length; i++) {
    row = isAnswer(later[i]) ? row + 1 : 0
    if (row === IN_A_ROW) return later[i + 1 - IN_A_ROW].at
  }
  return undefined
}

export class World {
  consumers = []
  /** When servers were back, and how late this process's timers were since, in sum. */
  recoveries = []
  /** What had to be said at some time. */
  expectations = []
  /** Between when and when two servers may both have thought that they are the primary. */
  splits = []
  leaks = []
  #late = []

  constructor(topology) {
    this.topology = topology
    let before = performance.now()
    this.watch = setInterval(() => {
      const now = performance.now()
      this.#late.push({ at: epoch(), by: Math.max(now - before - 5, 0) })
      before = now
    }, 5)
  }

  get events() {
    return this.consumers.flatMap(({ events }) => events)
  }

  /** For how long a process stood still between two moments: this one or one of the consumers, whichever did for longer. */
  noise(from, to) {
    const sum = (late) => late.reduce((all, { at, by }) => (at >= from && at <= to ? all + by : all), 0)
    return Math.max(sum(this.#late), ...this.consumers.map(({ stood }) => sum(stood)))
  }

  async load(language, seed) {
    const faces = Object.keys(LANGUAGES[language])
    const setting = {
      environment: this.topology.environment,
      prefix: 'chaos',
      begun: Math.floor(epoch() / 1000) - 1,
      seed,
      instances: faces.length,
      revoked: REVOKED,
      deadline: DEADLINE,
      rate: RATE,
      tokens: TOKENS,
      limits: LIMITS,
      kinds: KINDS,
    }
    for (const [i, face] of faces.entries()) {
      const consumer = new Consumer(language, face, { ...setting, seed: seed + i, prepare: i === 0 })
      this.consumers.push(consumer)
      await consumer.has('ready', 30)
    }
    for (const consumer of this.consumers) consumer.say({ go: true })
    await this.recovered(epoch(), 'the start')
  }

  /** Lets time pass in which every face is told something, of these kinds of calls or of all but the fallback. */
  async during(milliseconds, code, kinds = ['consume', 'again', 'draw', 'revoked', 'read']) {
    const from = epoch()
    await pause(milliseconds)
    this.expectations.push({ from, to: epoch(), code, kinds })
  }

  /**
   * A server is back as soon as an independent client sees it; from then on it is measured when every face has recovered.
   *
   * @param is - whether it is seen
   */
  async back(what, is) {
    await until(what, is)
    await this.recovered(epoch(), what)
  }

  async recovered(at, what) {
    const all = () => this.consumers.every(({ face, events }) => recoveredAt(events, face, at) !== undefined)
    while (epoch() < at + PATIENCE + this.noise(at, epoch()) && !all()) await pause(50)
    this.recoveries.push({ at, what, noise: this.noise(at, epoch()) })
    await pause(CALM)
  }

  /** Ends the load, looks what is left of it on the servers, and sees the processes end by themselves. */
  async finish() {
    await Promise.all(this.consumers.map((consumer) => this.#finishOne(consumer, 'stop', 'closed')))
    const { servers, sentinels = [] } = this.topology
    for (const { port } of [...servers, ...sentinels]) {
      const left = () => connectionsTo(port)
      await until('no connection', async () => (await left()).length === 0, 3).catch(() => undefined)
      this.leaks.push(...(await left()).map((client) => `${port}: ${client}`))
    }
    await Promise.all(this.consumers.map((consumer) => this.#finishOne(consumer, 'end', 'ended')))
  }

  async #finishOne(consumer, say, has) {
    consumer.say({ [say]: true })
    await consumer.has(has, 5).catch((error) => consumer.faults.push(String(error.message)))
  }

  async end() {
    clearInterval(this.watch)
    for (const consumer of this.consumers) consumer.kill()
    await endAll(this.topology)
    this.topology.network?.end()
  }
}

/** The clients of a server that are neither this one, nor a Sentinel, nor a replica, nor a node that moved keys here. */
async function connectionsTo(port) {
  const list = await ask(port, 'CLIENT', 'LIST', 'TYPE', 'normal')
  return list
    .split('\n')
    .filter((line) => line !== '' && !/ cmd=(client\|list|restore-asking) | name=sentinel-/.test(line))
}
