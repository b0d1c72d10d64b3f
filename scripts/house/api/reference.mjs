// node scripts/house/api/reference.mjs: writes docs/api from the docstrings of both languages.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { python, root } from '../../setup.mjs'
import { application, PACKAGES } from './typescript.mjs'

const HOME = join(root, 'docs', 'api')
const folderFor = (name) => (name === 'jwt' ? 'typescript' : `typescript-${name}`)

/** One page for each entry, in tables, and nothing that changes from one machine to another. */
const pagesFor = (name) => ({
  out: join(HOME, folderFor(name)),
  name: `@kit/${name}`,
  entryFileName: 'README',
  outputFileStrategy: 'modules',
  hidePageHeader: true,
  hideBreadcrumbs: true,
  useCodeBlocks: true,
  useHTMLAnchors: true,
  sanitizeComments: true,
  pageTitleTemplates: {
    index: `@kit/${name}`,
    module: ({ name: entry }) => (entry === 'index' ? `@kit/${name}` : `@kit/${name}/${entry}`),
  },
  ...Object.fromEntries(
    [
      'parameters',
      'properties',
      'interfaceProperties',
      'classProperties',
      'typeAliasProperties',
      'typeDeclaration',
    ].map((what) => [`${what}Format`, 'table']),
  ),
  tableColumnSettings: { hideDefaults: true, hideModifiers: true, hideOverrides: true, hideSources: true },
})

/** TypeDoc that also writes Markdown, over a package: `{ name, app, project }`. */
async function writer(name) {
  const app = await application(pagesFor(name), ['typedoc-plugin-markdown'], name)
  return { name, app, project: await app.convert() }
}

/** One after the other: each reads the whole of TypeScript's library. */
export async function writers() {
  const all = []
  for (const name of PACKAGES) all.push(await writer(name))
  return all
}

function writePython(folder) {
  const run = spawnSync(python, [join(root, 'python', 'house', 'api.py'), folder], { encoding: 'utf8' })
  if (run.status !== 0) throw new Error(run.stderr)
}

/** The pages of a folder by their path. */
function pagesOf(folder) {
  if (!existsSync(folder)) return {}
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
  const paths = files.map((one) => join(one.parentPath, one.name)).sort()
  return Object.fromEntries(
    paths.map((path) => [
      path.slice(folder.length + 1).replaceAll('\\', '/'),
      readFileSync(path, 'utf8').replaceAll('\r\n', '\n'),
    ]),
  )
}

/** What docs/api holds, and what would be written now, by language. */
export async function compared(packages) {
  const folder = mkdtempSync(join(tmpdir(), 'kit-api-'))
  try {
    for (const { name, app, project } of packages) {
      app.options.setValue('out', join(folder, folderFor(name)))
      await app.generateOutputs(project)
    }
    writePython(join(folder, 'python'))
    return [...PACKAGES.map(folderFor), 'python'].map((language) => ({
      language,
      is: pagesOf(join(HOME, language)),
      wouldBe: pagesOf(join(folder, language)),
    }))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function main() {
  rmSync(HOME, { recursive: true, force: true })
  for (const { app, project } of await writers()) await app.generateOutputs(project)
  writePython(join(HOME, 'python'))
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main()
