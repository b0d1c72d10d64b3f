// node scripts/docs/error-codes.mjs [--check]: the codes in docs/error-codes.md, from errors.json, issuer/errors.json,
// redis/errors.json, http/refusals.json and http/errors.json of conformance/.
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../setup.mjs'

const PAGE = join(root, 'docs', 'error-codes.md')
const PART = /(<!-- codes -->\n)[\s\S]*?(<!-- end of codes -->)/
const CLASSES = {
  TokenError: 'A token is refused, or cannot be minted.',
  ConfigError: 'A kit, a key or a key set cannot be made, or not be used for this.',
}

const claimOf = (claim) => ({ none: 'none', fault: 'the one at fault' })[claim] ?? `\`${claim}\``

function rowOf({ code, status, oauthError, claim, error }) {
  const cells = error === 'TokenError' ? [status, oauthError ? `\`${oauthError}\`` : 'none', claimOf(claim)] : []
  return `| ${[`[\`${code}\`](#${code})`, ...cells].join(' | ')} |\n`
}

function sectionOf({ code, error, status, oauthError, claim, meaning, cause, cure }) {
  const challenge = oauthError ? `, \`WWW-Authenticate: Bearer error="${oauthError}"\`` : ''
  const about =
    error === 'TokenError'
      ? `status ${status}${challenge}, claim: ${claimOf(claim)}`
      : 'answer a caller with status 500'
  return `### ${code}\n\n${meaning}\n\n- **Class:** \`${error}\`, ${about}\n- **Cause:** ${cause}\n- **Cure:** ${cure}\n\n`
}

/** The generated part of the page. */
function textOf(codes) {
  const parts = Object.entries(CLASSES).map(([name, about]) => {
    const own = codes.filter(({ error }) => error === name)
    const head =
      name === 'TokenError' ? '| code | status | OAuth error | claim |\n|---|---|---|---|\n' : '| code |\n|---|\n'
    return `## ${name}\n\n${about}\n\n${head}${own.map(rowOf).join('')}\n${own.map(sectionOf).join('')}`
  })
  return `\n${parts.join('')}`
}

/** Codes of a package beside the core are few, and `key_not_found` is one of two lists: a table, without headings. */
function tableOf(name, about, codes) {
  const rows = codes.map(
    ({ code, meaning, cause, cure }) => `| ${[`\`${code}\``, meaning, cause, cure].join(' | ')} |\n`,
  )
  const head = '| code | meaning | cause | cure |\n|---|---|---|---|\n'
  return `## ${name}\n\n${about}\n\n${head}${rows.join('')}\n`
}

/** What a guard says beside the codes of tokens. */
function guardTextOf(codes) {
  const rows = codes.map(({ code, meaning }) => `| \`${code}\` | ${meaning} |\n`)
  const about =
    'A guard refuses a request before, or after, its token is looked at. These are for the log, like those of tokens.'
  return `## Guards\n\n${about}\n\n| code | meaning |\n|---|---|\n${rows.join('')}\n`
}

const AUTHORITY =
  '[An authority](operating-keys.md) cannot read, write or find keys: answer a caller with status 503. Nothing is overwritten.'
const STORE =
  'A store on Redis did not do what it should. A kit tells its callers `replay_unavailable` or `revocation_unavailable`, with status 503; this is for the log.'
const OUTGOING =
  'A token for [another service](http.md#calling-others) cannot be had. What a kit refuses to mint has the code of a token, above.'

const codesOf = (path) => JSON.parse(readFileSync(join(root, 'conformance', path), 'utf8')).codes

/** The page as it should be, and as it is. */
export function errorCodesPage() {
  const text =
    textOf(codesOf('errors.json')) +
    tableOf('AuthorityError', AUTHORITY, codesOf('issuer/errors.json')) +
    tableOf('StoreError', STORE, codesOf('redis/errors.json')) +
    guardTextOf(codesOf('http/refusals.json')) +
    tableOf('OutgoingError', OUTGOING, codesOf('http/errors.json'))
  const is = readFileSync(PAGE, 'utf8')
  return { is, should: is.replace(PART, (_, begin, end) => `${begin}${text}${end}`) }
}

if (process.argv[1] && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  const { is, should } = errorCodesPage()
  if (!process.argv.includes('--check')) writeFileSync(PAGE, should)
  else if (is !== should) {
    process.stderr.write('differs from its source: docs/error-codes.md\n')
    process.exitCode = 1
  }
}
