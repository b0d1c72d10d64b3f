// Keys of a kit where they are imported by WebCrypto, as everywhere but on Node.js.
import { describe, expect, test, vi } from 'vitest'
import { createKit } from '../src/index'
import { ED_CONFIG, HS_CONFIG, refusal } from './material'

vi.mock('#crypto', () => import('../src/crypto/backend/web'))

describe('keys of a kit', () => {
  test('are imported once, and when first needed', async () => {
    const importKey = vi.spyOn(crypto.subtle, 'importKey')
    const kit = createKit(ED_CONFIG)
    expect(importKey).not.toHaveBeenCalled()
    const token = await kit.sign({})
    await Promise.all([kit.verify(token), kit.verify(token), kit.ready(), kit.describe()])
    expect(importKey).toHaveBeenCalledTimes(2)
    const secret = createKit(HS_CONFIG)
    await secret.verify(await secret.sign({}))
    expect(importKey).toHaveBeenCalledTimes(3)
    importKey.mockRestore()
  })

  test('that the runtime cannot import are told so', async () => {
    const digest = vi.spyOn(crypto.subtle, 'digest').mockRejectedValue(new Error('no'))
    expect(await refusal(createKit(ED_CONFIG).ready())).toEqual({ code: 'runtime_unsupported', variable: 'privateKey' })
    digest.mockRestore()
  })
})
