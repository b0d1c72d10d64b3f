// Runs `ts` and `python` snippets. A chain becomes one program, each line where it stands on its page.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { python } from '../setup.mjs'
import { comparePrinted, instrument } from './claims.mjs'
import { environmentOf, makeSandbox, runProgram } from './sandbox.mjs'

const PRELUDE = {
  ts: "import { show as __show, throws as __throws } from '../../prelude.mjs';",
  python: 'from docs_prelude import raises as _raises, show as _show',
}

/** The text of blocks, each line under its number on the page. */
function onTheirLines(texts) {
  const lines = []
  for (const { line, text } of texts) {
    while (lines.length < line - 1) lines.push('')
    lines.push(...text.replace(/\n$/, '').split('\n'))
  }
  return lines
}

const TRANSPILING = {
  fileName: 'snippet.ts',
  reportDiagnostics: true,
  compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, inlineSourceMap: true },
}

/** Where snippets are for the type checker. */
export const typesFolderOf = ({ folder }) => join(folder, 'types')

/** Writes a chain of TypeScript as it is printed. @returns the name of the file */
export function writePlain(workplace, page, { blocks }, index) {
  const name = `${page.name.replace(/\.md$/, '').replace(/[^A-Za-z0-9]+/g, '_')}_${index + 1}.ts`
  mkdirSync(typesFolderOf(workplace), { recursive: true })
  writeFileSync(join(typesFolderOf(workplace), name), `${onTheirLines(blocks).join('\n')}\n`)
  return name
}

/** Runs a chain. @returns faults */
export async function runChain(workplace, chain, name) {
  const { language, blocks } = chain
  const parts = blocks.map((block) => ({ line: block.line, ...instrument(language, block.text, block.line) }))
  const faults = parts.flatMap((part) => part.faults)
  const lines = onTheirLines(parts.map(({ line, code }) => ({ line, text: code })))
  lines[0] = PRELUDE[language]
  const sandbox = makeSandbox(workplace, name)
  const env = environmentOf(workplace, language, sandbox)
  const { status, stdout, stderr } = await start(language, lines.join('\n'), sandbox, env)
  const wrong = CLAIMED.exec(stderr)
  if (wrong) faults.push({ line: Number(wrong[1]), message: wrong[2] })
  else if (status !== 0 || stderr.trim())
    faults.push({ line: lineOf(stderr), message: `exit status ${status}: ${stderr.trim()}` })
  return [
    ...faults,
    ...comparePrinted(
      parts.flatMap((part) => part.printed),
      stdout,
    ),
  ]
}

/** What the prelude writes of a claim that does not hold. */
const CLAIMED = /^line (\d+): (.+)$/m

const lineOf = (stderr) => {
  const found = /snippet\.(?:ts|py)(?:", line |:)(\d+)/.exec(stderr)
  return found ? Number(found[1]) : undefined
}

async function start(language, code, sandbox, env) {
  if (language === 'python') {
    const file = join(sandbox, 'snippet.py')
    writeFileSync(file, code)
    return runProgram(python, ['-W', 'error', file], { cwd: sandbox, env })
  }
  const file = join(sandbox, 'snippet.mjs')
  const { outputText, diagnostics } = ts.transpileModule(code, TRANSPILING)
  const [first] = diagnostics
  if (first) {
    const line = first.file.getLineAndCharacterOfPosition(first.start).line + 1
    return {
      status: 1,
      stdout: '',
      stderr: `snippet.ts:${line}: ${ts.flattenDiagnosticMessageText(first.messageText, ' ')}`,
    }
  }
  writeFileSync(file, outputText)
  return runProgram(process.execPath, ['--enable-source-maps', file], { cwd: sandbox, env })
}
