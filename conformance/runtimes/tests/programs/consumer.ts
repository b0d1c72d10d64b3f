// A program in TypeScript that uses the packed tarball, compiled under each way of resolving modules.
import {
  type Claims,
  ConfigError,
  checkAuth,
  createDelegatedToken,
  createKeySet,
  createKit,
  generateKeyPair,
  type Kit,
  type KitConfig,
  policy,
  remoteJwks,
  sign,
  TokenError,
  verify,
} from '@kit/jwt'
import { isVectorFile } from '@kit/jwt/conformance'
import { makeKit as makeDenoKit } from '@kit/jwt/deno'
import { makeKit as makeNodeKit } from '@kit/jwt/node'
import { createVerifier } from '@kit/jwt/verifier'
import { makeKit as makeWorkersKit } from '@kit/jwt/workers'
import { JwksEntrypoint, jwksEntrypoint } from '@kit/jwt/workers/jwks'
import { durableObjectReplayStore, type ReplayNamespace, ReplayObject } from '@kit/jwt/workers/replay'

const config: KitConfig = {
  issuer: 'https://issuer.example',
  audience: ['api', 'other'],
  keySource: remoteJwks('https://issuer.example/jwks.json', { cacheTtl: 60 }),
}
const kits: Kit[] = [createKit(config), makeNodeKit(), makeDenoKit({}), makeWorkersKit({})]

export class Keys extends jwksEntrypoint(() => ({ keys: [] })) {}
export class OwnKeys extends JwksEntrypoint {}
export class OwnMemory extends ReplayObject {}
export const kitOf = (namespace: ReplayNamespace): Kit =>
  createKit({ ...config, replay: durableObjectReplayStore(namespace) })

export async function use(token: string): Promise<string | undefined> {
  const claims: Claims<{ tid: string }> = await verify<{ tid: string }>(token)
  const tid: string = claims.tid
  const { sub } = await createVerifier({
    issuer: 'i',
    audience: 'a',
    keySource: remoteJwks('https://i.example'),
  }).verify(token)
  const user = await checkAuth(token, policy().needAll('read:data').actor({ sub: 'gateway' }))
  const inner: string = await createDelegatedToken(user.claims, 'gateway', { aud: 'orders', ttl: 60 })
  const { publicJwk } = await generateKeyPair({ kid: tid })
  const set = await createKeySet({ keys: [publicJwk] }, { algorithms: ['EdDSA'] })
  const [kit] = kits
  try {
    await kit?.consumeOnce(claims)
    return (await sign({ sub: sub ?? inner, kid: set.select({ alg: 'EdDSA' }).kid })) || String(isVectorFile(null))
  } catch (error) {
    if (TokenError.is(error)) return error.claim
    if (ConfigError.is(error)) return error.variable
    throw error
  }
}
