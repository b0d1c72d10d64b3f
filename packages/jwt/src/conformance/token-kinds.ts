import type { DelegationOptions } from '../auth/delegation'
import { decodeBase64url } from '../encoding/base64url'
import { canonicalize } from '../encoding/jcs'
import { type JsonObject, readJson } from '../encoding/json-value'
import { decodeUtf8 } from '../encoding/utf8'
import type { Kit, SignOptions, VerifyOptions } from '../kit'
import { type Claims, unsafeTrustClaims } from '../token/claims'
import { type Got, hostValue, type Text, textOf, type VectorTest } from './format'

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
