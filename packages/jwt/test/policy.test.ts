import { describe, expect, test } from 'vitest'
import { mapScopesToPermissions, parsePolicy, policy, unsafeTrustClaims } from '../src/index'
import { MISUSE, refusal } from './material'

describe('the builder', () => {
  test('says what the methods say', () => {
    const built = policy()
      .needAll('a', 'b')
      .needAny('c')
      .rolesAll('d')
      .rolesAny('e')
      .scopesAll('f')
      .scopesAny('g')
      .subject({ ref: 'owner' })
      .actor({ sub: 'x', iss: 'y' })
      .noActor()
      .claim('__proto__', { z: [1] })
      .anyOf(policy().needAll('h'), { noActor: true }, parsePolicy({ allOf: [] }))
      .not({ rolesAny: ['i'] })
    expect(JSON.parse(JSON.stringify(built))).toEqual({
      permissionsAll: ['a', 'b'],
      permissionsAny: ['c'],
      rolesAll: ['d'],
      rolesAny: ['e'],
      scopesAll: ['f'],
      scopesAny: ['g'],
      subject: { ref: 'owner' },
      actor: { sub: 'x', iss: 'y' },
      noActor: true,
      claims: JSON.parse('{"__proto__":{"z":[1]}}'),
      anyOf: [{ permissionsAll: ['h'] }, { noActor: true }, { allOf: [] }],
      not: { rolesAny: ['i'] },
    })
  })

  test('adds a rule where a method is called again, and never widens', () => {
    const twice = policy().needAny('a').needAny('b').subject('u').subject('v')
    expect(twice.toJSON()).toEqual({
      permissionsAny: ['a'],
      subject: 'u',
      allOf: [{ permissionsAny: ['b'] }, { subject: 'v' }],
    })
    expect(policy().authenticated().toJSON()).toEqual({ allOf: [] })
    expect(policy().authenticated().authenticated().needAll('a').toJSON()).toEqual({ allOf: [], permissionsAll: ['a'] })
    expect(policy().allOf({ noActor: true }, policy().needAll('a')).allOf({ subject: 'u' }).toJSON()).toEqual({
      allOf: [{ noActor: true }, { permissionsAll: ['a'] }, { subject: 'u' }],
    })
  })

  test('can be shared: each call gives a new one', () => {
    const base = policy().needAll('a')
    const [one, other] = [base.rolesAny('b'), base.rolesAny('c')]
    expect([base.toJSON(), one.toJSON(), other.toJSON()]).toEqual([
      { permissionsAll: ['a'] },
      { permissionsAll: ['a'], rolesAny: ['b'] },
      { permissionsAll: ['a'], rolesAny: ['c'] },
    ])
    expect(Object.isFrozen(base)).toBe(true)
    const { permissionsAll } = base.toJSON()
    expect([base.toJSON(), permissionsAll].every(Object.isFrozen)).toBe(true)
  })

  test.each<[string, () => unknown]>([
    ['nothing at all', () => policy().build()],
    ['a permission that is no string', () => policy().needAll(1 as never)],
    ['a hole in a list', () => policy().needAll(...(new Array(1) as string[]))],
    ['a reference to nothing', () => policy().subject({} as never)],
    ['an actor without a sub', () => policy().actor({ iss: 'x' } as never)],
    ['a claim that JSON cannot carry', () => policy().claim('x', undefined as never)],
    ['an empty policy inside', () => policy().not({})],
    ['something else inside', () => policy().anyOf(null as never)],
  ])('refuses %s', async (_, build) => {
    expect(await refusal(build)).toEqual(MISUSE)
  })
})

describe('parsePolicy', () => {
  class Rules {
    noActor = true
  }
  test.each([
    new Rules(),
    undefined,
    null,
    [],
    'x',
    new Map(),
    { allOf: [undefined] },
    { claims: { a: undefined } },
    { claims: { a: Number.NaN } },
    JSON.parse('{"__proto__":{}}'),
  ])('refuses %j', async (rules) => {
    expect(await refusal(() => parsePolicy(rules as never))).toEqual(MISUSE)
  })

  test('keeps a private copy', () => {
    const rules = { permissionsAll: ['a'] }
    const parsed = parsePolicy(rules)
    rules.permissionsAll.pop()
    expect(parsed.evaluate(unsafeTrustClaims({})).failed).toEqual(['/permissionsAll'])
    expect(() => (parsed.toJSON().permissionsAll as string[]).pop()).toThrow(TypeError)
  })
})

describe('evaluate', () => {
  const rule = parsePolicy({
    subject: { ref: 'owner' },
    anyOf: [{ not: { subject: { ref: 'boss' } } }, { noActor: true }],
  })

  test('wants verified claims and a context that has every name', async () => {
    const claims = unsafeTrustClaims({ sub: 'u1' })
    const context = { owner: 'u1', boss: 'b' }
    expect(rule.evaluate(claims, context)).toEqual({ allowed: true, failed: [] })
    expect(await refusal(() => rule.evaluate({ sub: 'u1' } as never, context))).toEqual(MISUSE)
    for (const wrong of [
      undefined,
      {},
      { owner: 'u1' },
      { ...context, boss: 1 },
      Object.create(context),
      null,
      'x',
      [],
    ])
      expect(await refusal(() => rule.evaluate(claims, wrong as never))).toEqual(MISUSE)
  })

  test('gives an answer that cannot be changed', () => {
    const answer = parsePolicy({ rolesAny: ['x'] }).evaluate(unsafeTrustClaims({}))
    expect(() => (answer.failed as string[]).pop()).toThrow(TypeError)
    expect(Object.isFrozen(answer)).toBe(true)
  })
})

describe('mapScopesToPermissions', () => {
  const table = { orders: ['orders:read', 'orders:write'], audit: ['orders:read', 'log:read'] }

  test('gives distinct permissions in order, and nothing for unknown scopes', () => {
    expect(mapScopesToPermissions('audit  orders constructor x', table)).toEqual([
      'orders:read',
      'log:read',
      'orders:write',
    ])
    expect(mapScopesToPermissions(['orders', 'toString'], table)).toEqual(['orders:read', 'orders:write'])
    expect(mapScopesToPermissions('', table)).toEqual([])
  })

  test.each([
    [1, table],
    [[1], table],
    [null, table],
    ['x', null],
    ['x', { x: 'y' }],
    ['x', { x: [1] }],
    ['x', { x: ['y'], z: 'y' }],
    ['x', []],
  ])('refuses %j, %j', async (scope, rows) => {
    expect(await refusal(() => mapScopesToPermissions(scope as never, rows as never))).toEqual(MISUSE)
  })
})
