// The code's table of environment variables is the one that the documentation is made of.
import { expect, test } from 'vitest'
import { variables } from '../../../conformance/variables.json'
import { OPTIONS } from '../src/config/options'
import { TABLE } from '../src/config/variables'
import { configFromEnvironment, createKit } from '../src/index'
import { ISSUER, JWK, refusal, SECRET } from './material'

const BASE = { JWT_ISS: ISSUER, JWT_SECRET: SECRET }
const described = async (env: object) =>
  (await createKit(configFromEnvironment({ ...BASE, ...env })).describe()) as unknown as Record<string, unknown>

test('the table is variables.json, in its order', () => {
  expect(
    TABLE.map(([suffix, option, kind, twin]) => [`JWT_${suffix}`, option, kind, twin && `JWT_${suffix}${twin}`]),
  ).toEqual(variables.map(({ name, option, kind, twin }) => [name, option, kind, twin]))
  expect(OPTIONS).toEqual(expect.arrayContaining(variables.map(({ option }) => option)))
})

test('exactly one variable names a file', async () => {
  for (const { name, option, kind, path } of variables.filter((variable) => variable.twin)) {
    if (kind === 'list') continue
    const config = (): object =>
      configFromEnvironment({ JWT_ISS: ISSUER, [`${name}_PATH`]: 'x' }, { readFile: () => JSON.stringify(JWK) })
    if (path === undefined) expect(await refusal(config)).toEqual({ code: 'config_missing', variable: 'JWT_SECRET' })
    else expect(config()).toHaveProperty(option)
  }
})

test('only the issuer is required', async () => {
  for (const { name, required } of variables)
    expect(
      await refusal(() => configFromEnvironment({ ...BASE, [name]: name === 'JWT_SECRET' ? SECRET : undefined })),
    ).toEqual(required ? { code: 'config_missing', variable: name } : { refused: false })
})

const NUMBERS = variables.filter(({ kind }) => kind === 'number') as unknown as {
  name: string
  option: string
  default: number
  least: number
  most: number
}[]

test.each(NUMBERS)(
  '$name has the default and the range that are told',
  async ({ name, option, default: fallback, least, most }) => {
    expect((await described({}))[option]).toBe(fallback)
    // No other number may stand in the way.
    const roomy = { JWT_MAX_LIFETIME_SECONDS: '999999999', JWT_TTL_SECONDS: '1' }
    for (const right of [least, most])
      expect((await described({ ...roomy, [name]: String(right) }))[option]).toBe(right)
    for (const wrong of [least - 1, most + 1])
      expect(await refusal(() => configFromEnvironment({ ...BASE, ...roomy, [name]: String(wrong) }))).toEqual({
        code: 'config_invalid',
        variable: name,
      })
  },
)

test('a list takes as many items as are told', async () => {
  const secrets = [1, 2, 3, 4].map((byte) => Buffer.alloc(64, byte).toString('base64url'))
  const most = variables.find(({ name }) => name === 'JWT_SECRET_ACCEPT')?.most as number
  const { secrets: held } = await described({ JWT_SECRET_ACCEPT: secrets.slice(0, most).join() })
  expect(held).toHaveLength(most + 1)
  expect(
    await refusal(() => configFromEnvironment({ ...BASE, JWT_SECRET_ACCEPT: secrets.slice(0, most + 1).join() })),
  ).toEqual({
    code: 'config_invalid',
    variable: 'JWT_SECRET_ACCEPT',
  })
})

test.each(variables.filter(({ words }) => words))(
  '$name takes the words that are told, and no others',
  async ({ name, words = [] }) => {
    const env = {
      JWT_ISS: ISSUER,
      JWT_SECRET: SECRET,
      JWT_PRIVATE_JWK: JSON.stringify(JWK),
      JWT_PROFILE: 'HS512',
      JWT_ACCEPT: 'HS512',
    }
    const faultOf = async (word: string) => refusal(() => configFromEnvironment({ ...env, [name]: word }))
    for (const word of words) expect(await faultOf(word)).not.toMatchObject({ code: 'config_invalid' })
    for (const word of ['none', 'HS256', 'hs512', 'RS512', 'EDDSA'])
      expect(await faultOf(word)).toEqual({ code: 'config_invalid', variable: name })
  },
)
