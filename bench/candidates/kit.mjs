// @kit/jwt, as it is built.
import { createKit, policy } from '@kit/jwt'
import { RULES } from '../core/rules.mjs'

export const name = 'kit'
export const isRepeated = true
export const hasKeySets = true

/** The options that turn the cache of verified signatures on. */
export const CACHE = { signatureCacheBytes: 4_000_000 }

function kitOf({ issuer, audience, secret, jwk }, profile, { keySet, isCached } = {}) {
  const cache = isCached ? CACHE : {}
  if (keySet) {
    const transport = async () => Response.json(keySet)
    return createKit({ issuer, audience, jwksUrl: 'https://auth.example/jwks.json', transport, ...cache })
  }
  return createKit({ issuer, audience, ...(profile === 'hs512' ? { secret } : { privateKey: jwk }), ...cache })
}

export function sign(material, profile) {
  const kit = kitOf(material, profile)
  return (claims) => kit.sign(claims)
}

export function verify(material, profile, options) {
  const kit = kitOf(material, profile, options)
  return (token) => kit.verify(token)
}

/** Five rules, prepared once. */
export function checkAuth(material, profile) {
  const kit = kitOf(material, profile)
  const rules = policy()
    .needAll(RULES.permission)
    .rolesAny(...RULES.roles)
    .subject(RULES.subject)
    .noActor()
    .claim('scope', RULES.scope)
  return (token) => kit.checkAuth(token, rules)
}

export async function delegate(material, profile, token) {
  const kit = kitOf(material, profile)
  const claims = await kit.verify(token)
  return () => kit.createDelegatedToken(claims, 'gateway', { aud: 'orders', permissions: [RULES.permission] })
}
