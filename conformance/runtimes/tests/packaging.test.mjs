// The packed tarball as its users get it: their compilers, their bundles, JSR.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { layOutJsr } from '../../../scripts/jsr.mjs'
import { denoPath } from '../binaries.mjs'
import { here, run } from '../install.mjs'
import { options } from './installed.mjs'

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
const CONSUMER = 'tests/programs/consumer.ts'
const RESOLUTIONS = { node16: 'node16', nodenext: 'nodenext', bundler: 'preserve' }
// Each platform's own types are all that the declarations may need; those of Node.js come only where they are named.
const PLATFORMS = {
  'a browser or a Worker': ['--lib', 'es2022,dom'],
  'Node.js': ['--lib', 'es2022', '--types', 'node'],
}

describe('types compile, those of libraries checked too', options, () => {
  for (const [resolution, module] of Object.entries(RESOLUTIONS))
    for (const [platform, flags] of Object.entries(PLATFORMS))
      test(`under ${resolution}, for ${platform}`, () => {
        const modules = ['--module', module, '--moduleResolution', resolution, '--target', 'es2022']
        const strict = ['--strict', '--exactOptionalPropertyTypes', '--skipLibCheck', 'false', '--noEmit']
        const args = [tsc, '--ignoreConfig', ...modules, ...strict, ...flags, CONSUMER]
        const { ok, stdout } = run(process.execPath, args)
        assert.equal(stdout, '')
        assert.equal(ok, true)
      })

  test('and a wrong use does not', () => {
    const modules = ['--module', 'nodenext', '--target', 'es2022', '--lib', 'es2022,dom']
    const args = [tsc, '--ignoreConfig', ...modules, '--strict', '--noEmit', 'tests/programs/wrong-consumer.ts']
    assert.match(run(process.execPath, args).stdout, /error TS2345[\s\S]*error TS2353/)
  })
})

async function bundle(contents, conditions = ['workerd']) {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: here },
    tsconfigRaw: '{}',
    bundle: true,
    minify: true,
    format: 'esm',
    conditions,
    external: ['cloudflare:workers', 'node:*'],
    write: false,
  })
  return outputFiles[0].text
}

const zipped = (text) => gzipSync(text, { level: 9 }).length

describe('bundles', options, () => {
  test('the core is 13 kB at most', async () => {
    assert.ok(zipped(await bundle(`export { sign, verify, checkAuth } from '@kit/jwt'`)) <= 13 * 1024)
  })

  test('what only verifies is 9 kB at most, with the keys of either profile or of a URL', async () => {
    for (const keys of ['importSecret', 'importPublicKey', 'remoteJwks']) {
      const text = await bundle(
        `export { createVerifier } from '@kit/jwt/verifier'; export { ${keys} } from '@kit/jwt'`,
      )
      assert.ok(zipped(text) <= 9_000, `${keys}: ${zipped(text)}`)
      for (const name of ['JWT_', 'getRandomValues', 'generateKey', '"sign"']) {
        // A secret is imported for both: what it signs is no part of this.
        if (name !== '"sign"' || keys !== 'importSecret') assert.equal(text.includes(name), false, `${keys}: ${name}`)
      }
    }
  })

  test('one profile without outside issuers brings no table of jose', async () => {
    const text = await bundle(`export { sign, verify, checkAuth, createKit } from '@kit/jwt'`)
    for (const name of ['HS256', 'ES256K', 'RSA-OAEP', 'ECDH-ES', 'A128GCM', 'PBES2', 'JWSInvalid', 'ERR_JOSE'])
      assert.equal(text.includes(name), false, name)
  })

  test('each platform gets its own environment and nothing of another', async () => {
    const of = (condition) => bundle(`export { sign } from '@kit/jwt'`, [condition])
    const marks = {
      workerd: 'cloudflare:workers',
      deno: 'querySync',
      node: 'getBuiltinModule',
      bun: 'getBuiltinModule',
    }
    for (const [condition, mark] of Object.entries(marks)) {
      const text = await of(condition)
      assert.ok(text.includes(mark), condition)
      for (const other of Object.values(marks))
        if (other !== mark && condition !== 'deno') assert.equal(text.includes(other), false, `${condition}: ${other}`)
    }
    for (const mark of [...Object.values(marks), 'node:'])
      assert.equal((await of('browser')).includes(mark), false, mark)
    assert.equal((await of('workerd')).includes('node:'), false)
  })
})

describe('on JSR', options, () => {
  const deno = (args, cwd) => run(denoPath(), args, cwd)

  test('it could be published', () => {
    const { ok, said } = deno(['publish', '--dry-run', '--allow-dirty'], layOutJsr())
    assert.equal(ok, true, said)
    assert.match(said, /Dry run complete/)
    assert.doesNotMatch(said, /slow type|warning/i)
  })

  test('it works as it was laid out', () => {
    const folder = layOutJsr()
    const program = `
      import { createKit, generateSecret } from '${join(folder, 'dist', 'index.js').replaceAll('\\', '/')}'
      const kit = createKit({ issuer: 'i', audience: 'a', secret: generateSecret() })
      console.log((await kit.verify(await kit.sign({ sub: 'jsr' }))).sub)`
    const { stdout, said } = deno(['eval', '--no-check', program], folder)
    assert.equal(stdout.trim(), 'jsr', said)
  })
})
