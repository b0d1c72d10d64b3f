// The commands as processes: what only a real machine shows. Needs the built package, and the Python one installed.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { python, root } from './languages.mjs'

const isWindows = process.platform === 'win32'
const script = join(dirname(python), isWindows ? 'kit-jwt.exe' : 'kit-jwt')

/** How each is started. */
const COMMANDS = {
  'bin/kit-jwt.mjs': [process.execPath, '--no-warnings', join(root, 'packages', 'jwt', 'bin', 'kit-jwt.mjs')],
  'python -m kit_jwt.command': [python, '-m', 'kit_jwt.command'],
}

const folder = mkdtempSync(join(tmpdir(), 'kit-command-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
let made = 0
const emptyFolder = () => {
  made += 1
  const path = join(folder, String(made))
  mkdirSync(path)
  return path
}

/** Nothing here takes long: what hangs is ended, and fails. */
const TIMEOUT = 60_000

const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(JWT_|NO_COLOR$|NODE_OPTIONS$|PYTHON|FORCE_COLOR$)/.test(name)),
)

function start(command, words, { cwd = emptyFolder(), input = '', env = {} } = {}) {
  const [program, ...before] = command
  const options = { cwd, input, env: { ...environment, ...env }, encoding: 'utf8', timeout: TIMEOUT }
  const { status, signal, stdout, stderr } = spawnSync(program, [...before, ...words], options)
  return { status: status ?? signal, stdout, stderr }
}

/** Runs a line of the shell in which `"$@"` is the command and its words. */
const shell = (command, line, words, options) => start(['/bin/sh', '-c', line, 'sh', ...command], words, options)

const ED25519 = '{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}'
const THUMBPRINT = 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k\n'
const modeOf = (path) => (statSync(path).mode & 0o777).toString(8)

/** What must come out the same, byte for byte, and as expected. */
const EVERYWHERE = {
  'a key on standard input': [(command) => start(command, ['thumbprint'], { input: ED25519 }), [0, THUMBPRINT, '']],
  'a key in a file': [
    (command) => {
      const cwd = emptyFolder()
      writeFileSync(join(cwd, 'schlüssel.json'), ED25519)
      return start(command, ['thumbprint', 'schlüssel.json'], { cwd })
    },
    [0, THUMBPRINT, ''],
  ],
  'an unknown command': [
    (command) => start(command, ['mint']),
    [2, '', "kit-jwt: there is no command 'mint'; see 'kit-jwt --help'.\n"],
  ],
  'a folder in the place of a file': [
    (command) => start(command, ['thumbprint', '.']),
    [2, '', "kit-jwt thumbprint: cannot read '.': it is a folder.\n"],
  ],
  'a key that is there is never replaced': [
    (command) => {
      const cwd = emptyFolder()
      start(command, ['keygen', '--out', 'keys'], { cwd })
      const before = readFileSync(join(cwd, 'keys', 'private.jwk.json'))
      const again = start(command, ['keygen', '--out', 'keys'], { cwd })
      if (!before.equals(readFileSync(join(cwd, 'keys', 'private.jwk.json')))) throw new Error('it was replaced')
      return again
    },
    [
      2,
      '',
      "kit-jwt keygen: 'keys/private.jwk.json' is there already, and a key is never replaced: name another folder with --out.\n",
    ],
  ],
}

const POSIX = {
  'the private key is its owner’s': [
    (command) => {
      const cwd = emptyFolder()
      const { status, stderr } = shell(command, 'umask 000; exec "$@"', ['keygen', '--json', '--out', 'a/b'], { cwd })
      const names = ['private.jwk.json', 'public.jwk.json']
      return { status, stdout: names.map((name) => modeOf(join(cwd, 'a', 'b', name))).join(' '), stderr }
    },
    [0, '600 644', ''],
  ],
  'a .env file is made and used': [
    (command) => shell(command, '"$@" secret --dotenv > .env && "$@" sign --sub u1 | "$@" verify | grep -c u1', []),
    [0, '1\n', ''],
  ],
  'a reader that is gone': [
    (command) => shell(command, '{ sleep 0.2; "$@"; echo "status $?" >&2; } | true', ['completion', 'zsh'], {}),
    undefined,
    ({ status, stdout, stderr }) => status === 0 && stdout === '' && stderr === 'status 0\n',
  ],
  'standard input that is closed': [
    (command) => shell(command, 'exec "$@" <&-', ['thumbprint']),
    [2, '', 'kit-jwt thumbprint: standard input is empty.\n'],
  ],
  'standard output that is closed': [(command) => shell(command, 'exec "$@" >&-', ['--version']), [0, '', '']],
  'standard error that is closed': [(command) => shell(command, 'exec "$@" 2>&-', ['mint']), [2, '', '']],
  'words that are no text': [
    (command) => shell(command, 'exec "$@" "$(printf \'\\377\')"', ['thumbprint']),
    [2, '', 'kit-jwt thumbprint: cannot read what was given: there is no such file.\n'],
  ],
  'a locale without UTF-8': [
    (command) => start(command, ['secret', '--help'], { env: { LC_ALL: 'C', LANG: 'C', PYTHONUTF8: '0' } }),
    undefined,
    ({ status, stdout }) => status === 0 && stdout.includes('[OPTION…]'),
  ],
}

const COMPLETIONS = `
source <("$@" completion bash)
complete_at() { COMP_WORDS=("$@"); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _kit_jwt; echo "\${COMPREPLY[@]}"; }
mkdir keys 'a b'; touch key.json
complete_at kit-jwt k
complete_at kit-jwt jwks --alg P
complete_at kit-jwt keygen --out = k
complete_at kit-jwt thumbprint key.
complete_at kit-jwt verify a
complete_at kit-jwt secret --d
complete_at kit-jwt secret --len ''`

/** By what must be there for them. */
const WHERE_THERE_IS = {
  '/bin/bash': [
    (command) => start(['/bin/bash', '-c', COMPLETIONS, 'bash', ...command], []),
    [0, 'keygen\nPS256\nkeys\nkey.json\na b\n--dotenv\n\n', ''],
  ],
  '/dev/full': [
    (command) => shell(command, 'exec "$@" > /dev/full', ['secret']),
    [2, '', 'kit-jwt: standard output cannot be written.\n'],
  ],
  '/dev/zero': [
    (command) => start(command, ['thumbprint', '/dev/zero']),
    [2, '', "kit-jwt thumbprint: cannot read '/dev/zero': it is larger than 16 MiB.\n"],
  ],
  '/dev/ptmx': [
    (command) => onTerminal(command, ['secret', '--help']),
    undefined,
    ({ stdout }) => stdout.includes('\u001b[1mUsage'),
  ],
}

/** Within a terminal of its own, which Python's `pty` makes. */
const onTerminal = (command, words, env) =>
  start([python, '-c', 'import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)', ...command], words, {
    env: { TERM: 'xterm', ...env },
  })

// A shell that runs this in the background has told its children to ignore Ctrl-C.
const HEEDING =
  'import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])'

/** Ctrl-C while standard input is read, which shells call 130: what does not fit in the pipe was taken, so the command is at it. */
function interrupted(command) {
  return new Promise((resolve) => {
    const args = ['-c', HEEDING, ...command, 'thumbprint']
    const child = spawn(python, args, { cwd: emptyFolder(), env: environment, timeout: TIMEOUT })
    let told = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        told += chunk
      })
    child.stdin.on('error', () => {})
    child.stdin.write(Buffer.alloc(1 << 20, 0x20), () => child.kill('SIGINT'))
    child.on('close', (status, signal) => resolve({ status: status ?? signal, stdout: told, stderr: '' }))
  })
}

/** Every test in both languages: sentences for those that failed, and how many there were. */
export async function runProcesses() {
  const tests = { ...EVERYWHERE }
  if (!isWindows) {
    Object.assign(tests, POSIX, { 'Ctrl-C': [interrupted, ['SIGINT', '', '']] })
    for (const [path, test] of Object.entries(WHERE_THERE_IS)) if (existsSync(path)) tests[path] = test
  }
  const faults = []
  for (const [name, [run, expected, holds]] of Object.entries(tests)) {
    const outcomes = []
    for (const command of Object.values(COMMANDS)) outcomes.push(await run(command))
    const texts = outcomes.map((outcome) => JSON.stringify(outcome))
    const [status, stdout, stderr] = expected ?? []
    const right = expected ? texts[0] === JSON.stringify({ status, stdout, stderr }) : outcomes.every(holds)
    if (!right || texts[0] !== texts[1]) faults.push(`${name}\n  typescript ${texts[0]}\n  python     ${texts[1]}`)
  }
  const versions = [start(COMMANDS['python -m kit_jwt.command'], ['--version']), start([script], ['--version'])]
  if (versions[0].status !== 0 || JSON.stringify(versions[0]) !== JSON.stringify(versions[1]))
    faults.push(`the script of the Python package\n  ${JSON.stringify(versions)}`)
  const npx = start(['npx'], ['--no-install', 'kit-jwt', '--version'], { cwd: root })
  if (npx.stdout !== start(COMMANDS['bin/kit-jwt.mjs'], ['--version']).stdout)
    faults.push(`npx kit-jwt\n  ${JSON.stringify(npx)}`)
  return { count: Object.keys(tests).length + 2, faults }
}
