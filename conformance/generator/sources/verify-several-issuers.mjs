// Keys of several issuers are candidates; the token must name the issuer of the key that signed.
import { verifyCase } from '../verify-case.mjs'

const notes = {
  SEVERAL_ISSUERS: {
    description: 'Keys of several issuers are candidates; the token must name the issuer of the key that signed.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc8725#3.8', 'local#design-5'],
    cves: [],
  },
}

const test = verifyCase('vmul')
const neutral = { name: 'several issuers', block: 0 }

export default ({ keys, claimsText, ISSUER, AUDIENCE }) => {
  const { a, b, c } = keys.ed
  const peerIssuer = 'https://peer.example'
  const own = { issuer: ISSUER, audience: AUDIENCE, publicKeys: a.publicJwk }
  const peer = { issuer: peerIssuer, algorithms: ['EdDSA'], publicKeys: b.publicJwk }
  const withKid = (key, kid) => ({ ...key.publicJwk, kid })
  const kits = {
    peers: { ...own, trust: [peer] },
    peerAudience: { ...own, trust: [{ ...peer, audience: ['peer-api'] }] },
    sameKid: { ...own, publicKeys: withKid(a, 'k'), trust: [{ ...peer, publicKeys: withKid(b, 'k') }] },
    ambiguous: { ...own, trust: [{ ...peer, publicKeys: { keys: [b.publicJwk, c.publicJwk] } }] },
    allAmbiguous: {
      ...own,
      publicKeys: { keys: [withKid(a, 'k'), withKid(keys.ed.rfc8037, 'k')] },
      trust: [{ ...peer, publicKeys: { keys: [withKid(b, 'k'), withKid(c, 'k')] } }],
    },
    sameKey: { ...own, trust: [{ ...peer, publicKeys: a.publicJwk }] },
    sameSecret: {
      issuer: ISSUER,
      audience: AUDIENCE,
      secret: keys.hs.a.text,
      trust: [{ issuer: peerIssuer, algorithms: ['HS512'], secrets: [keys.hs.a.text] }],
    },
    twoSecrets: {
      issuer: ISSUER,
      audience: AUDIENCE,
      secret: keys.hs.a.text,
      trust: [{ issuer: peerIssuer, algorithms: ['HS512'], secrets: [{ kid: 'b', secret: keys.hs.b.text }] }],
    },
    mixed: {
      issuer: ISSUER,
      audience: AUDIENCE,
      secret: keys.hs.a.text,
      trust: [{ ...peer, publicKeys: withKid(b, 'k') }],
    },
    unusedSecret: {
      issuer: ISSUER,
      audience: AUDIENCE,
      secret: keys.hs.a.text,
      trust: [{ ...peer, secrets: [keys.hs.b.text] }],
    },
    pinned: { ...own, trust: [peer], allowedThumbprints: [b.thumbprint] },
    pinnedSameKid: {
      ...own,
      publicKeys: withKid(a, 'k'),
      trust: [{ ...peer, publicKeys: withKid(b, 'k') }],
      allowedThumbprints: [b.thumbprint],
    },
  }

  const other = peerIssuer
  /** [number, comment, kit, kid, key, iss, expected, aud] */
  const several = [
    [100, 'the own key and name', 'peers', undefined, a, ISSUER, 'ok'],
    [101, "the other's key and name, both without kid", 'peers', undefined, b, other, 'ok'],
    [102, "the other's key, the own name", 'peers', undefined, b, ISSUER, 'issuer_mismatch'],
    [103, "the own key, the other's name", 'peers', undefined, a, other, 'issuer_mismatch'],
    [104, 'a key of neither', 'peers', undefined, c, other, 'signature_invalid'],
    [105, "the own key's thumbprint over the other's signature", 'peers', a.thumbprint, b, other, 'signature_invalid'],
    [106, "the other's thumbprint", 'peers', b.thumbprint, b, other, 'ok'],
    [107, 'a kid of neither', 'peers', 'k9', b, other, 'key_not_found'],
    [108, "the other's key and nobody's name", 'peers', undefined, b, 'https://nobody.example', 'issuer_mismatch'],
    [110, 'one kid at both issuers: the own', 'sameKid', 'k', a, ISSUER, 'ok'],
    [111, "one kid at both issuers: the other's", 'sameKid', 'k', b, other, 'ok'],
    [112, 'one kid at both issuers: names exchanged', 'sameKid', 'k', b, ISSUER, 'issuer_mismatch'],
    [113, 'one kid at both issuers: neither', 'sameKid', 'k', c, ISSUER, 'signature_invalid'],
    [120, 'no kid; ambiguous at the other, so only the own key is tried', 'ambiguous', undefined, a, ISSUER, 'ok'],
    [
      121,
      'no kid; ambiguous at the other, whose signature it is',
      'ambiguous',
      undefined,
      b,
      other,
      'signature_invalid',
    ],
    [122, 'by kid, nothing is ambiguous', 'ambiguous', b.thumbprint, b, other, 'ok'],
    [123, 'ambiguous at both', 'allAmbiguous', 'k', a, ISSUER, 'key_ambiguous'],
    [124, 'ambiguous at both, no kid', 'allAmbiguous', undefined, b, other, 'key_ambiguous'],
    [125, 'no candidate at all', 'allAmbiguous', 'k9', b, other, 'key_not_found'],
    [130, 'one key at both issuers: the name decides', 'sameKey', undefined, a, ISSUER, 'ok'],
    [131, 'one key at both issuers: the other name', 'sameKey', undefined, a, other, 'ok'],
    [
      132,
      "one key at both issuers: nobody's name",
      'sameKey',
      undefined,
      a,
      'https://nobody.example',
      'issuer_mismatch',
    ],
    [140, 'one secret at both issuers: the own name', 'sameSecret', undefined, keys.hs.a, ISSUER, 'ok'],
    [141, 'one secret at both issuers: the other name', 'sameSecret', undefined, keys.hs.a, other, 'ok'],
    [142, "one secret at both issuers: nobody's name", 'sameSecret', undefined, keys.hs.a, 'x', 'issuer_mismatch'],
    [143, 'two secrets, no kid: the own', 'twoSecrets', undefined, keys.hs.a, ISSUER, 'ok'],
    [144, "two secrets, no kid: the other's", 'twoSecrets', undefined, keys.hs.b, other, 'ok'],
    [145, 'two secrets, no kid: names exchanged', 'twoSecrets', undefined, keys.hs.b, ISSUER, 'issuer_mismatch'],
    [146, "the other's kid; the own secret has none and is tried too", 'twoSecrets', 'b', keys.hs.a, ISSUER, 'ok'],
    [150, 'HS512 of the own, EdDSA of the other: each its own', 'mixed', undefined, keys.hs.a, ISSUER, 'ok'],
    [151, 'HS512 of the own, EdDSA of the other: the other', 'mixed', 'k', b, other, 'ok'],
    [152, 'the own name over EdDSA, which only the other has', 'mixed', undefined, b, ISSUER, 'issuer_mismatch'],
    [
      153,
      "the other's name over HS512, which only the own has",
      'mixed',
      undefined,
      keys.hs.a,
      other,
      'issuer_mismatch',
    ],
    [
      154,
      'a secret of an issuer that does not use HS512 is not tried',
      'unusedSecret',
      undefined,
      keys.hs.b,
      other,
      'signature_invalid',
    ],
    [160, "pinned to the other's key: the other", 'pinned', undefined, b, other, 'ok'],
    [161, "pinned to the other's key: the own is dropped", 'pinned', undefined, a, ISSUER, 'signature_invalid'],
    [162, "pinned to the other's key: the own by its thumbprint", 'pinned', a.thumbprint, a, ISSUER, 'key_not_pinned'],
    [163, 'one kid at both issuers, one of them pinned', 'pinnedSameKid', 'k', b, other, 'ok'],
    [164, 'one kid at both issuers, the other pinned', 'pinnedSameKid', 'k', a, ISSUER, 'signature_invalid'],
    [
      170,
      "the kit's audience is not accepted where the issuer has its own",
      'peerAudience',
      undefined,
      b,
      other,
      'audience_mismatch',
    ],
    [171, 'the audience of that issuer', 'peerAudience', undefined, b, other, 'ok', '"peer-api"'],
    [
      172,
      'the audience of that issuer is not accepted from the own',
      'peerAudience',
      undefined,
      a,
      ISSUER,
      'audience_mismatch',
      '"peer-api"',
    ],
    [173, 'audiences of both issuers in one token', 'peerAudience', undefined, b, other, 'ok', '["api","peer-api"]'],
  ]

  return {
    suite: 'verify-several-issuers',
    kind: 'verify',
    prefix: 'vmul',
    notes,
    kits,
    groups: [
      {
        name: 'several issuers',
        tests: several.map(([number, comment, kit, kid, key, iss, expect, aud]) => {
          const header = JSON.stringify({ alg: key.alg, kid })
          const payload = claimsText({ iss: JSON.stringify(iss), ...(aud && { aud }) })
          return test({ profile: neutral, number, comment, flag: 'SEVERAL_ISSUERS', kit, header, payload, key, expect })
        }),
      },
    ],
  }
}
