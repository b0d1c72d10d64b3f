// node conformance/issuer/across.mjs: folders of keys that one language wrote, read, rotated and wrapped anew by the other, for
// each algorithm and both ways round. Signatures are checked by node:crypto.
import { spawn } from 'node:child_process'
import { createPublicKey, randomBytes, verify } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'

const here = fileURLToPath(new URL('.', import.meta.url))
const interpreter =
  process.env.KIT_PYTHON ??
  join(here, '..', '..', '.venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')

/** A program that answers line by line. */
function program(command, ...args) {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    ask: async (task) => {
      child.stdin.write(`${JSON.stringify(task)}\n`)
      const { value, done } = await answers.next()
      if (done) throw new Error(`${command} ended before it answered`)
      return JSON.parse(value)
    },
    end: () => child.stdin.end(),
  }
}
const LANGUAGES = {
  typescript: program(process.execPath, '--no-warnings', join(here, 'across', 'documents.mjs')),
  python: program(interpreter, join(here, 'across', 'documents.py')),
}

const kek = (id) => `${id}=${randomBytes(32).toString('base64url')}`
const [OLD, NEW, OTHER] = [kek('old'), kek('new'), kek('other')]
const START = 1_800_000_000
const DAY = 86_400
const DATA = 'header.payload'

const VERIFIES = {
  EdDSA: (key, signature) => verify(null, Buffer.from(DATA), key, signature),
  ES256: (key, signature) => verify('sha256', Buffer.from(DATA), { key, dsaEncoding: 'ieee-p1363' }, signature),
  RS256: (key, signature) => verify('sha256', Buffer.from(DATA), key, signature),
}
function isSigned(algorithm, { kid, signature, jwks }) {
  const jwk = jwks?.keys.find((key) => key.kid === kid)
  if (!jwk || ['d', 'p', 'q', 'k'].some((name) => name in jwk)) return false
  return VERIFIES[algorithm](createPublicKey({ key: jwk, format: 'jwk' }), Buffer.from(signature, 'base64url'))
}

let passed = 0
const faults = []
function check(holds, what) {
  if (holds) passed += 1
  else faults.push(what)
}
const newest = (folder) => join(folder, readdirSync(folder).sort().at(-1))

/** `one` begins, `other` goes on, and `one` reads what it wrote. */
async function between(one, other, algorithm) {
  const name = `${algorithm}, ${one} and ${other}`
  const folder = mkdtempSync(join(tmpdir(), 'kit-key-folder-'))
  const ask = (language, task) =>
    LANGUAGES[language].ask({ folder, keks: OLD, now: START, algorithm, data: DATA, ...task })
  try {
    const begun = await ask(one, {})
    const read = await ask(other, {})
    const members = ['kid', 'keys', 'plan', 'jwks', ...(algorithm === 'ES256' ? [] : ['signature'])]
    for (const member of members) check(isDeepStrictEqual(read[member], begun[member]), `${name}: ${member}`)
    check(readdirSync(folder).length === 1, `${name}: reading wrote`)
    if (algorithm === 'HS512') check(begun.jwks.keys.length === 0, `${name}: a secret is published`)
    else for (const answer of [begun, read]) check(isSigned(algorithm, answer), `${name}: signature`)

    // A rotation of the other, under another key-encryption key: both are at hand, and the new one seals.
    const later = START + 31 * DAY
    const turned = await ask(other, { now: later, keks: `${NEW},${OLD}` })
    check(turned.kid === begun.plan.find(([, change]) => change === 'activated')[2], `${name}: the next one signs`)
    const sealed = JSON.parse(readFileSync(newest(folder), 'utf8')).keys.flatMap((key) => key.sealed?.kek ?? [])
    check(sealed.length > 1 && sealed.every((id) => id === 'new'), `${name}: sealed under ${sealed}`)
    for (const keks of [`${NEW},${OLD}`, NEW]) {
      const again = await ask(one, { now: later, keks })
      for (const member of members)
        check(isDeepStrictEqual(again[member], turned[member]), `${name}: ${member} wrapped anew`)
    }
    const without = await ask(one, { now: later })
    check(without.code === 'kek_unknown', `${name}: ${without.code} without the key`)
    const wrong = await ask(one, { now: later, keks: OTHER.replace('other', 'new') })
    check(wrong.code === 'key_document_tampered', `${name}: ${wrong.code} under a wrong key of the name`)

    const revoked = await ask(one, { now: later + 1, keks: NEW, revoke: turned.kid })
    const seen = await ask(other, { now: later + 1, keks: NEW })
    for (const member of members)
      check(isDeepStrictEqual(seen[member], revoked[member]), `${name}: ${member} after a revocation`)
    check(
      seen.keys.every(([kid]) => kid !== turned.kid),
      `${name}: a revoked key`,
    )

    const text = readFileSync(newest(folder), 'utf8')
    const path = join(folder, 'keys-000000000099.json')
    writeFileSync(path, text, { mode: 0o600 })
    for (const language of [one, other]) {
      const { code } = await ask(language, { now: later + 1, keks: NEW })
      check(code === 'key_document_rolled_back', `${name}: ${code} for an old document of a new number`)
    }
    if (process.platform !== 'win32') {
      chmodSync(path, 0o640)
      for (const language of [one, other]) {
        const { code } = await ask(language, { now: later + 1, keks: NEW })
        check(code === 'key_store_open', `${name}: ${code} for an open file`)
      }
    }
    check(readFileSync(path, 'utf8') === text, `${name}: overwritten`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

try {
  for (const algorithm of ['EdDSA', 'ES256', 'RS256', 'HS512']) {
    await between('typescript', 'python', algorithm)
    await between('python', 'typescript', algorithm)
  }
} finally {
  for (const { end } of Object.values(LANGUAGES)) end()
}
for (const fault of faults) process.stdout.write(`${fault}\n`)
process.stdout.write(`${passed} passed, ${faults.length} failed\n`)
process.exit(faults.length ? 1 : 0)
