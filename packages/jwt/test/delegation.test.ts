import { expect, test } from 'vitest'
import { createKit, type DelegationOptions, unsafeTrustClaims } from '../src/index'
import { CLAIMS, HS_CONFIG, hs512, MISUSE, NOW, refusal } from './material'

const kit = createKit(HS_CONFIG)
const original = unsafeTrustClaims({ ...CLAIMS, sub: 'u1', permissions: ['a', 'b'], scope: 'x y' })
const AUD = { aud: 'next' }

test.each<[string, unknown, unknown, unknown]>([
  ['plain claims', { ...CLAIMS, sub: 'u1' }, 'gateway', AUD],
  ['a copy of verified claims', { ...original }, 'gateway', AUD],
  ['no actor', original, '', AUD],
  ['an actor that is no string', original, { sub: 'gateway' }, AUD],
  ['no options', original, 'gateway', undefined],
  ['no aud', original, 'gateway', {}],
  ['an empty aud', original, 'gateway', { aud: [] }],
  ['an unknown option', original, 'gateway', { ...AUD, roles_: [] }],
  ['undefined permissions', original, 'gateway', { ...AUD, permissions: undefined }],
  ['permissions that are no list', original, 'gateway', { ...AUD, permissions: 'a' }],
  ['a role that is no string', original, 'gateway', { ...AUD, roles: [1] }],
  ['a hole in a list', original, 'gateway', { ...AUD, permissions: new Array(1) }],
  ['undefined scope', original, 'gateway', { ...AUD, scope: undefined }],
  ['a list as scope', original, 'gateway', { ...AUD, scope: ['x'] }],
  ['undefined copy', original, 'gateway', { ...AUD, copy: undefined }],
  ['copy of a claim that is never copied', original, 'gateway', { ...AUD, copy: ['cnf'] }],
])('%s is misuse', async (_, claims, actor, options) => {
  expect(
    await refusal(kit.createDelegatedToken(claims as never, actor as string, options as DelegationOptions)),
  ).toEqual(MISUSE)
})

test.each([undefined, null, 0, '60', 86_401])('a ttl of %s is refused', async (ttl) => {
  expect(await refusal(kit.createDelegatedToken(original, 'gateway', { ...AUD, ttl } as DelegationOptions))).toEqual({
    code: 'config_invalid',
    variable: 'ttl',
  })
})

test('what was verified can be passed on, narrowed and named', async () => {
  const claims = await kit.verify(
    hs512({ ...CLAIMS, sub: 'u1', permissions: ['a', 'b'], cnf: { jkt: 'x' }, tid: 't', own: [1] }),
  )
  const options = { ...AUD, permissions: ['b'], copy: ['own', 'missing'], ttl: 5 }
  const token = await kit.createDelegatedToken(claims, 'gateway', options)
  expect(kit.decodeUnverified(token).claims).toMatchObject({
    sub: 'u1',
    aud: 'next',
    permissions: ['b'],
    tid: 't',
    own: [1],
    act: { sub: 'gateway' },
    exp: NOW + 5,
  })
  expect('cnf' in kit.decodeUnverified(token).claims).toBe(false)
  expect(Object.isFrozen(options.permissions)).toBe(false)
})

test('options are read once, at once', async () => {
  const permissions = ['a']
  const minting = kit.createDelegatedToken(original, 'gateway', { ...AUD, permissions })
  permissions.push('admin')
  expect(kit.decodeUnverified(await minting).claims['permissions']).toEqual(['a'])
})

test('a copied claim may be named __proto__', async () => {
  const odd = unsafeTrustClaims(JSON.parse(`{"sub":"u1","exp":${NOW + 5},"__proto__":{"a":1}}`) as object)
  const token = await kit.createDelegatedToken(odd, 'gateway', { ...AUD, copy: ['__proto__', 'constructor'] })
  const { claims } = kit.decodeUnverified(token)
  expect(Object.hasOwn(claims, '__proto__')).toBe(true)
  expect(Object.hasOwn(claims, 'constructor')).toBe(false)
})
