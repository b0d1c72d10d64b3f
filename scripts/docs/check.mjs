// node scripts/docs/check.mjs [PAGE…]: is what the documentation says true?
// Every snippet runs and shows what it claims, in both languages; links lead somewhere. The last line is the sum.
// CONTRIBUTING.md says how a snippet is written.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../setup.mjs'
import { chainsOf } from './chains.mjs'
import { runChain, typesFolderOf, writePlain } from './code.mjs'
import { errorCodesPage } from './error-codes.mjs'
import { checkLinks, checkReachable } from './links.mjs'
import { readPage } from './page.mjs'
import { openWorkplace } from './sandbox.mjs'
import { runShell } from './shell.mjs'
import { checkLanguages, checkShown } from './shown.mjs'
import { checkTypes } from './types.mjs'

const AT_ONCE = 2
/** Made of docstrings, whose examples are tested where they stand; and what the contract says of itself: links alone. */
const LINKS_ALONE = /^(?:docs\/(?:api|reference)|conformance)\//
/** Of programs that run. */
const EXAMPLES = ['examples/entitlements/README.md', 'examples/frameworks/README.md']
const CONTRACT = ['', 'generator/', 'command/'].map((folder) => `conformance/${folder}README.md`)
/** Of one package each, and so of one language. */
const PACKAGES = ['packages/jwt/README.md', 'packages/issuer/README.md', 'packages/http/README.md', 'python/README.md']

const pageNames = () => [
  ...['README.md', 'SECURITY.md', 'CONTRIBUTING.md', ...PACKAGES, ...CONTRACT, ...EXAMPLES],
  ...readdirSync(join(root, 'docs'), { recursive: true })
    .map((path) => `docs/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.md'))
    .sort(),
]

/**
 * Checks pages.
 *
 * @param names - paths from `base`
 * @param base - the folder that they begin at
 * @returns `[{ name, faults: [{ page, line?, message }] }]`, one for each thing that was checked
 */
export async function checkPages(names, base = root) {
  const pages = names.map((name) => readPage(name, readFileSync(join(base, name), 'utf8')))
  const results = []
  const workplace = openWorkplace()
  try {
    const jobs = pages.flatMap((page) => jobsOf(page, base, workplace))
    const worker = async () => {
      for (let job = jobs.shift(); job; job = jobs.shift()) {
        const faults = await job.work()
        results[job.at] = { name: job.name, faults: faults.map((fault) => ({ page: job.page, ...fault })) }
      }
    }
    for (const [at, job] of jobs.entries()) job.at = at
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
    results.push(...(await typeResult(pages, workplace)))
  } finally {
    workplace.close()
  }
  return results
}

function jobsOf(page, base, workplace) {
  const job = (what, work) => ({ page: page.name, name: `${page.name}: ${what}`, work })
  const links = job('links', async () => checkLinks(page, base))
  if (LINKS_ALONE.test(page.name)) return [links]
  const { code, shells, faults } = chainsOf(page)
  const id = page.name.replace(/[^A-Za-z0-9]+/g, '_')
  const languages = PACKAGES.includes(page.name) ? [] : [job('both languages', async () => checkLanguages(page))]
  return [
    links,
    job('blocks', async () => [...faults, ...checkShown(page)]),
    ...languages,
    ...code.map((chain, index) =>
      job(`${chain.language}, line ${chain.blocks[0].line}`, () => runChain(workplace, chain, `${id}_${index}`)),
    ),
    ...shells.flatMap((chain, index) =>
      ['ts', 'python'].map((language) =>
        job(`sh with the command in ${language}, line ${chain.steps[0].block.line}`, () =>
          runShell(workplace, chain, language, `${id}_sh${index}_${language}`),
        ),
      ),
    ),
  ]
}

async function typeResult(pages, workplace) {
  const files = new Map()
  for (const page of pages.filter(({ name }) => !LINKS_ALONE.test(name)))
    for (const [index, chain] of chainsOf(page).code.entries())
      if (chain.language === 'ts') files.set(writePlain(workplace, page, chain, index), page.name)
  if (files.size === 0) return []
  const complaints = await checkTypes(typesFolderOf(workplace))
  return [
    { name: 'types', faults: complaints.map(({ file, ...fault }) => ({ page: files.get(file) ?? file, ...fault })) },
  ]
}

function errorCodesFaults() {
  const { is, should } = errorCodesPage()
  const message = 'differs from its source: run `node scripts/docs/error-codes.mjs`'
  return is === should ? [] : [{ page: 'docs/error-codes.md', message }]
}

async function main(given) {
  const names = given.length > 0 ? given : pageNames()
  const results = await checkPages(names)
  if (given.length === 0) {
    const pages = names.map((name) => readPage(name, readFileSync(join(root, name), 'utf8')))
    results.push({ name: 'every page can be found', faults: checkReachable(pages, 'docs/README.md') })
    results.push({ name: 'error codes are those of conformance/errors.json', faults: errorCodesFaults() })
  }
  const failed = results.filter(({ faults }) => faults.length > 0)
  for (const { name, faults } of failed) {
    process.stdout.write(`✗ ${name}\n`)
    for (const { page, line, message } of faults)
      process.stdout.write(`    ${page}${line ? `:${line}` : ''}: ${message}\n`)
  }
  process.stdout.write(`${results.length - failed.length} passed, ${failed.length} failed\n`)
  process.exit(failed.length > 0 ? 1 : 0)
}

if (process.argv[1] && import.meta.url === pathToFileURL(resolve(process.argv[1])).href)
  await main(process.argv.slice(2))
