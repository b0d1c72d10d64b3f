// node conformance/http/guard.mjs [--check]: requests that come to a guard, with tokens that jose signed.
import { readFileSync, writeFileSync } from 'node:fs'
import { addresses } from './requests/addresses.mjs'
import { credentials } from './requests/credentials.mjs'
import { decisions } from './requests/decisions.mjs'
import { limits } from './requests/limits.mjs'
import { guards, kit, ODD, READ, WRITE } from './requests/world.mjs'

const tests = [...(await credentials()), ...(await decisions()), ...(await limits()), ...(await addresses())]
const file = {
  format: 1,
  notes:
    'Requests that come to a guard, and its answers. A handler behind it answers with the subject. `why` is for the log; `draws` are what the limiter is asked, and gives; `fill` is the length of a token of that many letters; `orServer`: a server may refuse the request before the guard sees it. Whoever asks is at 127.0.0.1.',
  kit,
  limits: [READ, WRITE, ODD],
  guards,
  tests: tests.map((it, index) => ({ id: `guard-${String(index + 1).padStart(4, '0')}`, ...it })),
}

const url = new URL('guard.json', import.meta.url)
const text = `${JSON.stringify(file, null, 2)}\n`
const isStale = process.argv.includes('--check') && readFileSync(url, 'utf8') !== text
if (isStale) console.error('conformance/http/guard.json is not what guard.mjs says')
else writeFileSync(url, text)
process.exitCode = isStale ? 1 : 0
