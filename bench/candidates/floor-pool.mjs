// The floor once more, with Ed25519 on the thread pool of Node.js: better than the other where calls overlap.
import * as crypto from 'node:crypto'
import { headerOf, keysOf, read } from './floor.mjs'
import { join } from './payload.mjs'

export const name = 'floor-pool'
export const isBare = true
const JTI = '3f1d7c52-6c0e-4a57-9a53-1f6b8f0a2c11'

export function sign(material, profile) {
  if (profile !== 'eddsa') return undefined
  const { issuer, audience, kid } = material
  const { privateKey } = keysOf(material)
  const header = `${headerOf(profile, kid)}.`
  return (claims) =>
    new Promise((resolve, reject) => {
      const iat = Math.floor(Date.now() / 1000)
      const payload = join({ iss: issuer, aud: audience, iat, exp: iat + 900, jti: JTI }, claims)
      const input = header + Buffer.from(JSON.stringify(payload)).toString('base64url')
      crypto.sign(null, Buffer.from(input), privateKey, (error, signature) =>
        error ? reject(error) : resolve(`${input}.${signature.toString('base64url')}`),
      )
    })
}

export function verify(material, profile) {
  if (profile !== 'eddsa') return undefined
  const { publicKey } = keysOf(material)
  return (token) =>
    new Promise((resolve, reject) => {
      const [header, payload, signature] = token.split('.')
      const input = Buffer.from(`${header}.${payload}`)
      crypto.verify(null, input, publicKey, Buffer.from(signature, 'base64url'), (error, holds) => {
        try {
          if (error || !holds) throw new Error('refused')
          resolve(read(payload, material))
        } catch (refused) {
          reject(refused)
        }
      })
    })
}
