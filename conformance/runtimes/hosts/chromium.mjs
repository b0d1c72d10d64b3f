// A headless Chromium of this machine, and a page on loopback, where WebCrypto is open to it.
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { bundleOf } from './bundle.mjs'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Where the browser is; undefined where there is none. `KIT_CHROMIUM` names another place. */
export const chromiumPath = () => [process.env.KIT_CHROMIUM, ...PLACES].find((path) => path && existsSync(path))

export async function runInChromium(paths, executablePath) {
  const { chromium } = await import('playwright-core')
  const script = await bundleOf('shims/page.mjs', ['browser'])
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.mjs'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(isScript ? script : '<!doctype html><script type="module" src="/page.mjs"></script>')
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  // Its own sandbox needs what containers do not give; the page is ours alone.
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${server.address().port}/`)
    await page.waitForFunction(() => 'runVectors' in globalThis)
    const results = []
    for (const path of paths)
      results.push(...(await page.evaluate((text) => globalThis.runVectors(text), readFileSync(path, 'utf8'))))
    return { version: browser.version(), results }
  } finally {
    await browser.close()
    server.close()
  }
}
