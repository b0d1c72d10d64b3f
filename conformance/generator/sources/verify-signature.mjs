// The signature step: wrong lengths, wrong bytes, wrong keys, changed tokens; and what holds all the same.
import { verifyCase } from '../verify-case.mjs'

const notes = {
  SIGNATURE_LENGTH: {
    description: 'The signature has a length that the algorithm never makes. It does not hold; nothing else is thrown.',
    bugType: 'FORGERY',
    spec: ['rfc7518#3.2', 'rfc8037#3.1'],
    cves: ['CVE-2026-44351'],
  },
  SIGNATURE_BYTES: {
    description: 'The signature has the right length and other bytes.',
    bugType: 'FORGERY',
    spec: ['rfc7515#5.2', 'rfc8725#3.3'],
    cves: ['CVE-2022-21449'],
  },
  WRONG_KEY: {
    description: 'The token is signed by a key that the kit does not hold, or by the right one in a wrong spelling.',
    bugType: 'FORGERY',
    spec: ['rfc7515#5.2'],
    cves: ['CVE-2026-44351'],
  },
  CHANGED_TOKEN: {
    description: 'Header or payload were changed after signing.',
    bugType: 'FORGERY',
    spec: ['rfc7515#5.2'],
    cves: [],
  },
}

const test = verifyCase('vsig')

export default ({ profiles, profileKits, claimsText, token, withSignature, signatureOf, flipBit, b64u, keys }) => {
  const payload = claimsText({ sub: '"u1"' })

  const rows = (profile) => {
    const { key, otherKey, header } = profile
    const good = token({ header, payload, key })
    const signature = signatureOf(good)
    const row = (number, comment, flag, given) =>
      test({ profile, number, comment, flag, given, expect: 'signature_invalid' })
    const bytes = (number, comment, value, flag = 'SIGNATURE_BYTES') =>
      row(number, comment, flag, withSignature(good, value))
    const length = (number, comment, value) => bytes(number, comment, value, 'SIGNATURE_LENGTH')
    const [headerSegment, payloadSegment] = good.split('.')
    const signed = (number, comment, other) => row(number, comment, 'WRONG_KEY', token({ header, payload, key: other }))

    const lengths = [
      length(1, 'empty', ''),
      length(2, 'one byte', signature.subarray(0, 1)),
      length(3, '32 bytes', signature.subarray(0, 32)),
      length(4, '63 bytes', signature.subarray(0, 63)),
      length(5, '65 bytes', Buffer.concat([signature, Buffer.from([0])])),
      length(6, '65 bytes, a zero before', Buffer.concat([Buffer.from([0]), signature])),
      length(7, 'twice', Buffer.concat([signature, signature])),
      length(8, 'of another alphabet: its hexadecimal text', Buffer.from(signature.toString('hex'))),
      length(9, '1000 bytes', Buffer.alloc(1000, 1)),
      length(10, 'a public key of 32 bytes', Buffer.from(keys.ed.a.publicJwk.x, 'base64url')),
    ]
    const contents = [
      bytes(20, 'all zero', Buffer.alloc(64)),
      bytes(21, 'all ones', Buffer.alloc(64, 0xff)),
      bytes(22, 'the first bit flipped', flipBit(signature, 0)),
      bytes(23, 'the last bit flipped', flipBit(signature, 511)),
      bytes(24, 'a bit in the middle flipped', flipBit(signature, 255)),
      bytes(25, 'a bit after the middle flipped', flipBit(signature, 256)),
      bytes(26, 'its halves exchanged', Buffer.concat([signature.subarray(32), signature.subarray(0, 32)])),
      bytes(27, 'its bytes backwards', Buffer.from(signature).reverse()),
      bytes(28, 'of another token', signatureOf(token({ header, payload: claimsText({ sub: '"u2"' }), key }))),
      bytes(29, 'of the payload alone', signatureOf(token({ header: '', payload, key }))),
    ]
    const changed = [
      row(
        40,
        'another payload',
        'CHANGED_TOKEN',
        `${headerSegment}.${b64u(claimsText({ sub: '"u2"' }))}.${b64u(signature)}`,
      ),
      row(
        41,
        'another header that says the same',
        'CHANGED_TOKEN',
        `${b64u(`${header} `)}.${payloadSegment}.${b64u(signature)}`,
      ),
      row(
        42,
        'a header without typ',
        'CHANGED_TOKEN',
        `${b64u(`{"alg":"${key.alg}"}`)}.${payloadSegment}.${b64u(signature)}`,
      ),
      row(
        43,
        'a space after the payload',
        'CHANGED_TOKEN',
        `${headerSegment}.${b64u(`${payload} `)}.${b64u(signature)}`,
      ),
    ]
    const wrong = [
      signed(60, 'another key of the same kind', otherKey),
      ...(profile.name === 'HS512' ? secrets(signed) : []),
      ...(profile.name === 'EdDSA' ? [signed(70, 'the key of RFC 8037', keys.ed.rfc8037)] : []),
    ]
    return [...lengths, ...contents, ...changed, ...wrong]
  }

  const secrets = (signed) => {
    const secret = (bytes) => ({ alg: 'HS512', bytes: Buffer.from(bytes) })
    const { bytes, text } = keys.hs.a
    return [
      signed(61, 'an empty secret', secret('')),
      signed(64, 'the text of the secret instead of its bytes', secret(text)),
      signed(65, 'the secret in hexadecimal', secret(bytes.toString('hex'))),
      signed(66, 'all but the last byte of the secret', secret(bytes.subarray(0, 63))),
      signed(67, 'the word null', secret('null')),
      signed(68, 'the word undefined', secret('undefined')),
      signed(69, 'the secret and one byte more', secret(Buffer.concat([bytes, Buffer.from([1])]))),
    ]
  }

  const [hs512] = profiles
  const shortMac = (number, alg) => {
    const given = withSignature(
      token({ header: hs512.header, payload, key: hs512.key }),
      signatureOf(token({ header: hs512.header, payload, key: hs512.key, alg })),
    )
    return test({
      profile: hs512,
      number,
      comment: `an ${alg} signature under an HS512 header`,
      flag: 'SIGNATURE_LENGTH',
      given,
      expect: 'signature_invalid',
    })
  }

  return {
    suite: 'verify-signature',
    kind: 'verify',
    prefix: 'vsig',
    notes,
    kits: profileKits(),
    groups: [
      ...profiles.map((profile) => ({ name: `${profile.name} signature`, tests: rows(profile) })),
      { name: 'shorter MACs', tests: [shortMac(80, 'HS256'), shortMac(81, 'HS384')] },
    ],
  }
}
