// Runs `sh` snippets twice, with the command of each language on the PATH, and compares what they print with the `text` block
// that follows. A line that ends in `# exits 1` must end with that status; every other one with 0.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { matches } from './claims.mjs'
import { environmentOf, makeSandbox, runProgram, SHELL } from './sandbox.mjs'

const EXITS = /^(\s*\S.*?)\s+# exits (\d+)$/
const WRONG_EXIT = 99

/** The lines of a block, with the statuses that they claim checked. */
const scriptOf = (text) =>
  text
    .split('\n')
    .map((line) => {
      const found = EXITS.exec(line)
      if (!found) return line
      const told = `echo "exit status $status, not ${found[2]}"`
      return `status=0; { ${found[1]}; } || status=$?; test $status = ${found[2]} || { ${told}; exit ${WRONG_EXIT}; }`
    })
    .join('\n')

/** Runs a chain of shell snippets with the command of a language. @returns faults */
export async function runShell(workplace, { steps }, language, name) {
  const sandbox = makeSandbox(workplace, name)
  const env = environmentOf(workplace, language, sandbox)
  const faults = []
  for (const { block, expected, files } of steps) {
    for (const file of files) {
      const path = join(sandbox, file.name)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, file.block.text)
    }
    const { status, stdout } = await runProgram(SHELL, ['-e', '-c', `exec 2>&1\n${scriptOf(block.text)}`], {
      cwd: sandbox,
      env,
    })
    const printed = stdout.replaceAll('\r\n', '\n').replace(/\n$/, '')
    if (status !== 0) faults.push({ line: block.line, message: `exit status ${status}: ${printed}` })
    else if (expected && !matches(expected.text.replace(/\n$/, ''), printed))
      faults.push({ line: expected.line, message: `it prints\n${printed}` })
    if (faults.length > 0) break
  }
  return faults
}
