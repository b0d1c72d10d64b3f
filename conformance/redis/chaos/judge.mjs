// What may not be, whatever happens to a server: found in what the faces told, and in nothing that a limiter or a store says of
// itself as a whole.
import { BURST, isAnswer, LIMITS } from './load.mjs'
import { RECOVERY, recoveredAt } from './world.mjs'

const grouped = (events, key) => Map.groupBy?.(events, key) ?? groupBy(events, key)

/** For Node.js 20. */
function groupBy(events, key) {
  const groups = new Map()
  for (const event of events) groups.set(key(event), [...(groups.get(key(event)) ?? []), event])
  return groups
}

const told = ({ face, kind, about, result, took, drift }) =>
  `${face} ${kind} ${about}: ${result}, after ${took.toFixed(0)} ms beside a drift of ${drift.toFixed(0)} ms`

const late = ({ events }) =>
  events.filter(({ beyond }) => beyond > 0).map((event) => `${told(event)}, ${event.beyond.toFixed(0)} ms too late`)

const foreign = ({ events }) => events.filter(({ result }) => result.startsWith('!')).map(told)

/** Each token at most once; while two servers both are the primary, once by each. */
function replays({ events, splits }) {
  const fresh = events.filter(({ result }) => result === 'fresh')
  const isSplit = ({ at, took }) => splits.some(({ from, to }) => at + took >= from && at <= to)
  return [...grouped(fresh, ({ about }) => about).values()]
    .filter((group) => group.length > (group.some(isSplit) ? 2 : 1))
    .map((group) => `token ${group[0].about}: ${group.map(told).join('; ')}`)
}

/** What was let through of a budget that does not come back. */
function overdrawn({ events }, { losses = 0 }) {
  const allowed = events.filter(({ result }) => result === 'allowed')
  const most = { draw: BURST * (1 + losses), fallback: BURST * (1 + losses) + BURST }
  return Object.entries(most).flatMap(([kind, limit]) =>
    [
      ...grouped(
        allowed.filter((event) => event.kind === kind),
        ({ about }) => about,
      ),
    ]
      .filter(([, group]) => group.length > limit)
      .map(([key, group]) => `${kind} ${key}: ${group.length} of ${limit}`),
  )
}

/** In no stretch of time more than what there was at its beginning, and what came back since: on each that was the primary. */
function tooFast({ events }, { losses = 0, primaries = 1 }) {
  const { burst, quota, windowSeconds } = LIMITS.steady
  const allowed = events.filter(({ kind, result }) => kind === 'steady' && result === 'allowed')
  const wrongs = []
  for (const first of allowed)
    for (const last of allowed) {
      const [from, to] = [first.at, last.at + last.took]
      const most = burst * (1 + losses) + ((to - from) / 1000 / windowSeconds) * quota * primaries
      const count = allowed.filter(({ at, took }) => at >= from && at + took <= to).length
      if (to > from && count > most) wrongs.push(`${count} of ${most.toFixed(1)} in ${(to - from).toFixed(0)} ms`)
    }
  return wrongs
}

const misjudged = ({ events }, { isLossy }) =>
  events
    .filter(({ kind, about, result }) => {
      if (kind === 'revoked') return result === (about.startsWith('n') ? 'true' : isLossy ? '' : 'false')
      return kind === 'read' && result === '0' && !isLossy
    })
    .map(told)

function writtenTwice({ events }, { isLossy }) {
  const written = isLossy ? [] : events.filter(({ result }) => result === 'written')
  return [...grouped(written, ({ about }) => about).values()]
    .filter(({ length }) => length > 1)
    .map(([one]) => told(one))
}

const tookTo = (events, face, at) => (recoveredAt(events, face, at) ?? Number.POSITIVE_INFINITY) - at

/** The slowest recovery: how long it took, of whom, from what, and for how much of that this process stood still. */
export function slowest({ consumers, events, recoveries }) {
  const all = recoveries.flatMap(({ at, what, noise }) =>
    consumers.map(({ face }) => ({ took: tookTo(events, face, at), face, what, noise })),
  )
  const { took, face, what, noise } = all.sort((a, b) => b.took - a.took)[0]
  return `${face} ${took.toFixed(0)} ms after ${what}, noise ${noise.toFixed(0)} ms`
}

const slow = ({ consumers, events, recoveries }) =>
  recoveries.flatMap(({ at, what, noise }) =>
    consumers.flatMap(({ face }) => {
      const took = tookTo(events, face, at)
      return took <= RECOVERY + noise
        ? []
        : [`${face}: ${took.toFixed(0)} ms after ${what}, noise ${noise.toFixed(0)} ms`]
    }),
  )

const unsaid = ({ consumers, expectations }) =>
  expectations.flatMap(({ from, to, code, kinds }) =>
    consumers.flatMap(({ face, events }) =>
      kinds
        .filter((kind) => events.some((event) => event.kind === kind))
        .filter((kind) => !events.some((e) => e.kind === kind && e.at >= from && e.at <= to && e.result === code))
        .map((kind) => `${face}: no ${kind} was told ${code}`),
    ),
  )

/** A run in which little was answered shows little. A revocation that is lost with its server is seen before that alone. */
function little({ consumers, events }, { isLossy }) {
  const count = (result) => events.filter((event) => event.result === result).length
  const few = consumers
    .filter((one) => one.events.filter(isAnswer).length < 50)
    .map(({ face }) => `${face}: few answers`)
  for (const [result, least] of [
    ['fresh', 10],
    ['replayed', 10],
    ['allowed', 20],
    ['true', isLossy ? 1 : 5],
    ['written', 3],
  ])
    if (count(result) < least) few.push(`${count(result)} × ${result}`)
  return few
}

const faulty = ({ consumers }) => consumers.flatMap(({ face, faults }) => faults.map((fault) => `${face}: ${fault}`))
const leaked = ({ leaks, consumers }) => [
  ...leaks,
  ...consumers.flatMap(({ face, open }) => open.map((what) => `${face}: ${what}`)),
]

/** By what is asserted. */
export const RULES = {
  'no call waits longer than its deadline': late,
  'every error is one of our own': foreign,
  'no token is taken twice': replays,
  'no more is let through than the budgets': overdrawn,
  'no more is let through in any stretch of time': tooFast,
  'what is revoked stays so, and what is kept is read': misjudged,
  'of those who write on one version, one succeeds': writtenTwice,
  'calls succeed again soon after the server does': slow,
  'what was wrong was said': unsaid,
  'enough was seen': little,
  'nothing is unhandled': faulty,
  'nothing is left open': leaked,
}

/** Those that no machine, however late, may be the reason of. */
export const NEVER = new Set([
  'every error is one of our own',
  'no token is taken twice',
  'no more is let through than the budgets',
  'no more is let through in any stretch of time',
  'what is revoked stays so, and what is kept is read',
  'of those who write on one version, one succeeds',
])
