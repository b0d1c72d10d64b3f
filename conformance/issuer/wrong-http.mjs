// node conformance/issuer/wrong-http.mjs [--language typescript|python] [--only NAME]: issuers with a rule missing. Each is a
// patch of the sources, applied to a copy; the vectors of http/ must notice it, and a patch that does not apply is a failure.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { WRONG } from './wrong/http.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const interpreter =
  process.env.KIT_PYTHON ?? join(root, '.venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')

const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')

const patched = (text, [find, replace], file) => {
  const places = text.split(find).length - 1
  if (places !== 1) throw new Error(`does not apply: its text stands ${places} times in ${file}`)
  return text.replace(find, () => replace)
}

const LANGUAGES = {
  typescript: {
    patchOf: ([, , typescript]) => typescript,
    fileOf: (room) => join('packages', 'issuer', 'src', `${room}.ts`),
    prepare(copy) {
      mkdirSync(join(copy, 'packages'))
      for (const name of ['src', 'test', 'package.json', 'tsconfig.json', 'vitest.config.ts'])
        cpSync(join(root, 'packages', 'issuer', name), join(copy, 'packages', 'issuer', name), { recursive: true })
      for (const name of ['conformance', 'node_modules', 'tsconfig.base.json'])
        symlinkSync(join(root, name), join(copy, name))
    },
    run: (copy) =>
      spawnSync(process.execPath, [vitest, 'run', '--bail', '1', 'test/http.test.ts'], {
        cwd: join(copy, 'packages', 'issuer'),
        encoding: 'utf8',
      }),
  },
  python: {
    patchOf: ([, , , python]) => python,
    fileOf: (room) => join('python', 'src', 'kit_jwt', 'issuer', `${room}.py`),
    prepare(copy) {
      cpSync(join(root, 'python', 'src'), join(copy, 'python', 'src'), { recursive: true })
      cpSync(join(root, 'python', 'tests', 'test_issuer_http.py'), join(copy, 'python', 'tests', 'test_issuer_http.py'))
      symlinkSync(join(root, 'conformance'), join(copy, 'conformance'))
    },
    run: (copy) =>
      spawnSync(
        interpreter,
        ['-B', '-m', 'pytest', '-q', '-x', '-p', 'no:cacheprovider', 'tests/test_issuer_http.py'],
        {
          cwd: join(copy, 'python'),
          encoding: 'utf8',
          env: { ...process.env, PYTHONPATH: join(copy, 'python', 'src') },
        },
      ),
  },
}

/** What the vectors say of a copy: the id of one that failed, `none`, or what broke. */
function verdict(language, wrong) {
  const { patchOf, fileOf, prepare, run } = LANGUAGES[language]
  const copy = mkdtempSync(join(tmpdir(), 'kit-wrong-'))
  try {
    prepare(copy)
    if (wrong !== undefined) {
      const file = join(copy, fileOf(wrong[1]))
      writeFileSync(file, patched(readFileSync(file, 'utf8'), patchOf(wrong), fileOf(wrong[1])))
    }
    const { status, stdout, stderr } = run(copy)
    if (status === 0) return 'none'
    const [, id] = /(?:×|FAILED|FAIL)[^\n]*?(http-[a-z]+-\d+)/.exec(stdout) ?? []
    return id ?? `broken: ${`${stdout}${stderr}`.trim().split('\n').slice(-3).join(' ')}`
  } catch (error) {
    return `broken: ${error.message}`
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

const { language, only = '' } = parseArgs({
  options: { language: { type: 'string' }, only: { type: 'string' } },
}).values
let [passed, failed] = [0, 0]
const tell = (isRight, line) => {
  if (isRight) passed += 1
  else failed += 1
  console.log(`${isRight ? 'ok' : 'NOT OK'}  ${line}`)
}
for (const name of language === undefined ? Object.keys(LANGUAGES) : [language]) {
  const right = verdict(name)
  tell(right === 'none', `${name}: as it is: ${right}`)
  for (const wrong of WRONG.filter(([what]) => what.includes(only))) {
    const noticed = verdict(name, wrong)
    tell(/^http-/.test(noticed), `${name}: ${wrong[0]}: ${noticed}`)
  }
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
