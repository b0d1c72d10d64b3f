// A benchmark that nobody has checked proves what one likes: its gate notices, its ratios are those of the rounds.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as floor from '../candidates/floor.mjs'
import * as floorPool from '../candidates/floor-pool.mjs'
import * as strictFloor from '../candidates/strict-floor.mjs'
import * as strictFloorPool from '../candidates/strict-floor-pool.mjs'
import { faultOfSigner, faultOfVerifier } from '../core/gate.mjs'
import { makeMaterial } from '../core/material.mjs'
import { openOperation, operationNames } from '../core/operations.mjs'
import { plotOf } from '../core/plot.mjs'
import { speedsOf, tableOf } from '../core/report.mjs'
import { planOf, race, ratioOf, speedOf, stopwatch } from '../core/rounds.mjs'
import { median, withoutPace } from '../core/statistics.mjs'
import { summaryOf } from '../core/summary.mjs'
import { judge, TARGETS } from '../core/targets.mjs'

const material = makeMaterial(Math.floor(Date.now() / 1000))
const PROFILES = ['hs512', 'eddsa']
const claimsOf = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'))

for (const profile of PROFILES) {
  const verify = strictFloor.verify(material, profile)

  test(`${profile}: the strict floor refuses every wrong and odd token, and takes the unusual ones`, async () => {
    assert.equal(await faultOfVerifier(verify, material, profile, true), undefined)
  })

  test(`${profile}: the floor checks enough to take part, and is not strict`, async () => {
    const bare = floor.verify(material, profile)
    assert.equal(await faultOfVerifier(bare, material, profile, false), undefined)
    assert.match(await faultOfVerifier(bare, material, profile, true), /^accepts /)
  })

  test(`${profile}: a verifier that leaves a check out is named with it`, async () => {
    const { wrong } = material
    for (const what of ['another issuer', 'another audience', 'an expired token']) {
      const lax = (token) => (token === wrong[profile][what] ? claimsOf(token) : verify(token))
      assert.equal(await faultOfVerifier(lax, material, profile, false), `accepts ${what}`)
    }
    assert.equal(await faultOfVerifier(claimsOf, material, profile, false), 'accepts another issuer')
    const refuse = () => assert.fail()
    assert.equal(await faultOfVerifier(refuse, material, profile, false), 'refuses a good token')
  })

  test(`${profile}: a verifier that forgets its checks the second time is noticed`, async () => {
    const seen = new Set()
    const forgetful = (token) => {
      if (seen.has(token)) return claimsOf(token)
      seen.add(token)
      return verify(token)
    }
    assert.equal(await faultOfVerifier(forgetful, material, profile, false), 'accepts another issuer')
  })

  test(`${profile}: what the floors mint is good, and the strict one gives each token a jti`, async () => {
    const [bare, strict] = [floor.sign(material, profile), strictFloor.sign(material, profile)]
    assert.equal(await faultOfSigner(strict, verify, material, profile, false), undefined)
    assert.equal(await faultOfSigner(bare, verify, material, profile, true), undefined)
    assert.equal(await faultOfSigner(bare, verify, material, profile, false), 'mints no jti of its own')
    const renamed = (claims) => strict({ ...claims, sub: 'somebody' })
    assert.equal(await faultOfSigner(renamed, verify, material, profile, false), 'mints another sub')
  })
}

test('the strict floor refuses to mint what verifying would not read', () => {
  const sign = strictFloor.sign(material, 'hs512')
  for (const wrong of [
    { n: 2 ** 53 },
    { n: Number.NaN },
    { name: '\ud800' },
    { f: undefined },
    { exp: 1 },
    { roles: 1 },
  ])
    assert.throws(() => sign({ sub: 'u1', ...wrong }), JSON.stringify(wrong))
  assert.throws(() => sign({ deep: JSON.parse('['.repeat(17) + ']'.repeat(17)) }))
  assert.match(sign({ name: 'a "quoted" \\u0041' }), /^[\w-]+\.[\w-]+\.[\w-]{86}$/)
})

test('tokens have the sizes that they are named for', () => {
  const lengths = Object.fromEntries(
    Object.entries(material.tokens.hs512).map(([size, [token]]) => [size, token.length]),
  )
  for (const [size, wanted] of Object.entries({ 0.5: 490, 2: 2048, 8: 8192 }))
    assert.ok(Math.abs(lengths[size] - wanted) < 12, `${size}: ${lengths[size]}`)
})

test('every operation of a candidate opens, and a floor has no key sets', async () => {
  const names = operationNames([floor, strictFloor], material)
  assert.ok(
    names.includes('hs512.sign') && names.includes('eddsa.verify.repeated') && names.includes('hs512.checkAuth'),
  )
  for (const name of names) {
    const { refused } = await openOperation(name, [floor, strictFloor], material, strictFloor)
    assert.deepEqual(refused, [], name)
  }
  const { ready } = await openOperation('eddsa.verify.jwks-10', [floor, strictFloor], material, strictFloor)
  assert.deepEqual(
    ready.map(({ name }) => name),
    ['strict-floor'],
  )
})

test('whoever cannot be had, or fails the gate, is refused with the reason', async () => {
  const absent = { ...strictFloor, name: 'absent', missing: 'packaged for another system' }
  const lax = { ...floor, name: 'strict-floor' }
  const { ready, refused } = await openOperation('hs512.verify', [absent, lax, floor], material, strictFloor)
  assert.deepEqual(
    ready.map(({ name }) => name),
    ['floor'],
  )
  assert.equal(refused[0].reason, 'packaged for another system')
  assert.match(refused[1].reason, /^accepts /)
})

/** Work of a known proportion, on a clock that counts it: no time is waited for. */
function counted() {
  let clock = 0
  const job = (name, seconds) => ({
    name,
    time: stopwatch(
      () => {
        clock += seconds
      },
      'sequential',
      undefined,
      () => clock,
    ),
  })
  return job
}

test('a race finds the ratio of two candidates', async () => {
  const job = counted()
  const plan = { rounds: 7, slice: 0.02, warmup: 0.05 }
  const seconds = await race([job('slow', 0.003), job('fast', 0.001)], 'sequential', plan)
  assert.equal(seconds.slow.length, 7)
  assert.equal(ratioOf(seconds.fast, seconds.slow).median.toFixed(6), '3.000000')
  assert.equal(speedOf(seconds.fast).median.toFixed(3), '1000.000')
})

test('a call that was held up does not make the slices of a candidate short', async () => {
  let calls = 0
  const held = (seconds) => (++calls === 1 ? 5 : seconds)
  const runs = []
  const time = async (times) => {
    runs.push(times)
    let seconds = 0
    for (let i = 0; i < times; i++) seconds += held(0.001)
    return seconds
  }
  await race([{ name: 'one', time }], 'sequential', { rounds: 3, slice: 0.02, warmup: 0.05 })
  assert.deepEqual(runs.slice(-6), [4, 20, 4, 20, 4, 20])
})

test('the first calls of each slice, with the caches of another candidate, are not timed', async () => {
  let previous
  const job = (name) => {
    const time = async (times) => {
      const isCold = previous !== name
      previous = name
      return times * (isCold ? 0.003 : 0.001)
    }
    return { name, time }
  }
  const seconds = await race([job('one'), job('two')], 'sequential', { rounds: 5, slice: 0.2, warmup: 0.2 })
  for (const name of ['one', 'two'])
    assert.deepEqual(
      seconds[name].map((each) => each.toFixed(6)),
      Array(5).fill('0.001000'),
    )
})

test('what slows a round down slows nobody down', () => {
  const pace = [1, 1, 3, 3, 1, 3, 1]
  // A hiccup of one candidate is its own.
  const seconds = {
    one: pace.map((p) => p),
    two: pace.map((p) => 2 * p),
    four: pace.map((p, i) => (i === 1 ? 9 : 4) * p),
  }
  const { one, two, four } = withoutPace(seconds)
  assert.deepEqual(
    one,
    pace.map(() => 1),
  )
  assert.deepEqual(
    two,
    pace.map(() => 2),
  )
  assert.deepEqual(
    four,
    pace.map((_, i) => (i === 1 ? 9 : 4)),
  )
})

test('the first mode of an operation warms for both', () => {
  const plan = { rounds: { one: 72, two: 16 }, cold: { one: 0.4, two: 0.1 }, slice: 0.005, warmup: 0.05 }
  assert.deepEqual(planOf(plan, 'one', 'sequential'), { rounds: 72, slice: 0.005, warmup: 0.4 })
  assert.deepEqual(planOf(plan, 'two', 'sequential'), { rounds: 16, slice: 0.005, warmup: 0.1 })
  assert.deepEqual(planOf(plan, 'one', 'concurrent'), { rounds: 72, slice: 0.005, warmup: 0.05 })
})

test('64 at once are 64 at once, whether the candidate waits or not', async () => {
  for (const later of [true, false]) {
    let calls = 0
    const call = () => {
      calls += 1
      return later ? Promise.resolve() : undefined
    }
    await stopwatch(call, 'concurrent')(128)
    // One more tells how it answers.
    assert.equal(calls, 129)
  }
})

test('a pool that answers later is awaited', async () => {
  const verify = floorPool.verify(material, 'eddsa')
  assert.equal((await verify(material.tokens.eddsa['0.5'][0])).sub, 'user-4711')
  assert.equal(floorPool.verify(material, 'hs512'), undefined)
})

test('the strict floor on the pool is as strict as the other', async () => {
  const verify = strictFloorPool.verify(material, 'eddsa')
  assert.equal(await faultOfVerifier(verify, material, 'eddsa', true), undefined)
  assert.equal(strictFloorPool.verify(material, 'hs512'), undefined)
})

test('the median of an even number lies between the two in the middle', () => {
  assert.equal(median([4, 1, 3, 2]), 2.5)
  assert.equal(median([3, 1, 2]), 2)
})

const byMode = {
  sequential: { kit: [0.001, 0.001, 0.001], jose: [0.002, 0.002, 0.002], floor: [0.0005, 0.0005, 0.0005] },
  concurrent: { kit: [0.001, 0.001, 0.001], jose: [0.004, 0.004, 0.004], floor: [0.001, 0.001, 0.001] },
}

test('latest.json has operations a second, by candidate and mode', () => {
  assert.deepEqual(speedsOf(byMode).kit, { sequential: 1000, concurrent: 1000 })
  assert.deepEqual(speedsOf({ sequential: { kit: [0.01] } }).kit, { sequential: 100, concurrent: 100 })
})

test('a table has the ratios to the floor and to the best of the others', () => {
  const [, heading, sides, , floorRow, kit] = tableOf('node', 'hs512.sign', byMode).split('\n')
  assert.equal(heading, 'node  hs512.sign')
  assert.match(sides, /one after the other \(best: jose\)/)
  assert.match(floorRow, /^floor/)
  assert.deepEqual(kit.split(/\s+/), ['kit', '1.00', '1.00–1.00', '0.50', '2.00', '1.00', '1.00–1.00', '1.00', '4.00'])
})

test('a target that is not measured is not met', () => {
  const judged = judge({})
  assert.equal(judged.length, TARGETS.length)
  assert.deepEqual(new Set(judged.map(({ isMet }) => isMet)), new Set([false]))
})

test('targets compare what they name, in the direction that they name', () => {
  const one = (sequential, concurrent = sequential) => ({ sequential, concurrent })
  const speeds = {
    node: {
      'eddsa.verify': { kit: one(95, 130), floor: one(100), 'floor-pool': one(50, 136), 'fast-jwt': one(100, 100) },
      'hs512.checkAuth': { kit: one(100), 'kit-verify': one(114) },
      'eddsa.verify.repeated': { kit: one(290), 'fast-jwt': one(100), 'strict-floor': one(5) },
      import: { kit: one(40), jose: one(50) },
    },
    workerd: {
      'eddsa.verify': { kit: one(120, 120), jose: one(100), 'strict-floor': one(129, 131) },
    },
    deno: {
      'eddsa.verify': { kit: one(90), jose: one(100), 'strict-floor': one(20), 'strict-floor-pool': one(128, 131) },
      'eddsa.sign': { kit: one(90), jose: one(100) },
    },
  }
  const found = new Map(judge(speeds).map((row) => [`${row.what}: ${row.ratio}`, row]))
  const verdict = (key) => {
    const { value, isMet } = found.get(key)
    return [value.toFixed(2), isMet]
  }
  assert.deepEqual(verdict('node eddsa.verify, sequential: kit ÷ floor'), ['0.95', true])
  assert.deepEqual(verdict('node eddsa.verify, 64 at once: kit ÷ fast-jwt'), ['1.30', true])
  assert.deepEqual(verdict('node eddsa.verify, 64 at once: kit ÷ floor or floor-pool'), ['0.96', true])
  assert.deepEqual(verdict('node hs512.checkAuth, sequential: time of kit ÷ kit-verify'), ['1.14', true])
  assert.deepEqual(verdict('node import, sequential: time of kit ÷ jose'), ['1.25', false])
  const floor = (key) => found.get(key).floor
  assert.equal(floor('workerd eddsa.verify, sequential: kit ÷ jose'), 1.29)
  assert.equal(floor('workerd eddsa.verify, 64 at once: kit ÷ jose'), undefined)
  assert.equal(floor('node import, sequential: time of kit ÷ jose'), undefined)
  // The strict floor has no cache.
  assert.equal(verdict('node eddsa.verify.repeated, sequential: kit ÷ fast-jwt')[1], false)
  assert.equal(floor('node eddsa.verify.repeated, sequential: kit ÷ fast-jwt'), undefined)
  // The better of two, and nothing where there is none.
  assert.equal(floor('deno eddsa.verify, sequential: kit ÷ jose'), 1.28)
  assert.equal(floor('deno eddsa.verify, 64 at once: kit ÷ jose'), undefined)
  assert.equal(floor('deno eddsa.sign, sequential: kit ÷ jose'), undefined)
})

test('the plot and the summary show what was measured', () => {
  const speeds = { node: { 'hs512.sign': speedsOf(byMode) } }
  const plot = plotOf(speeds)
  assert.equal(plot.match(/<rect x=/g).length, 3)
  assert.match(plot, /fill="#0969da"/)
  const machine = { cpu: 'A', cores: 2, memory: '4 GiB', system: 'Linux', load: { before: 9, after: 9 } }
  const text = summaryOf(speeds, { date: '2026-11-21T00:00:00Z', machine, versions: { node: '20' }, seconds: 5 })
  assert.match(text, /^2026-11-21, A, 2 cores/)
  assert.match(text, /busy with other things/)
  assert.match(text, /\| kit \| 1\.00 \/ 1\.00 \|/)
})
