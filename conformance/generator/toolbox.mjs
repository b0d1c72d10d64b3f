// What a source module is given. Nothing here knows a rule of the design: sources say what is expected.
import * as edwards25519 from './edwards25519.mjs'
import {
  b64u,
  bytesOf,
  signatureOf,
  signBytes,
  signingInputOf,
  token,
  tokenOfSegments,
  withSegment,
  withSignature,
} from './jws.mjs'
import { fixedBytes, keys, thumbprint } from './keys.mjs'
import { flipBit, inserted, padded, spacedTo, withTrailingBits } from './mutate.mjs'
import { compressed, expand, jcs, repeated } from './text.mjs'

/** 2023-11-14T22:13:20Z, the moment at which nearly all tests happen. */
export const NOW = 1700000000
export const ISSUER = 'https://issuer.example'
export const AUDIENCE = 'api'
/** The entropy of a minted token, and the UUID (RFC 9562, version 4) that it becomes. */
export const ENTROPY = '000102030405060708090a0b0c0d0e0f'
export const JTI = '00010203-0405-4607-8809-0a0b0c0d0e0f'

/** `id('vhdr', 7)` is `vhdr-0007`. The number is written in the source and never changes. */
export const id = (prefix, number) => {
  if (!Number.isInteger(number) || number < 0 || number > 9999)
    throw new Error(`${prefix}: ${number} is no test number`)
  return `${prefix}-${String(number).padStart(4, '0')}`
}

/** The object without its undefined members: sources may leave an optional member undefined. */
export const compact = (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined))

const { hs, ed } = keys

/** The two profiles. A rule that holds for both is a loop over them; `block` is added to the number of the test. */
const profiles = [
  {
    name: 'HS512',
    kit: 'hs512',
    block: 0,
    key: hs.a,
    otherKey: hs.b,
    header: '{"alg":"HS512","typ":"JWT"}',
    config: { issuer: ISSUER, audience: AUDIENCE, secret: hs.a.text },
  },
  {
    name: 'EdDSA',
    kit: 'eddsa',
    block: 5000,
    key: ed.a,
    otherKey: ed.b,
    header: `{"alg":"EdDSA","kid":"${ed.a.thumbprint}","typ":"JWT"}`,
    config: { issuer: ISSUER, audience: AUDIENCE, privateKey: ed.a.privateJwk },
  },
]

/** `{ hs512: config, eddsa: config }`, the `kits` of a suite that needs no others; `more` members go into both. */
const profileKits = (more = {}) => Object.fromEntries(profiles.map((p) => [p.kit, { ...p.config, ...more }]))

/** The JSON text of ordinary claims, with members (JSON texts by name) replaced, added, or left out (undefined). */
export const claimsText = (members = {}) => {
  const all = { iss: `"${ISSUER}"`, aud: `"${AUDIENCE}"`, exp: `${NOW + 300}`, iat: `${NOW}`, ...members }
  const texts = Object.entries(compact(all)).map(([name, text]) => `${JSON.stringify(name)}:${text}`)
  return `{${texts.join(',')}}`
}

export const toolbox = {
  NOW,
  ISSUER,
  AUDIENCE,
  ENTROPY,
  JTI,
  keys,
  thumbprint,
  fixedBytes,
  id,
  compact,
  profiles,
  profileKits,
  claimsText,
  token,
  tokenOfSegments,
  signBytes,
  withSignature,
  signatureOf,
  signingInputOf,
  withSegment,
  b64u,
  bytesOf,
  flipBit,
  inserted,
  padded,
  spacedTo,
  withTrailingBits,
  repeated,
  compressed,
  expand,
  jcs,
  edwards25519,
}
