// node conformance/issuer/processes.mjs [--store folder|redis] [--seconds N]: ten processes, five in each language, on one store
// of keys. They rotate on an accelerated clock, mint, and verify each other's tokens through the kits' caches, while some are
// killed and started again, and the server of Redis too. Not one token may be refused, no period may have two keys, and no key
// may sign that was not published before.
import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { random as seeded } from '../across/random.mjs'
import { Crowd } from './processes/crowd.mjs'
import { Judge } from './processes/judge.mjs'
import { STORES } from './processes/stores.mjs'
import { clockOf, SPEED, TIMES } from './processes/times.mjs'

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '20' }, store: { type: 'string', default: 'folder' } },
})
const SECONDS = Number(values.seconds)
const openStore = STORES[values.store]
if (openStore === undefined) throw new Error(`no store is called ${values.store}`)
/** A token is verified at once, somewhere in its life, and right before its end. */
const LAST_SECONDS = 5
const KILL_MILLISECONDS = 700
/** Between two times at which the store itself dies, where it can. */
const TROUBLE_MILLISECONDS = 5000
/** A process that answers no question for so long hangs. */
const PATIENCE_MILLISECONDS = 15_000
const seed = Number(process.env.KIT_SEED ?? Date.now() % 2 ** 31)
const { next: random, pick } = seeded(seed)
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))
process.stdout.write(
  `seed ${seed}: 5 processes in each language on a ${values.store} for ${SECONDS} s, ${SPEED} times as fast\n`,
)

const store = await openStore({ random, pause })
const keks = `a=${randomBytes(32).toString('base64url')}`
const origin = Date.now()
const clock = clockOf(origin, 0)
const judge = new Judge(store, (milliseconds) => (origin + (milliseconds - origin) * SPEED) / 1000)
const counts = { tokens: 0, verdicts: 0, late: 0, kills: 0, excused: 0, languages: new Set() }
/** To be verified at a moment, each by somebody. */
let waiting = []
/** Asked and not answered. */
const asked = new Map()
let isMinting = false

const TOLD = {
  ready: () => {},
  change: (line, _, life) => judge.changed(life, line),
  error({ doing, code }, { language }) {
    // No key is known to be the one that signs: better no token than one that is refused.
    if (code === 'key_store_unavailable' && store.isAway()) counts.excused += 1
    else judge.failed(code, `${language}, ${doing}`)
  },
  token({ token, kid }, { language, offset }) {
    const { iat, exp } = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString())
    judge.signed(kid, iat - offset)
    if (!isMinting) return
    counts.tokens += 1
    const now = clock()
    const moments = [now, now + random() * (exp - now), exp]
    for (const [index, at] of moments.entries()) waiting.push({ token, minted: language, exp, at, isLast: index === 2 })
  },
  verdict({ id, code, now }, member) {
    const task = asked.get(id)
    if (task?.member !== member) return
    asked.delete(id)
    // By the clock of whoever verified it was over: the machine had other things to do.
    if (code !== null && now > task.exp) {
      counts.late += 1
      return
    }
    counts.verdicts += 1
    counts.languages.add(`${task.minted} → ${member.language}`)
    judge.verdict(code, `${task.minted} → ${member.language}, ${Math.round(task.exp - now)} s before its end`)
  },
}
const crowd = new Crowd({
  place: store.place,
  keks,
  origin,
  random,
  told: ({ type, ...line }, ...who) => TOLD[type](line, ...who),
})

let number = 0
/** Has whatever is due verified by somebody who is up, before it expires by that clock. */
function verifyDue() {
  const up = crowd.up()
  const now = clock()
  waiting = waiting.filter((task) => {
    const member = pick(up)
    if (!member) return true
    const end = task.exp - LAST_SECONDS - member.offset
    if (now >= task.exp - LAST_SECONDS - TIMES.leeway && now >= end) return false
    if (now < (task.isLast ? end - 2 * LAST_SECONDS : task.at)) return true
    number += 1
    asked.set(number, { ...task, member, life: member.life, since: Date.now() })
    crowd.ask(member, { id: number, token: task.token })
    return false
  })
  // Who was killed does not answer.
  for (const [id, { member, life, since, minted }] of asked)
    if (member.life !== life) asked.delete(id)
    else if (Date.now() - since > PATIENCE_MILLISECONDS) {
      asked.delete(id)
      judge.failed('no answer', `${minted} → ${member.language}`)
    }
}

try {
  await crowd.start(Array.from({ length: 10 }, (_, index) => (index % 2 ? 'python' : 'typescript')))
  isMinting = true
  const began = Date.now()
  const killing = []
  for (let killed = began, troubled = began; Date.now() - began < SECONDS * 1000; await pause(50)) {
    judge.look()
    verifyDue()
    if (Date.now() - troubled >= TROUBLE_MILLISECONDS) {
      troubled = Date.now()
      killing.push(store.trouble())
    }
    if (Date.now() - killed < KILL_MILLISECONDS) continue
    killed = Date.now()
    const up = crowd.up()
    // Some stay, so that there is somebody to ask.
    if (up.length > 6) killing.push(crowd.kill(pick(up)))
    counts.kills += up.length > 6 ? 1 : 0
  }
  isMinting = false
  await Promise.all(killing)
  for (let tries = 0; tries < 100 && asked.size > 0; tries++, await pause(50)) verifyDue()
} finally {
  await crowd.end()
}
const rotations = judge.end()
await store.end()

const least = Math.floor((SECONDS * SPEED) / TIMES.rotateEvery) - 1
const tried = [
  [`${counts.tokens} tokens`, counts.tokens >= SECONDS * 5],
  [`${counts.verdicts} of them verified again`, counts.verdicts >= SECONDS * 5],
  [`${counts.late} too late`, counts.late < counts.verdicts / 20],
  [`${[...counts.languages].sort().join(', ')}`, counts.languages.size === 4],
  [`${counts.kills} kills, ${counts.excused} times no store`, counts.kills >= SECONDS / 4],
  [`${rotations} rotations, ${judge.documents.size} writes`, rotations >= least],
]
for (const [what, isEnough] of tried) process.stdout.write(`${isEnough ? '' : 'too little was tried: '}${what}\n`)
for (const fault of judge.faults.slice(0, 20)) process.stdout.write(`${fault}\n`)
const failed = judge.faults.length + tried.filter(([, isEnough]) => !isEnough).length
process.stdout.write(`${judge.checks + tried.length - failed} passed, ${failed} failed\n`)
process.exit(failed ? 1 : 0)
