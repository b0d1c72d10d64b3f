// The strict floor once more, with Ed25519 on the thread pool of Node.js: what its checks come to where calls overlap.
import * as crypto from 'node:crypto'
import { headerOf, keysOf } from './floor.mjs'
import { claimsOf } from './strict-claims.mjs'
import { openEdwards, textOf } from './strict-floor.mjs'

export const name = 'strict-floor-pool'

export function verify(material, profile) {
  if (profile !== 'eddsa') return undefined
  const { kid } = material
  const { publicKey } = keysOf(material)
  const known = headerOf(profile, kid)
  return (token) =>
    new Promise((resolve, reject) => {
      const { input, payload, signature } = openEdwards(token, known, kid)
      crypto.verify(null, input, publicKey, signature, (error, holds) => {
        try {
          if (error || !holds) throw new Error('refused')
          resolve(claimsOf(textOf(payload), material))
        } catch (refused) {
          reject(refused)
        }
      })
    })
}
