// How each language makes a program of a copy of its sources.
import { cpSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import python from './python/index.mjs'
import typescript from './typescript/index.mjs'

export const root = fileURLToPath(new URL('../..', import.meta.url))
const interpreter =
  process.env.KIT_PYTHON ?? join(root, '.venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
const vitest = join(createRequire(import.meta.url).resolve('vitest/package.json'), '..', 'vitest.mjs')
/** Verifies each token twice, with a cache of verified signatures: of what is right the second answer is that of the first. */
const REMEMBERING = {
  typescript: `export * from './kit-without-cache'
import { createKit as create } from './kit-without-cache'
export const createKit = (config) => {
  const kit = create(typeof config === 'object' && config ? { signatureCacheBytes: 1_000_000, ...config } : config)
  const twice = (name) => async (...given) => {
    await kit[name](...given)
    return kit[name](...given)
  }
  return { ...kit, verify: twice('verify'), checkAuth: twice('checkAuth') }
}
`,
  python: `

class _Remembering(Kit):
    __slots__ = ()

    def __init__(self, /, **options):
        super().__init__(**{"signature_cache_bytes": 1_000_000, **options})

    def verify(self, token, /, **options):
        super().verify(token, **options)
        return super().verify(token, **options)

    def check_auth(self, token, policy, /, **options):
        super().check_auth(token, policy, **options)
        return super().check_auth(token, policy, **options)


SYNCHRONOUS = Face(_Remembering, import_private_key)
`,
}

/**
 * `source` is copied, to the same place below another folder; `program` gives a command line that runs vectors, `remember`
 * makes its kits remember signatures, `testing` gives one that runs tests of the language, for what no vector can see, and
 * `failed` finds the first of those that failed.
 */
export const LANGUAGES = {
  typescript: {
    mutants: typescript,
    source: join(root, 'packages', 'jwt', 'src'),
    async program(copy, backend = 'node') {
      const runner = join(copy, 'runner.mjs')
      await build({
        stdin: { contents: `export * from './conformance.ts'`, resolveDir: copy },
        outfile: runner,
        bundle: true,
        format: 'esm',
        platform: 'node',
        alias: { '#crypto': join(copy, 'crypto', 'backend', `${backend}.ts`) },
        external: ['#environment', 'cloudflare:workers'],
        nodePaths: [join(root, 'node_modules')],
        logLevel: 'silent',
      })
      return {
        command: process.execPath,
        args: ['--no-warnings', join(root, 'conformance', 'run.mjs'), '--implementation', runner],
      }
    },
    remember(copy) {
      renameSync(join(copy, 'kit.ts'), join(copy, 'kit-without-cache.ts'))
      writeFileSync(join(copy, 'kit.ts'), REMEMBERING.typescript)
    },
    testing(copy, names) {
      const cwd = join(copy, '..')
      for (const name of ['test', 'vitest.config.ts', 'tsconfig.json', 'package.json'])
        cpSync(join(root, 'packages', 'jwt', name), join(cwd, name), { recursive: true })
      const folder = join(cwd, '..', '..')
      cpSync(join(root, 'tsconfig.base.json'), join(folder, 'tsconfig.base.json'))
      for (const name of ['conformance', 'node_modules']) symlinkSync(join(root, name), join(folder, name), 'junction')
      const files = names.map((name) => `test/${name}.test.ts`)
      return { command: process.execPath, args: [vitest, 'run', '--reporter=tap-flat', ...files], cwd }
    },
    failed: /^not ok \d+ - (test\/\S+\.test\.ts > .*?)(?: #|$)/m,
  },
  python: {
    mutants: python,
    source: join(root, 'python', 'src'),
    async program(copy) {
      return { command: interpreter, args: ['-B', '-m', 'kit_jwt.conformance'], env: { PYTHONPATH: copy } }
    },
    remember(copy) {
      const faces = join(copy, 'kit_jwt', 'conformance', 'faces.py')
      writeFileSync(faces, readFileSync(faces, 'utf8') + REMEMBERING.python)
    },
    testing(copy, names) {
      const files = names.map((name) => `tests/${name}.py`)
      const args = ['-B', '-m', 'pytest', '-x', '-q', '-p', 'no:cacheprovider', '--tb=no', '-rf', ...files]
      return { command: interpreter, args, cwd: join(root, 'python'), env: { PYTHONPATH: copy } }
    },
    failed: /^FAILED tests\/(\S+)/m,
  },
}
