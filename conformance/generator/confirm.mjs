// Every token that a vector calls valid is verified by libraries that share no code with the signing above.
import { isDeepStrictEqual } from 'node:util'
import { createVerifier } from 'fast-jwt'
import { compactVerify, importJWK } from 'jose'
import jsonwebtoken from 'jsonwebtoken'
import { expand, jcs } from './text.mjs'

const bytes = (text) => new Uint8Array(Buffer.from(text, 'base64url'))
const secretBytes = (value) => {
  if (typeof value === 'string') return bytes(value.slice(value.lastIndexOf('=') + 1))
  return bytes(value.secret ?? value.k)
}
const jwksOf = (value) => {
  const parsed = typeof value === 'string' ? JSON.parse(value) : value
  return Array.isArray(parsed) ? parsed : (parsed?.keys ?? [parsed])
}

/** Everything in a kit's configuration that may verify: [{ jwk }] or [{ secret }]. */
const materialOf = (kit) => {
  const entries = [kit, ...(kit.trust ?? [])]
  return entries.flatMap((entry) => [
    ...[entry.secret, ...(entry.acceptSecrets ?? []), ...(entry.secrets ?? [])]
      .filter((item) => item !== undefined)
      .map((item) => ({ secret: secretBytes(item) })),
    ...[entry.privateKey, entry.publicKeys]
      .filter((item) => item !== undefined)
      .flatMap(jwksOf)
      .map((jwk) => ({ jwk })),
  ])
}

const publicJwk = ({ kty, crv, x, y, n, e }) => JSON.parse(JSON.stringify({ kty, crv, x, y, n, e }))

const verifiesWith = async (token, alg, material) => {
  try {
    const key = material.secret ?? (await importJWK(publicJwk(material.jwk), alg))
    return (await compactVerify(token, key, { algorithms: [alg] })).payload
  } catch {
    return undefined
  }
}

const confirmedBy = async (token, alg, kit) => {
  for (const material of materialOf(kit)) {
    const payload = await verifiesWith(token, alg, material)
    if (payload) return { material, payload }
  }
  return undefined
}

/** The second library of a minted token: jsonwebtoken for HS512, fast-jwt for EdDSA. */
const confirmMinted = (token, alg, { secret, jwk }) => {
  if (alg === 'HS512')
    return jsonwebtoken.verify(token, Buffer.from(secret), {
      algorithms: ['HS512'],
      ignoreExpiration: true,
      ignoreNotBefore: true,
    })
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(jwk.x, 'base64url')])
  const pem = `-----BEGIN PUBLIC KEY-----\n${der.toString('base64')}\n-----END PUBLIC KEY-----\n`
  return createVerifier({ key: pem, algorithms: ['EdDSA'], ignoreExpiration: true, ignoreNotBefore: true })(token)
}

const fail = (id, why) => {
  throw new Error(`${id}: ${why}`)
}

/** Claims of an outside issuer come out mapped, so they are not those of the token. */
const isOutside = ({ mapping, algorithms }) =>
  mapping !== undefined || algorithms.some((alg) => !['HS512', 'EdDSA', 'Ed25519'].includes(alg))

/** Throws unless the valid token of a `sign` or `verify` test holds under a key of its kit and says what is expected. */
export const confirm = async (kind, test, kit) => {
  const minted = kind === 'sign' || kind === 'delegation'
  const token = minted ? test.expected.token : expand(test.token)
  const header = JSON.parse(Buffer.from(token.split('.')[0], 'base64url').toString())
  const confirmed = await confirmedBy(token, header.alg, kit)
  if (!confirmed) fail(test.id, 'no stock library confirms the signature with a key of the kit')
  const payload = JSON.parse(Buffer.from(confirmed.payload).toString())
  const claims = minted ? test.expected.payload : test.expected.claims
  const mapped = (kit.trust ?? []).some((entry) => entry.issuer === payload.iss && isOutside(entry))
  if (!mapped && jcs(payload) !== claims) fail(test.id, `expects ${claims}, the token holds ${jcs(payload)}`)
  if (minted && ['HS512', 'EdDSA'].includes(header.alg)) {
    const second = confirmMinted(token, header.alg, confirmed.material)
    if (!isDeepStrictEqual(JSON.parse(jcs(second)), payload)) fail(test.id, 'the second library reads other claims')
  }
}
