// jsonwebtoken, with key objects that were imported once. It knows no EdDSA.
import { randomUUID } from 'node:crypto'
import jsonwebtoken from 'jsonwebtoken'
import { keysOf } from './floor.mjs'

export const name = 'jsonwebtoken'

export function sign(material, profile) {
  if (profile !== 'hs512') return undefined
  const { issuer, audience } = material
  const { secretKey } = keysOf(material)
  return (claims) =>
    jsonwebtoken.sign(claims, secretKey, {
      algorithm: 'HS512',
      issuer,
      audience,
      expiresIn: 900,
      jwtid: randomUUID(),
    })
}

export function verify(material, profile) {
  if (profile !== 'hs512') return undefined
  const { issuer, audience } = material
  const { secretKey } = keysOf(material)
  const options = { algorithms: ['HS512'], issuer, audience, clockTolerance: 90 }
  return (token) => jsonwebtoken.verify(token, secretKey, options)
}
