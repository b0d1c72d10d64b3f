// The built wheel as its users get it: a virtual environment in which nothing is but the wheel and what it depends on.
import assert from 'node:assert/strict'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { run } from '../install.mjs'
import { environmentOf, findPythons } from '../pythons.mjs'
import { wheel } from './installed.mjs'

const [oldest] = findPythons()
const { interpreter, reason } = environmentOf(oldest, wheel)
const ROUNDS = 15
const LIMIT = 0.6

/** What a program prints, without the folder that it is started in on its path. */
function printed(program) {
  const { ok, stdout, said } = run(interpreter, ['-I', '-c', program])
  assert.equal(ok, true, said)
  return stdout.trim()
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]

describe(`the wheel on CPython ${oldest.version}`, { skip: reason && `no environment can be made: ${reason}` }, () => {
  test('is there without extras, and brings two dependencies', () => {
    const program = `
from importlib.metadata import distributions
print(sorted({d.metadata["Name"].lower().replace("-", "_") for d in distributions()} - {"pip", "setuptools"}))`
    assert.equal(printed(program), "['cffi', 'cryptography', 'kit_jwt', 'pycparser', 'pyjwt']")
  })

  test('signs and verifies with both profiles', () => {
    const program = `
from kit_jwt import Kit, generate_key_pair, generate_secret
for material in ({"secret": generate_secret()}, {"private_key": generate_key_pair().private_jwk}):
    kit = Kit(issuer="https://issuer.example", audience="api", **material)
    print(kit.verify(kit.sign({"sub": "u1"}))["sub"])`
    assert.equal(printed(program), 'u1\nu1')
  })

  test('loads neither PyJWT nor a module of the network to do so', () => {
    const program = `
import sys
from kit_jwt import Kit, generate_key_pair, generate_secret
for material in ({"secret": generate_secret()}, {"private_key": generate_key_pair().private_jwk}):
    kit = Kit(issuer="https://issuer.example", audience="api", **material)
    kit.verify(kit.sign({"sub": "u1"}))
print([name for name in ("jwt", "socket", "ssl", "http.client", "urllib.request") if name in sys.modules])`
    assert.equal(printed(program), '[]')
  })

  test('has its types and its command', () => {
    const program = 'import kit_jwt, pathlib; print((pathlib.Path(kit_jwt.__file__).parent / "py.typed").is_file())'
    assert.equal(printed(program), 'True')
    const command = join(dirname(interpreter), process.platform === 'win32' ? 'kit-jwt.exe' : 'kit-jwt')
    const { ok, said } = run(command, ['--version'])
    assert.equal(ok, true, said)
  })

  test(`takes at most ${LIMIT} of the time that importing PyJWT takes`, (t) => {
    const timed = (what) =>
      Number(printed(`import time; began = time.perf_counter(); ${what}; print(time.perf_counter() - began)`))
    const times = { 'import kit_jwt': [], 'import jwt': [], 'from kit_jwt import Kit': [] }
    // In turns, so that a busy moment of the machine is in all of them.
    for (let round = 0; round < ROUNDS; round += 1) for (const what of Object.keys(times)) times[what].push(timed(what))
    const [ours, theirs, whole] = Object.values(times).map(median)
    t.diagnostic(`ratio ${(ours / theirs).toFixed(2)}; with the kit loaded too ${(whole / theirs).toFixed(2)}`)
    assert.ok(ours / theirs <= LIMIT, `${ours} against ${theirs}`)
  })
})
