// The tools that check the house, on a fault planted in a copy of it: each must say so, and nothing else.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { python, root } from '../setup.mjs'
import { differences } from './api/codes.mjs'
import { programOf } from './api/examples.mjs'
import { gaps } from './api/gaps.mjs'
import { application, members } from './api/typescript.mjs'
import { isAllowed, pythonRequirements } from './licences.mjs'

// Below the root, so that packages are found from there.
const copy = join(root, '.make', 'planted')
const jwt = join(copy, 'packages', 'jwt')

rmSync(copy, { recursive: true, force: true })
for (const path of [
  'src',
  'types',
  'tsconfig.json',
  'tsconfig.api.json',
  'tsconfig.command.json',
  '.dependency-cruiser.mjs',
  'package.json',
])
  cpSync(join(root, 'packages', 'jwt', path), join(jwt, path), { recursive: true })
for (const path of ['src', 'pyproject.toml'])
  cpSync(join(root, 'python', path), join(copy, 'python', path), {
    recursive: true,
    filter: (one) => !one.includes('__pycache__'),
  })
for (const path of [
  'eslint.config.mjs',
  'tsconfig.base.json',
  'package.json',
  'knip.jsonc',
  '.secretlintrc.json',
  'scripts/house/layers.mjs',
])
  cpSync(join(root, path), join(copy, path))

after(() => rmSync(copy, { recursive: true }))

/** Runs a program of an npm package. */
function tool(name, args, cwd = copy, program = name) {
  const folder = join(root, 'node_modules', name)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return run(process.execPath, [join(folder, typeof bin === 'string' ? bin : bin[program]), ...args], cwd)
}

function run(command, args, cwd) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  return { status, output: stdout + stderr }
}

function plant(path, text) {
  mkdirSync(dirname(join(copy, path)), { recursive: true })
  writeFileSync(join(copy, path), text)
}

test('an import that points up fails in TypeScript, and so does a circle', () => {
  const lint = () => tool('dependency-cruiser', ['src', '--config', '.dependency-cruiser.mjs'], jwt, 'depcruise')
  const clean = lint()
  assert.equal(clean.status, 0, clean.output)
  plant('packages/jwt/src/errors/planted.ts', "export { createKit } from '../kit'\n")
  plant('packages/jwt/src/token/one.ts', "export type { Two } from './two'\nexport type One = 1\n")
  plant('packages/jwt/src/token/two.ts', "export type { One } from './one'\nexport type Two = 2\n")
  plant('packages/jwt/src/attic/planted.ts', '')
  plant('packages/jwt/src/keys/planted.ts', "export * from '../attic/planted'\nexport * from 'node:fs'\n")
  const { status, output } = lint()
  assert.notEqual(status, 0)
  assert.match(output, /errors, encoding import nothing from above: src\/errors\/planted\.ts/)
  assert.match(output, /no cycles: src\/token\/one\.ts/)
  assert.match(output, /every room has a layer: src\/keys\/planted\.ts/)
  assert.match(output, /the core has one dependency: src\/keys\/planted\.ts/)
})

test('an import that points up fails in Python, and so does a circle', () => {
  const lint = () => {
    const program =
      'import sys; sys.path.insert(0, "src"); from importlinter.cli import lint_imports_command as run; run()'
    return run(python, ['-c', program, '--no-cache', '--no-logo'], join(copy, 'python'))
  }
  assert.match(lint().output, /\d+ kept, 0 broken/)
  plant('python/src/kit_jwt/errors/planted.py', 'def late():\n    from kit_jwt.kit import Kit\n\n    return Kit\n')
  plant('python/src/kit_jwt/auth/planted.py', 'from kit_jwt import verify\n')
  plant('python/src/kit_jwt/attic.py', '')
  plant('python/src/kit_jwt/token/one.py', 'from . import two\n')
  plant('python/src/kit_jwt/token/two.py', 'from . import one\n')
  const { status, output } = lint()
  assert.notEqual(status, 0)
  assert.match(output, /kit_jwt\.errors\.planted -> kit_jwt\.kit/)
  assert.match(output, /kit_jwt\.attic/)
  assert.match(output, /kit_jwt\.auth\.planted/)
  assert.match(output, /No cycles are allowed in kit_jwt\.token|kit_jwt\.token\b/)
  assert.match(output, /\d+ kept, 3 broken/)
})

test('a promise that nobody awaits fails', () => {
  const path = 'packages/jwt/src/auth/planted.ts'
  plant(
    path,
    'const work = async (): Promise<number> => Promise.resolve(1)\nexport const start = (): void => {\n  work()\n}\n',
  )
  const { status, output } = tool('eslint', [path])
  assert.equal(status, 1, output)
  assert.match(output, /no-floating-promises/)
})

test('a wrong type fails in Pyright', () => {
  plant('python/src/planted.py', 'def size(text: str | None) -> int:\n    return len(text)\n')
  plant('pyrightconfig.json', JSON.stringify({ include: ['python/src/planted.py'], typeCheckingMode: 'strict' }))
  const { status, output } = tool('pyright', ['-p', 'pyrightconfig.json'])
  assert.equal(status, 1, output)
  assert.match(output, /planted\.py:2.*reportArgumentType/s)
})

test('what nobody uses is found', () => {
  plant('scripts/planted.test.mjs', "import { used } from './half.mjs'\n\nused()\n")
  plant('scripts/half.mjs', 'export const used = () => {}\nexport const planted = 1\n')
  plant('scripts/unused.mjs', '')
  const { status, output } = tool('knip', ['--no-progress', '--workspace', '.', '--include', 'files,exports'])
  assert.equal(status, 1, output)
  assert.match(output, /planted\s+scripts\/half\.mjs/)
  assert.match(output, /scripts\/unused\.mjs/)
})

test('a secret is found: a key in PEM, a private JWK, a secret for HS512', () => {
  const noise = (length) => Array.from({ length }, (_, index) => 'kZ3-v_9Qa7'[(index * 7 + index ** 2) % 10]).join('')
  const planted = {
    'a.txt': `-----BEGIN PRIVATE KEY-----\n${noise(64).replaceAll(/[-_]/g, 'x')}\n-----END PRIVATE KEY-----\n`,
    'b.json': JSON.stringify({ kty: 'OKP', crv: 'Ed25519', d: noise(43) }),
    'c.env': `JWT_SECRET=${noise(86)}\n`,
    'd.ts': `export const key = { kty: 'oct', k: '${noise(86)}' }\n`,
  }
  for (const [name, text] of Object.entries(planted)) plant(name, text)
  const { status, output } = tool('secretlint', ['*.{txt,json,env,ts}', '--format', 'unix'])
  assert.equal(status, 1, output)
  for (const name of Object.keys(planted)) assert.match(output, new RegExp(`${name.replace('.', '\\.')}:\\d`))
})

test('a licence that is not allowed is refused', () => {
  const allowed = ['MIT', 'Apache-2.0']
  for (const licence of ['MIT', '(MIT OR GPL-3.0-only)', 'MIT AND Apache-2.0'])
    assert.equal(isAllowed(licence, allowed), true)
  for (const licence of ['GPL-3.0-only', 'MIT AND GPL-3.0-only', 'none', ''])
    assert.equal(isAllowed(licence, allowed), false)
  const lock =
    'a==1 \\\n    --hash=x\n    # via kit-jwt (pyproject.toml)\nb==1\n    # via\n    #   a\n    #   c\nc==1\n    # via kit-jwt (pyproject.toml:dev)\n'
  assert.deepEqual(pythonRequirements(lock), [
    { name: 'a', dev: false },
    { name: 'b', dev: false },
    { name: 'c', dev: true },
  ])
})

test('an example that does not hold what its comments say fails', async () => {
  const helpers = new URL('api/prelude.mjs', import.meta.url)
  const attempt = async (name, example) => {
    const path = join(copy, `${name}.mjs`)
    writeFileSync(path, programOf(example, helpers.href, ['same', 'refuses', 'MisuseError']))
    return (await import(pathToFileURL(path).href)).run()
  }
  await attempt('right', '```ts\n1 + 1 // 2\nPromise.reject(new MisuseError()) // throws MisuseError\n```')
  await assert.rejects(attempt('value', '1 + 1 // 3'), /strictly|loosely|deep/)
  await assert.rejects(attempt('nothing', '1 + 1 // throws MisuseError'), /Missing expected rejection/)
  await assert.rejects(attempt('another', 'Promise.reject(new MisuseError()) // throws TokenError'), /MisuseError/)
})

test('a docstring that leaves something out is found', async () => {
  const path = 'packages/jwt/src/planted-docs.ts'
  plant(
    path,
    'export function mute(word: string): number {\n  return word.length\n}\n\n/** One. */\nexport interface Half {\n  member: string\n}\n',
  )
  const app = await application({
    entryPoints: [join(copy, path), join(jwt, 'src', 'deno.ts')],
    tsconfig: join(jwt, 'tsconfig.api.json'),
    logLevel: 'None',
  })
  const found = [...members(await app.convert())].flatMap((member) => [...gaps(member)])
  assert.deepEqual(
    found.map((gap) => gap.replace(/^.*: (?=\w)/, '')),
    ['no description', 'no @param word', 'no @returns of number', 'no @example', 'no description'],
  )
})

test('a code that one language alone names is found', () => {
  const typescript = { 'Kit.sign': { TokenError: '`claim_invalid`' }, sign: { TokenError: 'as `Kit.sign`' } }
  const python = {
    'Kit.sign': { TokenError: '`claim_invalid`, `token_expired`' },
    sign: { TokenError: '`claim_invalid`' },
  }
  assert.deepEqual([...differences(typescript, python)], ['Kit.sign: token_expired'])
})
