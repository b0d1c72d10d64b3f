// One `verify` test from its parts: an ordinary token of a profile in which the source replaces what it is about.
import { token } from './jws.mjs'
import { compressed, jcs } from './text.mjs'
import { claimsText, compact, id, NOW } from './toolbox.mjs'

/** The claim that a code always carries; errors.json says the same, and the lint compares. */
const CLAIM_OF = {
  issuer_mismatch: 'iss',
  audience_mismatch: 'aud',
  actor_not_allowed: 'act',
  delegation_too_deep: 'act',
  token_expired: 'exp',
  token_lifetime_too_long: 'exp',
  token_not_yet_valid: 'nbf',
  token_issued_in_future: 'iat',
}

/** 'claim_invalid exp' is a fault with its claim, 'misuse' is misuse. */
export const faultOf = (text) => {
  if (text === 'misuse') return { misuse: true }
  const [code, claim = CLAIM_OF[code]] = text.split(' ')
  return { fault: compact({ code, claim }) }
}

const readable = (value) => typeof value === 'string' && value.length <= 2000

/**
 * `verifyCase(prefix)` makes the function that makes the tests of a suite. `expect` is a fault in the form above, or 'ok':
 * the claims are then those of the payload, unless `claims` (RFC 8785 text) says otherwise. A `given` token (or other
 * input) is taken as it is; otherwise header and payload are signed as they stand.
 */
export const verifyCase =
  (prefix) =>
  ({ profile, number, comment, flag, kit, now = NOW, header, payload, key, alg, given, expect, claims, ...rest }) => {
    const headerText = header ?? profile.header
    const payloadText = payload ?? claimsText()
    const made = given === undefined
    const input = made ? token({ header: headerText, payload: payloadText, key: key ?? profile.key, alg }) : given
    const isReadable = made && readable(headerText) && readable(payloadText)
    return compact({
      id: id(prefix, number + profile.block),
      comment: `${profile.name}: ${comment}`,
      flags: [flag].flat(),
      kit: kit ?? profile.kit,
      now,
      token: typeof input === 'string' ? compressed(input) : input,
      headerText: isReadable ? headerText : undefined,
      payloadText: isReadable ? payloadText : undefined,
      ...rest,
      expected: expect === 'ok' ? { claims: claims ?? jcs(JSON.parse(payloadText)) } : faultOf(expect),
    })
  }
