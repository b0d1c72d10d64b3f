import type { DelegationOptions } from '../auth/delegation'
import type { Context } from '../auth/evaluate'
import { type PolicyRules, parsePolicy } from '../auth/policy'
import type { SignOptions, VerifyOptions } from '../call-options'
import { configFromEnvironment, type EnvironmentOptions } from '../config/environment'
import { type ProviderName, type ProviderOptions, trustedProvider } from '../config/provider'
import type { PublicAlgorithmName } from '../crypto/algorithms'
import { decodeBase64url } from '../encoding/base64url'
import { canonicalize } from '../encoding/jcs'
import { type JsonObject, type JsonValue, readJson } from '../encoding/json-value'
import { decodeUtf8 } from '../encoding/utf8'
import type { Jwk, PublicKey } from '../keys/key'
import { importPrivateKey } from '../keys/private-key'
import { exportPublicJwk, importPublicKey } from '../keys/public-key'
import { importSecret } from '../keys/secret'
import { thumbprint } from '../keys/thumbprint'
import { createKit, type Kit } from '../kit'
import { createKeySet, type KeySet } from '../sources/key-set'
import { type Claims, unsafeTrustClaims } from '../token/claims'
import { type Got, hostValue, type Text, textOf, type VectorTest } from './inputs'

const segment = (token: string, index: number): string | undefined => {
  const bytes = decodeBase64url(token.split('.')[index] as string)
  return bytes && decodeUtf8(bytes)
}

const canonical = (value: object): string => canonicalize(readJson(value) as JsonObject)

/** `sign`: a token, its header and its payload. */
export async function runSign(test: VectorTest, kit: Kit): Promise<Got> {
  const token = await kit.sign(hostValue(test['claims']) as object, ...optionsOf<SignOptions>(test))
  return { header: segment(token, 0), payload: segment(token, 1), token }
}

/** `verify`, in one of its operations: the claims. */
export async function runVerify(test: VectorTest, kit: Kit): Promise<Got> {
  const token = tokenOf(test['token'])
  const options = optionsOf<VerifyOptions>(test)
  switch (test['operation']) {
    case 'decodeUnverified': {
      const { header, claims } = kit.decodeUnverified(token)
      return { header: canonical(header), claims: canonical(claims) }
    }
    case 'checkAuth':
      return { claims: canonical((await kit.checkAuth(token, { allOf: [] }, ...options)).claims) }
    case 'consumeOnce': {
      const claims = await kit.verify(token, ...options)
      await kit.consumeOnce(claims)
      return { claims: canonical(claims) }
    }
    default:
      return { claims: canonical(await kit.verify(token, ...options)) }
  }
}

/** `delegation`: a token and its payload. */
export async function runDelegation(test: VectorTest, kit: Kit): Promise<Got> {
  const original = originalOf(test['original'])
  const actor = test['actor'] as string
  const token = await kit.createDelegatedToken(original, actor, test['options'] as DelegationOptions)
  return { payload: segment(token, 1), token }
}

function optionsOf<Options>(test: VectorTest): [] | [Options] {
  return test['options'] === undefined ? [] : [test['options'] as Options]
}

function tokenOf(token: unknown): string {
  const isValue = typeof token === 'object' && token !== null && 'value' in token
  return isValue ? (token.value as string) : textOf(token as Text)
}

function originalOf(original: unknown): Claims {
  const isPlain = typeof original === 'object' && original !== null && 'plain' in original
  if (isPlain) return hostValue(original.plain) as Claims
  return unsafeTrustClaims(hostValue(original) as object)
}

/** `policy`: whether it allows, and what failed. */
export async function runPolicy(test: VectorTest): Promise<Got> {
  const claims = unsafeTrustClaims(hostValue(test['claims']) as object)
  const rule = parsePolicy(test['policy'] as PolicyRules)
  const { allowed, failed } = rule.evaluate(claims, ...((test['context'] ? [test['context']] : []) as [Context?]))
  return allowed ? { allow: true } : { allow: false, failed }
}

/** `keys`: what an imported key is, or the exact text of an exported one. */
export async function runKeys(test: VectorTest): Promise<Got> {
  const given = test['input'] as { text?: Text; jwk?: Text }
  const input = (given.text === undefined ? hostValue(given.jwk) : textOf(given.text)) as Jwk
  const options = (test['options'] === undefined ? [] : [test['options']]) as [
    { alg?: PublicAlgorithmName; kid?: string }?,
  ]
  switch (test['operation']) {
    case 'importSecret': {
      const { alg, kid, bytes } = await importSecret(input, ...options)
      return { result: { alg, kid: kid ?? null, bytes } }
    }
    case 'importPrivate': {
      const { alg, kid, thumbprint } = await importPrivateKey(input)
      return { result: { alg, kid, thumbprint } }
    }
    case 'exportPublic':
      return { result: { jwk: JSON.stringify(exportPublicJwk(await publicKeyOf(input, options))) } }
    default: {
      const { alg, kid, thumbprint } = await importPublicKey(input, ...options)
      return { result: { alg, kid, thumbprint } }
    }
  }
}

/** What is exported may be a private key, whose public half it is. */
async function publicKeyOf(input: Jwk, options: [{ alg?: PublicAlgorithmName }?]): Promise<PublicKey> {
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- a vector may hold any value
  const isPrivate = typeof input === 'object' && input !== null && 'd' in input
  return isPrivate ? (await importPrivateKey(input)).publicKey : importPublicKey(input, ...options)
}

/** `thumbprint` of a JWK. */
export async function runThumbprint(test: VectorTest): Promise<Got> {
  return { thumbprint: await thumbprint(hostValue(test['jwk']) as Jwk) }
}

/** `jwks`: the key that a header means. */
export async function runJwks(test: VectorTest): Promise<Got> {
  const algorithms = test['algorithms'] as PublicAlgorithmName[]
  const set = await createKeySet(textOf(test['jwks'] as Text), { algorithms })
  return { thumbprint: set.select(test['header'] as Parameters<KeySet['select']>[0]).thumbprint }
}

/** `config`: what an environment comes to. */
export async function runConfig(test: VectorTest): Promise<Got> {
  const files = test['files'] as Readonly<Record<string, string>> | undefined
  const readFile = (path: string): string => {
    const text = files && Object.hasOwn(files, path) ? files[path] : undefined
    if (text === undefined) throw new Error('no such file')
    return text
  }
  const role = test['role'] === undefined ? {} : { role: test['role'] }
  const options = { ...(files && { readFile }), ...role } as EnvironmentOptions
  const kit = createKit(configFromEnvironment(test['env'] as Record<string, unknown>, options))
  await kit.ready()
  return { resolved: (await kit.describe()) as unknown as JsonValue }
}

/** `provider`: the entry that stands for one. */
export async function runProvider(test: VectorTest): Promise<Got> {
  const options = test['options'] as ProviderOptions[ProviderName]
  return { entry: trustedProvider(test['provider'] as ProviderName, options) as unknown as JsonValue }
}
