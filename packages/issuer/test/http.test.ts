import { createPublicKey, verify } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { AuditRecord } from '../src'
import { byFetch, byHandle, checkAnswer, type Expected, files, ID, issuerOf, messageOf } from './http-vectors'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
/** RFC 8037 appendix A: the active key of the document. */
const K1 = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }

const partOf = (part: string | undefined): Record<string, unknown> =>
  JSON.parse(Buffer.from(part ?? '', 'base64url').toString()) as Record<string, unknown>

/** The token is what was expected, is signed, and stands in the audit without itself, with the id of its request. */
function checkToken(
  token: string,
  { client, typ, claims }: NonNullable<Expected['issued']>,
  request: { readonly request?: string },
  record?: AuditRecord,
) {
  const [header, payload, signature] = token.split('.')
  const key = createPublicKey({ key: K1, format: 'jwk' })
  const isSigned = verify(null, Buffer.from(`${header}.${payload}`), key, Buffer.from(signature ?? '', 'base64url'))
  expect(isSigned).toBe(true)
  expect(partOf(header)).toEqual({ alg: 'EdDSA', kid: 'k1', typ })
  const { jti, ...others } = partOf(payload)
  expect(jti).toMatch(UUID)
  expect(others).toEqual(claims)
  const { iss, sub, aud, iat, exp, act } = claims
  const told = { jti, iss, sub, aud, iat, exp, kid: 'k1', client, ...(act !== undefined && { act }) }
  expect(record).toEqual({ ...told, ...request })
}

describe.each([
  ['handle', byHandle, { request: ID }],
  ['fetch', byFetch, {}],
])('by %s', (face, send, request) => {
  for (const file of files)
    test.each(file.tests)('$id: $comment', async ({ issuer: name, now, requests }) => {
      let clock = now
      const { issuer, refusals, records } = await issuerOf(file, name, () => clock)
      const saved: Record<string, string> = {}
      for (const [index, step] of requests.entries()) {
        clock = now + (step.after ?? 0)
        const given = await send(issuer, messageOf(step, saved))
        const label = `${face} ${index}`
        const { issued, refusal } = step.answer
        const json = checkAnswer(given, step.answer)
        expect([label, refusals.splice(0)]).toEqual([label, refusal ? [{ ...refusal, ...request }] : []])
        const [record, ...others] = records.splice(0)
        expect(others).toEqual([])
        if (issued === undefined) {
          expect(record).toBeUndefined()
          continue
        }
        const token = json[issued.member] as string
        checkToken(token, issued, request, record)
        if (step.save !== undefined) saved[step.save] = token
      }
    })
})
