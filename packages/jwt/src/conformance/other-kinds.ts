import type { Context } from '../auth/evaluate'
import { type PolicyRules, parsePolicy } from '../auth/policy'
import { configFromEnvironment, type EnvironmentOptions } from '../config/environment'
import type { PublicAlgorithmName } from '../crypto/algorithms'
import type { JsonValue } from '../encoding/json-value'
import type { Jwk, PublicKey } from '../keys/key'
import { importPrivateKey } from '../keys/private-key'
import { exportPublicJwk, importPublicKey } from '../keys/public-key'
import { importSecret } from '../keys/secret'
import { thumbprint } from '../keys/thumbprint'
import { createKit } from '../kit'
import { createKeySet, type KeySet } from '../sources/key-set'
import { unsafeTrustClaims } from '../token/claims'
import { type Got, hostValue, type Text, textOf, type VectorTest } from './format'

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
