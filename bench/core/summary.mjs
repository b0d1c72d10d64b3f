// What bench/README.md shows of the last whole run.
import { judge } from './targets.mjs'

const k = (speed) => (speed >= 100_000 ? String(Math.round(speed / 1000)) : (speed / 1000).toPrecision(3))

const MAIN = ['hs512.sign', 'hs512.verify', 'eddsa.sign', 'eddsa.verify', 'hs512.verify.repeated', 'hs512.checkAuth']

/** A table of a runtime: candidates by operations, one after the other and 64 at once, in thousands a second. */
function tableOf(runtime, speeds) {
  const operations = MAIN.filter((operation) => speeds[operation])
  const names = [...new Set(operations.flatMap((operation) => Object.keys(speeds[operation])))]
  const row = (name) =>
    operations.map((operation) => {
      const one = speeds[operation][name]
      return one ? `${k(one.sequential)} / ${k(one.concurrent)}` : ''
    })
  const lines = [
    [runtime, ...operations],
    ['---', ...operations.map(() => '---:')],
    ...names.map((n) => [n, ...row(n)]),
  ]
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function importsOf(speeds) {
  const milliseconds = (one) => (1000 / one.sequential).toFixed(1)
  return ['node', 'cpython'].flatMap((runtime) =>
    ['import', 'import.ready'].flatMap((operation) => {
      const found = speeds[runtime]?.[operation]
      if (!found) return []
      const each = Object.entries(found).map(([name, one]) => `${name} ${milliseconds(one)}`)
      return [`- ${runtime} ${operation}, milliseconds: ${each.join(', ')}`]
    }),
  )
}

const sizesOf = ({ bundle = {}, memory = {} }) => [
  ...Object.entries(bundle).map(
    ([what, sizes]) =>
      `- bundle of ${what}, bytes gzipped: ${Object.entries(sizes)
        .map(([name, bytes]) => `${name} ${bytes}`)
        .join(', ')}`,
  ),
  ...Object.entries(memory).map(
    ([runtime, each]) =>
      `- ${runtime}, bytes of a cached token: ${Object.entries(each)
        .map(([name, bytes]) => `${name} ${bytes ?? '(no cache yet)'}`)
        .join(', ')}`,
  ),
]

/** Markdown: machine and date, tables, sizes, and how many targets are met. */
export function summaryOf(speeds, details) {
  const { date, machine, versions, seconds } = details
  const { cpu, cores, memory, system, load } = machine
  const judged = judge(speeds)
  const met = judged.filter(({ isMet }) => isMet).length
  const beyond = judged.filter(({ floor }) => floor !== undefined).length
  const isBusy = Math.max(load.before, load.after) > cores
  return [
    `${date.slice(0, 10)}, ${cpu}, ${cores} cores, ${memory}, ${system}; ${Object.entries(versions)
      .filter(([, version]) => typeof version === 'string')
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}; ${seconds} seconds.`,
    isBusy
      ? `**The machine was busy with other things** (load ${load.before.toFixed(1)} before and ${load.after.toFixed(1)} after, on ${cores} cores): the ratios say something, the numbers little.`
      : `The machine was idle otherwise (load ${load.before.toFixed(1)} before).`,
    'Thousand operations a second, one after the other / 64 at once:',
    ...Object.entries(speeds).map(([runtime, operations]) => tableOf(runtime, operations)),
    [...importsOf(speeds), ...sizesOf(details)].join('\n'),
    `${met} of ${judged.length} targets are met in this run, and ${beyond} of the others are out of reach of the strict floor, too: \`node bench/targets.mjs\` lists them.`,
  ].join('\n\n')
}
