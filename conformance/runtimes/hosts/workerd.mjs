// Cloudflare's runtime on this machine, by miniflare: a bundle for it, and the vectors by requests.
import { readFileSync } from 'node:fs'
import { bundleOf } from './bundle.mjs'

/** A day on which the newest behaviour of the installed workerd is on, whatever the day is. */
export const COMPATIBILITY_DATE = '2026-07-01'

export async function runInWorkerd(paths, flags) {
  const { Miniflare } = await import('miniflare')
  const miniflare = new Miniflare({
    modules: [{ type: 'ESModule', path: 'worker.mjs', contents: await bundleOf('shims/worker.mjs', ['workerd']) }],
    compatibilityDate: COMPATIBILITY_DATE,
    compatibilityFlags: flags,
  })
  try {
    const results = []
    for (const path of paths) {
      const body = readFileSync(path, 'utf8')
      const answer = await miniflare.dispatchFetch('http://worker.test/', { method: 'POST', body })
      if (answer.status !== 200) throw new Error(`${path}: ${await answer.text()}`)
      results.push(...(await answer.json()))
    }
    return results
  } finally {
    await miniflare.dispose()
  }
}
