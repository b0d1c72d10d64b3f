// What a program may hand over that JSON text cannot say.
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { readJson } from '../src/encoding/json-value'
import { createKit, unsafeTrustClaims } from '../src/index'
import { HS_CONFIG, MISUSE, refusal } from './material'

const cycle: Record<string, unknown> = {}
cycle['self'] = cycle
const sparse = [1, 2, 3]
delete sparse[1]
class Instance {
  a = 1
}

const UNSUPPORTED: [string, unknown][] = [
  ['undefined', undefined],
  ['a function', () => 1],
  ['a symbol', Symbol('x')],
  ['a bigint', 1n],
  ['NaN', Number.NaN],
  ['an infinity', Number.NEGATIVE_INFINITY],
  ['2^53', 2 ** 53],
  ['a lone surrogate', 'a\ud800'],
  ['a lone surrogate in a name', { 'a\udc00': 1 }],
  ['an instance of a class', new Instance()],
  ['a date', new Date(0)],
  ['a map', new Map()],
  ['a boxed string', new String('x')],
  ['bytes', new Uint8Array(2)],
  ['an array with a hole', sparse],
  ['an array of holes', new Array(3)],
  ['an array with a member', Object.assign([1], { extra: 1 })],
  ['an undefined item', [undefined]],
  ['an undefined member', { a: undefined }],
  ['a member named by a symbol', { [Symbol('x')]: 1 }],
  ['a member that is not enumerable', Object.defineProperty({}, 'a', { value: 1 })],
  ['an object with another prototype', Object.create({ inherited: 1 })],
  ['a cycle', cycle],
  [
    'a getter that throws',
    {
      get a() {
        throw new Error('no')
      },
    },
  ],
  [
    'a proxy that throws',
    new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no')
        },
      },
    ),
  ],
  ['a revoked proxy', revoked()],
]

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable([], {})
  revoke()
  return proxy
}

test.each(UNSUPPORTED)('%s cannot be carried', async (_, value) => {
  expect(readJson(value)).toBeUndefined()
  const unsupported = { code: 'value_unsupported', claim: 'b' }
  const kit = createKit(HS_CONFIG)
  expect(await refusal(kit.sign({ a: 1, b: value, c: undefined }))).toEqual(unsupported)
  expect(await refusal(kit.sign({ b: [{ deep: value }] }))).toEqual(unsupported)
  expect(await refusal(() => unsafeTrustClaims({ b: value }))).toEqual(unsupported)
})

test('of several faults the first in canonical order is told', async () => {
  const claims = { z: undefined, '\ufb33': undefined, '😀': undefined }
  expect(await refusal(createKit(HS_CONFIG).sign(claims))).toMatchObject({ claim: 'z' })
  expect(await refusal(createKit(HS_CONFIG).sign({ ...claims, z: 1 }))).toMatchObject({ claim: '😀' })
})

test('members that have no name to tell are refused without one', async () => {
  expect(await refusal(createKit(HS_CONFIG).sign({ [Symbol('x')]: 1 }))).toEqual({ code: 'value_unsupported' })
})

test('a getter at the top that throws is the fault of its claim', async () => {
  const claims = Object.defineProperty({}, 'tid', {
    enumerable: true,
    get: () => {
      throw new Error('no')
    },
  })
  expect(await refusal(createKit(HS_CONFIG).sign(claims))).toEqual({ code: 'value_unsupported', claim: 'tid' })
})

test.each([null, undefined, 'x', 1, [], new Map(), new Instance(), () => 1])(
  'claims are a plain object, not %s',
  async (claims) => {
    expect(await refusal(createKit(HS_CONFIG).sign(claims as unknown as object))).toEqual(MISUSE)
    expect(await refusal(() => unsafeTrustClaims(claims as unknown as object))).toEqual(MISUSE)
  },
)

test('objects without a prototype and of another realm are plain', async () => {
  expect(readJson(Object.assign(Object.create(null), { a: [1] }))).toEqual({ a: [1] })
  expect(readJson(runInNewContext('({ a: [1, { b: null }] })'))).toEqual({ a: [1, { b: null }] })
})

test('every member is read once', async () => {
  const reads: string[] = []
  const counted = (name: string, value: unknown) => ({
    enumerable: true,
    get: () => {
      reads.push(name)
      return value
    },
  })
  const claims = Object.defineProperties({}, { tid: counted('tid', 't1'), sub: counted('sub', 'u1') })
  const kit = createKit(HS_CONFIG)
  const token = await kit.sign(claims)
  expect(reads).toEqual(['sub', 'tid'])
  expect(await kit.verify(token)).toMatchObject({ sub: 'u1', tid: 't1' })
})

test('a caller that changes its object afterwards changes nothing', async () => {
  const permissions = ['read']
  const claims = { sub: 'u1', permissions }
  const kit = createKit(HS_CONFIG)
  const minting = kit.sign(claims) // reads at once
  permissions.push('admin')
  claims.sub = 'root'
  const trusted = unsafeTrustClaims(claims)
  permissions.push('more')
  expect(trusted.permissions).toEqual(['read', 'admin'])
  expect(await kit.verify(await minting)).toMatchObject({ sub: 'u1', permissions: ['read'] })
})

test("callers' objects are left alone", async () => {
  const claims = { sub: 'u1', permissions: ['read'], nested: { a: [1] } }
  const options = { aud: ['x', 'y'], ttl: 5 }
  const before = structuredClone({ claims, options })
  await createKit(HS_CONFIG).sign(claims, options)
  unsafeTrustClaims(claims)
  expect({ claims, options }).toEqual(before)
  for (const value of [claims, claims.permissions, claims.nested, options, options.aud])
    expect(Object.isFrozen(value)).toBe(false)
})

test('members that only look inherited are members', async () => {
  const kit = createKit(HS_CONFIG)
  const claims = JSON.parse('{"__proto__":{"admin":true},"constructor":1,"toString":"x"}') as object
  const verified = await kit.verify(await kit.sign(claims))
  expect(Object.hasOwn(verified, '__proto__')).toBe(true)
  expect((verified as Record<string, unknown>)['admin']).toBeUndefined()
  expect(verified['constructor']).toBe(1)
})
