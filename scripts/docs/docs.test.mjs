// The check of the documentation notices what it is there for.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { root } from '../setup.mjs'
import { checkPages } from './check.mjs'
import { matches } from './claims.mjs'
import { checkReachable } from './links.mjs'
import { readPage } from './page.mjs'

/** The faults of pages, each `page:line: message`. */
async function faultsOf(pages) {
  const folder = mkdtempSync(join(tmpdir(), 'kit-pages-'))
  try {
    for (const [name, text] of Object.entries(pages)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), text)
    }
    const names = Object.keys(pages).filter((name) => name.endsWith('.md'))
    const results = await checkPages(names, folder)
    return results.flatMap(({ faults }) => faults.map(({ page, line, message }) => `${page}:${line}: ${message}`))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const fenced = (info, ...lines) => [`\`\`\`${info}`, ...lines, '```', ''].join('\n')
const only = '<!-- one language: a test -->\n'
const KIT = {
  ts: [
    "import { createKit, generateSecret } from '@kit/jwt'",
    "const kit = createKit({ issuer: 'https://a.example', audience: 'api', secret: generateSecret() })",
  ],
  python: [
    'from kit_jwt import Kit, generate_secret',
    'kit = Kit(issuer="https://a.example", audience="api", secret=generate_secret())',
  ],
}

test('a page that is right has no faults', async () => {
  const page = [
    '# Title',
    fenced('ts', ...KIT.ts, "const token = await kit.sign({ sub: 'u1' })"),
    fenced(
      'ts continue',
      'console.log((await kit.verify(token)).sub)  // → u1',
      "await kit.verify('x')  // throws token_malformed",
    ),
    fenced('python', ...KIT.python, 'claims = kit.verify(kit.sign({"sub": "u1"}))', 'claims["sub"]  # → \'u1\''),
    fenced(
      'python continue',
      'kit.verify("x")  # raises token_malformed',
      'Kit(issuer="")  # raises config_invalid issuer',
    ),
    fenced('json notes.json', '{ "a": 1 }'),
    fenced('sh', 'cat notes.json', 'kit-jwt nothing # exits 2'),
    fenced('text', '{ "a": 1 }', 'kit-jwt: there is …'),
    fenced('sh continue', 'test -e notes.json'),
    fenced('mermaid', 'flowchart LR', '  a --> b'),
    fenced('dotenv', 'JWT_ISS=https://a.example'),
    fenced('console', '$ make test', '$ npm run demo', '$ npm i @kit/jwt'),
    '[here](#title), [there](docs/other.md#a-b-c), <https://a.example/x>, `[no](link)`',
  ].join('\n')
  assert.deepEqual(await faultsOf({ 'page.md': page, 'docs/other.md': '# `a`, b: C?\n' }), [])
})

const PLANTED = {
  'a wrong value in TypeScript': [fenced('ts', '', '1 + 1  // → 3'), /^p\.md:3: claims 3, and it is 2$/],
  'a wrong value in Python': [fenced('python', '1 + 1  # → 3'), /^p\.md:2: claims 3, and it is 2$/],
  'a wrong line that is printed': [fenced('python', 'print("a")  # → b'), /^p\.md:2: claims b, and it is a$/],
  'a value that is not claimed': [fenced('ts', 'console.log(1)'), /prints what no comment claims: 1$/],
  'another error in TypeScript': [
    fenced('ts', ...KIT.ts, "await kit.verify('x')  // throws token_expired"),
    /^p\.md:4: .*claims token_expired, and threw token_malformed$/,
  ],
  'another error in Python': [
    fenced('python', ...KIT.python, 'kit.verify("x")  # raises token_expired'),
    /^p\.md:4: .*claims token_expired, and raised token_malformed$/,
  ],
  'another claim': [
    fenced('python', 'from kit_jwt import Kit', 'Kit(issuer="")  # raises config_invalid audience'),
    /claims config_invalid audience, and raised config_invalid issuer/,
  ],
  'no error where one is claimed': [fenced('ts', 'await 1  // throws token_expired'), /and nothing was thrown$/],
  'a promise that nobody awaits': [fenced('ts', ...KIT.ts, "kit.verify('x')  // throws token_malformed"), /p\.md:/],
  'an error that is not claimed': [fenced('python', '', 'import nowhere'), /^p\.md:3: exit status 1: /],
  'a program that does not parse': [fenced('ts', '', 'const = 1'), /^p\.md:3: exit status 1: /],
  'a wrong type': [fenced('ts', 'const one: string = 1', 'void one'), /^p\.md:2: TS2322/],
  'an argument that does not exist': [
    fenced('ts', ...KIT.ts, 'await kit.sign({}, { audience: "x" })  // throws MisuseError'),
    /^p\.md:4: TS2353/,
  ],
  'a warning': [fenced('python', 'import warnings', 'warnings.warn("x")'), /UserWarning/],
  'a command that fails': [fenced('sh', 'kit-jwt nothing'), /^p\.md:2: exit status 2: /],
  'a command that does not fail': [fenced('sh', 'true # exits 1'), /exit status 0, not 1/],
  'another output': [fenced('sh', 'echo a') + fenced('text', 'b'), /^p\.md:5: it prints\na$/],
  'JSON that is none': [fenced('json', '{ a: 1 }'), /^p\.md:2: not JSON/],
  'a diagram that is none': [fenced('mermaid', 'picture'), /mermaid draws no 'picture'/],
  'a language that nobody knows': [fenced('yaml', 'a: 1'), /a block of 'yaml'/],
  'no language': [fenced('', 'a'), /a block of 'no language'/],
  'a command that is only shown': [fenced('console', '$ kit-jwt secret'), /write it as `sh`/],
  'a target that does not exist': [fenced('console', '$ make coffee'), /there is no target 'coffee'/],
  'a script that does not exist': [fenced('console', '$ npm run coffee'), /there is no script 'coffee'/],
  'a word that nobody knows': [fenced('ts skip', '1'), /what is `skip`\?/],
  'nothing to continue': [fenced('ts continue', '1'), /nothing to continue/],
  'a file that nobody uses': [fenced('json a.json', '{}') + fenced('sh', 'true'), /no command uses a\.json/],
  'a fence that is not closed': ['```text\n1\n', /a block of 'unclosed'/],
  'a file that does not exist': ['[a](nowhere.md)\n', /^p\.md:1: nowhere\.md: there is no such file$/],
  'a heading that does not exist': ['# A\n\n[a](#b)\n', /^p\.md:3: #b: there is no such heading$/],
  'an address without a lock': ['[a](http://a.example)\n', /is not https/],
  'a link out of the repository': ['[a](../a.md)\n', /leads out of the repository/],
}

// Checked together, so that the compiler runs once; but it judges no types where a page does not parse.
const named = Object.entries(PLANTED).map(([what, [text, expected]], index) => {
  const name = `p${index}.md`
  return { what, name, text: /```(?:ts|python)/.test(text) ? text + only : text, expected }
})
const parses = ({ what }) => !what.includes('does not parse')
const planted = (group) => faultsOf(Object.fromEntries(group.map(({ name, text }) => [name, text])))
const found = [...(await planted(named.filter(parses))), ...(await planted(named.filter((one) => !parses(one))))]

for (const { what, name, expected } of named)
  test(`noticed: ${what}`, () => {
    const faults = found.filter((fault) => fault.startsWith(`${name}:`)).map((fault) => fault.replace(name, 'p.md'))
    assert.equal(
      faults.some((fault) => expected.test(fault)),
      true,
      faults.join('\n') || 'nothing',
    )
  })

test('noticed: one language alone, and a marker that is not needed', async () => {
  const alone = await faultsOf({ 'p.md': `# A\n${fenced('ts', '1  // → 1')}` })
  assert.deepEqual(alone, ["p.md:1: 'A' shows one language alone"])
  const idle = await faultsOf({ 'p.md': `# A\n${only}` })
  assert.deepEqual(idle, ["p.md:1: 'A' shows both languages, or none: its marker is idle"])
})

test('noticed: a page that nobody finds', () => {
  const pages = { 'docs/README.md': '[a](a.md)', 'docs/a.md': '[b](sub/b.md)', 'docs/sub/b.md': '', 'docs/c.md': '' }
  const read = Object.entries(pages).map(([name, text]) => readPage(name, text))
  assert.deepEqual(
    checkReachable(read, 'docs/README.md').map(({ page }) => page),
    ['docs/c.md'],
  )
})

test('an ellipsis stands for text on a line, and alone for lines', () => {
  assert.equal(matches('a … c', 'a b c'), true)
  assert.equal(matches('a … c', 'a b\nc'), false)
  assert.equal(matches('a\n…\nd', 'a\nb\nc\nd'), true)
  assert.equal(matches('a.c', 'abc'), false)
})

test('the pages of this repository are read', () => {
  const page = readPage('README.md', readFileSync(join(root, 'README.md'), 'utf8'))
  assert.notEqual(page.blocks.length, 0)
  assert.notEqual(page.links.length, 0)
})
