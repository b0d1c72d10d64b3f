// Times the candidates of a Worker by requests, in the same rounds as everywhere.
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { COMPATIBILITY_DATE } from '../../conformance/runtimes/hosts/workerd.mjs'
import { MODES, planOf, race } from '../core/rounds.mjs'
import { median } from '../core/statistics.mjs'
import { bundleOf } from './bundle.mjs'

/** Where the runtimes of the matrix are installed. */
const require = createRequire(new URL('../../conformance/runtimes/package.json', import.meta.url))
const WORKER = fileURLToPath(new URL('worker.mjs', import.meta.url))

const PINGS = 50
/** The first requests are slower than all others. */
const COLD_PINGS = 50
/** A slice costs a request here: so many times longer ones, and fewer of them. */
const LONGER = 4
/** The compiler of workerd takes longer. */
const WARMER = 2.5

/** @param tell - is given what `local.mjs` prints, line by line */
export async function runInWorkerd(material, operations, plan, tell) {
  const { Miniflare } = require('miniflare')
  const contents = await bundleOf({ entryPoints: [WORKER] }, ['workerd'])
  const miniflare = new Miniflare({
    modules: [{ type: 'ESModule', path: 'worker.mjs', contents }],
    compatibilityDate: COMPATIBILITY_DATE,
  })
  const ask = async (path, body) => {
    const answer = await miniflare.dispatchFetch(`http://worker.test${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    })
    if (answer.status !== 200) throw new Error(`${path}: ${await answer.text()}`)
    return answer.json()
  }
  const timed = async (path, body) => {
    const began = performance.now()
    await ask(path, body)
    return (performance.now() - began) / 1000
  }
  const longer = (operation, mode) => {
    const { rounds, slice, warmup } = planOf(plan, operation, mode)
    return { rounds: Math.ceil(rounds / LONGER), slice: slice * LONGER, warmup: warmup * WARMER }
  }
  try {
    await ask('/material', material)
    for (const operation of operations) {
      const { ready, refused } = await ask('/open', { operation })
      for (const one of refused) tell({ refused: one })
      const pings = []
      for (let i = 0; i < COLD_PINGS + PINGS; i++) pings.push(await timed('/nothing', {}))
      const cost = median(pings.slice(COLD_PINGS))
      for (const mode of MODES) {
        const jobs = ready.map((candidate) => ({
          name: candidate,
          time: async (times) => Math.max(0, (await timed('/run', { candidate, mode, times })) - cost),
        }))
        if (jobs.length > 0) tell({ operation, mode, seconds: await race(jobs, mode, longer(operation, mode)) })
      }
    }
  } finally {
    await miniflare.dispose()
  }
}
