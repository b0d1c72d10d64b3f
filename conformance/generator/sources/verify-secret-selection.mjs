// The key step for shared secrets: kid, rotation, secrets without kid, lengths, hostile kids.
import { createHash } from 'node:crypto'
import { hostileKids } from '../hostile-kids.mjs'
import { verifyCase } from '../verify-case.mjs'

const notes = {
  ROTATION: {
    description: 'Candidates are the secrets of the kid and those without one; without a kid in the header, all.',
    bugType: 'INTEROP',
    spec: ['rfc7515#4.1.4', 'local#design-5'],
    cves: [],
  },
  HOSTILE_KID: {
    description: 'A kid is compared and nothing else: it is no path, no query and no member of an object.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc8725#3.10'],
    cves: ['CVE-2025-65945'],
  },
  SECRET_LENGTH: {
    description: 'Secrets of one block of SHA-512 and more, where HMAC hashes the key first.',
    bugType: 'INTEROP',
    spec: ['rfc2104#2', 'rfc7518#3.2'],
    cves: [],
  },
}

const test = verifyCase('vsec')

export default ({ keys, claimsText, ISSUER, AUDIENCE }) => {
  const payload = claimsText({ jti: '"j0"' })
  const { a, b, c, d } = keys.hs
  const bytes = Buffer.concat([a.bytes, Buffer.from([7])])
  const longer = { alg: 'HS512', bytes, text: bytes.toString('base64url') }
  const own = { issuer: ISSUER, audience: AUDIENCE }
  const profile = { name: 'HS512', kit: 'plain', block: 0 }
  const oct = (key, kid) => ({ kty: 'oct', k: key.text, alg: 'HS512', kid })
  const octThumbprint = createHash('sha256').update(`{"k":"${a.text}","kty":"oct"}`).digest('base64url')
  const kits = {
    plain: { ...own, secret: a.text },
    k1: { ...own, secret: oct(a, 'k1') },
    named: { ...own, secret: a.text, kid: 'k1' },
    rotating: { ...own, secret: oct(a, 'k1'), acceptSecrets: [{ kid: 'k2', secret: b.text }, c.text] },
    four: { ...own, secret: a.text, kid: 'k1', acceptSecrets: [oct(b, 'k2'), { kid: 'k3', secret: c.text }, d.text] },
    sameKid: { ...own, secret: oct(a, 'k1'), acceptSecrets: [{ kid: 'k1', secret: b.text }] },
    sameSecret: { ...own, secret: oct(a, 'k1'), acceptSecrets: [{ kid: 'k2', secret: a.text }] },
    pinned: { ...own, secret: a.text, allowedThumbprints: [keys.ed.a.thumbprint] },
    prefix: { ...own, secret: a.text, acceptSecrets: [longer.text] },
    octNoAlg: { ...own, secret: { kty: 'oct', k: a.text } },
  }

  /** [number, comment, kit, kid in the header, signing secret, expected] */
  const rows = [
    [1, 'no kid, one secret without', 'plain', undefined, a, 'ok'],
    [2, 'a kid that nobody has, one secret without', 'plain', 'whatever', a, 'ok'],
    [3, 'the kid of the only secret', 'k1', 'k1', a, 'ok'],
    [4, 'no kid, the only secret has one', 'k1', undefined, a, 'ok'],
    [5, 'another kid than that of the only secret', 'k1', 'k2', a, 'key_not_found'],
    [6, 'the kid given beside the secret', 'named', 'k1', a, 'ok'],
    [7, 'another kid than that given beside the secret', 'named', 'k2', a, 'key_not_found'],
    [8, 'the thumbprint of an oct key is no kid', 'k1', octThumbprint, a, 'key_not_found'],
    [9, 'an oct JWK without alg', 'octNoAlg', undefined, a, 'ok'],
    [10, 'the old secret by its kid', 'rotating', 'k2', b, 'ok'],
    [11, 'the new secret by its kid', 'rotating', 'k1', a, 'ok'],
    [12, 'the new secret under the kid of the old', 'rotating', 'k2', a, 'signature_invalid'],
    [13, 'the old secret under the kid of the new', 'rotating', 'k1', b, 'signature_invalid'],
    [14, 'the secret without kid under the kid of the new', 'rotating', 'k1', c, 'ok'],
    [15, 'the secret without kid under the kid of the old', 'rotating', 'k2', c, 'ok'],
    [16, 'the secret without kid under a kid that nobody has', 'rotating', 'k9', c, 'ok'],
    [17, 'a secret with a kid under a kid that nobody has', 'rotating', 'k9', a, 'signature_invalid'],
    [18, 'no kid: the new secret is tried', 'rotating', undefined, a, 'ok'],
    [19, 'no kid: the old secret is tried', 'rotating', undefined, b, 'ok'],
    [20, 'no kid: the secret without kid is tried', 'rotating', undefined, c, 'ok'],
    [21, 'no kid: a secret that is none of them', 'rotating', undefined, d, 'signature_invalid'],
    [22, 'four secrets: the fourth, without kid', 'four', undefined, d, 'ok'],
    [23, 'four secrets: the third, by its kid', 'four', 'k3', c, 'ok'],
    [24, 'four secrets: the second under the kid of the third', 'four', 'k3', b, 'signature_invalid'],
    [25, 'two secrets of one kid: the first', 'sameKid', 'k1', a, 'ok'],
    [26, 'two secrets of one kid: the second', 'sameKid', 'k1', b, 'ok'],
    [27, 'two secrets of one kid: another', 'sameKid', 'k1', c, 'signature_invalid'],
    [28, 'one secret under two kids: the first', 'sameSecret', 'k1', a, 'ok'],
    [29, 'one secret under two kids: the second', 'sameSecret', 'k2', a, 'ok'],
    [30, 'pins do not concern secrets', 'pinned', undefined, a, 'ok'],
    [31, 'a secret that another one begins with', 'prefix', undefined, a, 'ok'],
    [32, 'a secret that begins with another one', 'prefix', undefined, longer, 'ok'],
  ]

  const kidTest = ([number, comment, kit, kid, key, expect], flag) => {
    const header = JSON.stringify({ alg: 'HS512', kid, typ: 'JWT' })
    return test({ profile, number, comment, flag, kit, header, payload, key, expect })
  }
  const hostile = hostileKids.flatMap(([i, comment, kid]) => [
    kidTest([100 + i, `kid is ${comment}`, 'k1', kid, a, 'key_not_found'], 'HOSTILE_KID'),
    kidTest(
      [
        130 + i,
        `kid is ${comment}, signed with an empty secret`,
        'k1',
        kid,
        { alg: 'HS512', bytes: Buffer.alloc(0) },
        'key_not_found',
      ],
      'HOSTILE_KID',
    ),
    kidTest([160 + i, `kid is ${comment}, but a secret without kid is there`, 'plain', kid, a, 'ok'], 'HOSTILE_KID'),
  ])

  const lengths = [64, 65, 100, 127, 128, 129, 256].map((length, i) => {
    const key = keys.hs.make(`secret of ${length} bytes`, length)
    const comment = `a secret of ${length} bytes`
    return test({
      profile,
      number: 200 + i,
      comment,
      flag: 'SECRET_LENGTH',
      kit: { ...own, secret: key.text },
      key,
      header: '{"alg":"HS512"}',
      expect: 'ok',
    })
  })
  return {
    suite: 'verify-secret-selection',
    kind: 'verify',
    prefix: 'vsec',
    notes,
    kits,
    groups: [
      { name: 'kid and rotation', tests: rows.map((row) => kidTest(row, 'ROTATION')) },
      { name: 'hostile kid', tests: hostile },
      { name: 'lengths', tests: lengths },
    ],
  }
}
