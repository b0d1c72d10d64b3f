// The package as it is published: what its entries export, and that one error is one class in all of them.
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('../', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
  exports: Record<string, { types: string; default: string } | string>
  imports: Record<string, Record<string, string>>
  dependencies: Record<string, string>
}
const load = (entry: string): Promise<Record<string, unknown>> =>
  import(/* @vite-ignore */ new URL(`dist/${entry}.js`, root).href)

test('the package is built', () => {
  expect(existsSync(new URL('dist/index.js', root)), 'run `npm run build` first').toBe(true)
})

test('every file that the manifest names is there', () => {
  const files = [...Object.values(manifest.exports), ...Object.values(manifest.imports)].flatMap((entry) =>
    typeof entry === 'string' ? [entry] : Object.values(entry),
  )
  expect(files.filter((file) => !existsSync(new URL(file, root)))).toEqual([])
})

test('jose is the one dependency', () => {
  expect(Object.keys(manifest.dependencies)).toEqual(['jose'])
})

test('the names of the main entry', async () => {
  expect(Object.keys(await load('index')).sort()).toEqual([
    'ConfigError',
    'MisuseError',
    'TokenError',
    'checkAuth',
    'configFromEnvironment',
    'consumeOnce',
    'createDelegatedToken',
    'createKeySet',
    'createKit',
    'decodeUnverified',
    'exportPublicJwk',
    'generateKeyPair',
    'generateSecret',
    'importPrivateKey',
    'importPublicKey',
    'importSecret',
    'isExpiringSoon',
    'isVerified',
    'localJwks',
    'mapScopesToPermissions',
    'memoryReplayStore',
    'memoryRevocationList',
    'parsePolicy',
    'policy',
    'remoteJwks',
    'sign',
    'thumbprint',
    'trustedProvider',
    'unsafeTrustClaims',
    'verify',
  ])
})

test('the names of the other entries', async () => {
  const names = async (entry: string) => Object.keys(await load(entry)).sort()
  expect(await names('verifier')).toEqual(['createVerifier'])
  expect(await names('node')).toEqual(['createSyncKit', 'makeKit', 'signSync', 'verifySync'])
  expect(await names('workers')).toEqual(['makeKit', 'serviceJwks'])
  expect(await names('deno')).toEqual(['makeKit'])
  expect(await names('testing')).toEqual([
    'FOREIGN_PRIVATE_JWK',
    'FOREIGN_SECRET',
    'REFUSALS',
    'TEST_AUDIENCE',
    'TEST_ISSUER',
    'TEST_KID',
    'TEST_NOW',
    'TEST_PRIVATE_JWK',
    'TEST_PRIVATE_JWKS',
    'TEST_PUBLIC_JWK',
    'TEST_PUBLIC_JWKS',
    'TEST_SECRET',
    'TEST_SUBJECT',
    'configForTests',
    'createTestKit',
    'createTokens',
    'environmentForTests',
    'fakeJwks',
    'fixedClock',
    'repeatingEntropy',
  ])
  expect(await names('testing/vitest')).toEqual(['test'])
  expect(await names('conformance')).toEqual(['isVectorFile', 'runFile', 'runTest'])
  expect(await names('command')).toEqual([
    'CommandFailure',
    'EXIT',
    'FileFault',
    'dotenvText',
    'duration',
    'faultSentence',
    'inFolder',
    'isEncrypted',
    'isOpen',
    'looksSecret',
    'nodeWorld',
    'objectOf',
    'printable',
    'publicJwkOfPem',
    'quoted',
    'readInteger',
    'readText',
    'readVariables',
    'runProgram',
    'timestamp',
    'trimmed',
    'unwritable',
  ])
})

test('an error of one entry is of the same class in another', async () => {
  const { TokenError } = (await load('index')) as { TokenError: new () => Error }
  const { createTestKit } = (await load('testing')) as {
    createTestKit: () => { verify(token: string): Promise<unknown> }
  }
  await expect(createTestKit().verify('x')).rejects.toBeInstanceOf(TokenError)
})

test('declarations name no other package', () => {
  const text = readFileSync(new URL('dist/index.d.ts', root), 'utf8')
  expect(text).not.toMatch(/from '[^.]/)
})
