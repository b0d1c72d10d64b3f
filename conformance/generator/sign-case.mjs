// One `sign` test from its parts. Header and payload are written out in the form of RFC 8785; the token is what
// node:crypto makes of those bytes.
import { token } from './jws.mjs'
import { AUDIENCE, compact, ENTROPY, ISSUER, id, JTI, NOW } from './toolbox.mjs'
import { faultOf } from './verify-case.mjs'

/** The payload of an ordinary minted token; members are RFC 8785 texts by name, sorted here by UTF-16 code units. */
const minted = (members = {}) => {
  const all = compact({
    aud: `"${AUDIENCE}"`,
    exp: `${NOW + 900}`,
    iat: `${NOW}`,
    iss: `"${ISSUER}"`,
    jti: `"${JTI}"`,
    ...members,
  })
  const texts = Object.keys(all)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${all[name]}`)
  return `{${texts.join(',')}}`
}

/** 'config_invalid @ttl' is a fault of a setting, 'claim_invalid sub' one of a claim. */
const refusal = (text) => {
  const [code, where] = text.split(' @')
  return where === undefined ? faultOf(text) : { fault: { code, variable: where } }
}

/**
 * `expect` is a fault as above, or the members of the payload (for `minted`), or its whole text. `claims` is JSON text that
 * the host parses.
 */
export const signCase =
  (prefix) =>
  ({ profile, number, comment, flag, kit, now = NOW, claims = '{}', options, entropy = ENTROPY, header, expect }) => {
    const isRefused = typeof expect === 'string' && !expect.startsWith('{')
    const payload = typeof expect === 'string' ? expect : minted(expect)
    const headerText = header ?? profile.header
    return compact({
      id: id(prefix, number + profile.block),
      comment: `${profile.name}: ${comment}`,
      flags: [flag].flat(),
      kit: kit ?? profile.kit,
      now,
      claims,
      options,
      entropy,
      expected: isRefused
        ? refusal(expect)
        : { header: headerText, payload, token: token({ header: headerText, payload, key: profile.key }) },
    })
  }
