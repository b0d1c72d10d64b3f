// The examples in docstrings as programs: what they say in comments is what they are held to.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { root } from '../../setup.mjs'
import { tagged } from './typescript.mjs'

const folder = join(root, '.make', 'examples')
const VALUE = /^(true|false|null|undefined|-?[\d_.]+|'[^']*'|\[.*\]|\{.*\})(?::|$)/
const THROWS = /^throws (\w+)(?:, (\w+))?/
const STATEMENT = /^(?:const|let|for|if|import|export|return|try)\b|^[)}\]]/

/** `expression // value` and `expression // throws Error, code` become assertions; other comments stay comments. */
function held(line) {
  const [, code, comment] = /^(.*\S) \/\/ (.*)$/.exec(line) ?? []
  if (code === undefined || STATEMENT.test(code)) return line
  const [, error, errorCode] = THROWS.exec(comment) ?? []
  if (error) return `await refuses(async () => ${code}, '${error}'${errorCode ? `, '${errorCode}'` : ''})`
  const [, value] = VALUE.exec(comment) ?? []
  return value ? `same(await (${code}), ${value})` : line
}

/** The program of one example: a module whose `run` is the example, with the names of the prelude in scope. */
export function programOf(example, prelude, names) {
  const lines = withoutFence(example).split('\n')
  const imports = lines.filter((line) => line.startsWith('import '))
  const code = lines
    .filter((line) => !line.startsWith('import '))
    .map((line) => held(line.replace(/^export default /, 'let exported = ')))
  const source = [
    ...imports,
    `import { surroundings } from '${prelude}'`,
    'export async function run(isOfTesting) {',
    `let { ${names.filter((name) => !imports.some((line) => new RegExp(`\\b${name}\\b`).test(line.split(' from ')[0]))).join(', ')} } = await surroundings(isOfTesting)`,
    '{',
    ...code,
    '}',
    '}',
  ].join('\n')
  const { outputText } = ts.transpileModule(source, { compilerOptions: { target: 'ES2022', module: 'ESNext' } })
  return outputText
}

/** Only workerd has `cloudflare:workers`: what imports it is run there, in conformance/runtimes. */
const isOfWorkerd = ({ name }) => /^workers\/(jwks|replay):/.test(name)

/** The fixtures of vitest run inside vitest. */
const isFixture = ({ name }) => name.startsWith('testing/vitest:')

const withoutFence = (example) => example.replace(/^```\w*\n|\n```$/g, '')

/** Writes each example as a module, and those of vitest's fixtures as one file of tests; tells where they are. */
export function writeExamples(members, prelude, names) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const found = members.flatMap((member) => tagged(member, '@example').map((text) => ({ name: member.name, text })))
  const modules = found
    .filter((one) => !isFixture(one) && !isOfWorkerd(one))
    .map(({ name, text }, index) => {
      const path = join(folder, `${index}.mjs`)
      writeFileSync(path, programOf(text, prelude, names))
      return { name, path }
    })
  const code = found.filter(isFixture).map(({ text }) => withoutFence(text))
  writeFileSync(join(folder, 'fixtures.test.ts'), ["import { describe, expect } from 'vitest'", ...code].join('\n\n'))
  return { modules, folder, fixtures: code.length }
}
