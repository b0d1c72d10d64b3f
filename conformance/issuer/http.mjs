// node conformance/issuer/http.mjs [--check]: requests to an issuer, with tokens that jose signed.
import { readFileSync, writeFileSync } from 'node:fs'
import { admins } from './requests/admin.mjs'
import { clients } from './requests/clients.mjs'
import { exchanges } from './requests/exchange.mjs'
import { hostile } from './requests/hostile.mjs'
import { introspections } from './requests/introspection.mjs'
import { metrics } from './requests/metrics.mjs'
import { refusedOptions } from './requests/options.mjs'
import { published } from './requests/published.mjs'
import { issuers } from './requests/world.mjs'

const files = {
  published: await published(),
  admin: admins(),
  clients: await clients(),
  exchange: await exchanges(),
  introspection: await introspections(),
  hostile: hostile(),
  metrics: metrics(),
}

const numbered = (prefix, tests) =>
  tests.map((it, index) => ({ id: `${prefix}-${String(index + 1).padStart(4, '0')}`, ...it }))

/** Each by its path under `issuer/`. */
const made = Object.fromEntries(
  Object.entries(files).map(([name, tests]) => {
    const used = new Set(tests.map(({ issuer }) => issuer))
    const file = {
      format: 1,
      notes: `Requests to an issuer over HTTP, and its answers: ${name}. The authority is that of a document, its keys rotate as said.`,
      authority: { document: 'kd-0001', times: { rotateEvery: 1000 } },
      issuers: Object.fromEntries(Object.entries(issuers).filter(([id]) => used.has(id))),
      tests: numbered(`http-${name}`, tests),
    }
    return [`http/${name}.json`, file]
  }),
)
made['options.json'] = {
  format: 1,
  notes: 'Options of an issuer that are refused when it is made.',
  tests: numbered('io', refusedOptions()),
}

const isCheck = process.argv.includes('--check')
const stale = Object.entries(made).filter(([path, file]) => {
  const text = `${JSON.stringify(file, null, 2)}\n`
  const url = new URL(path, import.meta.url)
  if (isCheck) return readFileSync(url, 'utf8') !== text
  writeFileSync(url, text)
  return false
})
for (const [path] of stale) console.error(`conformance/issuer/${path} is not what http.mjs says`)
process.exitCode = stale.length > 0 ? 1 : 0
