// Outside identity providers: their algorithms and keys. They are verified, never minted.
import { der } from '../mutate.mjs'
import { verifyCase } from '../verify-case.mjs'

const notes = {
  OUTSIDE_ALG: {
    description: 'A token of an outside issuer under one of the algorithms that only those may use.',
    bugType: 'INTEROP',
    spec: ['rfc7518#3.3', 'rfc7518#3.4', 'rfc7518#3.5'],
    cves: [],
  },
  OUTSIDE_SIGNATURE: {
    description: 'A signature that does not hold, or whose form JWS does not give it.',
    bugType: 'FORGERY',
    spec: ['rfc7518#3.3', 'rfc7518#3.4', 'rfc7518#3.5'],
    cves: ['CVE-2022-21449'],
  },
  KEY_BINDING: {
    description: 'A key serves only the algorithm of its type, curve and alg, of those that the issuer may use.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc8725#3.1', 'rfc7517#4.4'],
    cves: ['CVE-2022-23539', 'CVE-2026-22818'],
  },
}

const test = verifyCase('vout')
const IDP = 'https://idp.example'

export default ({ keys, claimsText, token, withSignature, signatureOf, ISSUER, AUDIENCE }) => {
  const outside = {
    RS256: keys.rs256,
    PS256: keys.ps256,
    ES256: keys.es256,
    ES384: keys.es384,
    ES512: keys.es512,
    EdDSA: keys.ed,
  }
  const trusting = (algorithms, publicKeys, more = { mapping: {} }) => ({
    issuer: ISSUER,
    audience: AUDIENCE,
    secret: keys.hs.a.text,
    trust: [{ issuer: IDP, algorithms, publicKeys, ...more }],
  })
  const kits = Object.fromEntries(
    Object.entries(outside).map(([alg, pair]) => [
      alg.toLowerCase(),
      trusting([alg], { ...pair.a.publicJwk, kid: 'k' }),
    ]),
  )
  const payload = claimsText({ iss: `"${IDP}"`, sub: '"alice"' })
  const idp = { name: 'outside', block: 0 }
  const headerOf = (alg, kid = 'k') => JSON.stringify({ alg, kid, typ: 'JWT' })
  const tokenOf = (alg, key = outside[alg].a, as = alg) => token({ header: headerOf(alg), payload, key, alg: as })
  const row = (number, comment, flag, kit, given, expect, more) =>
    test({ profile: idp, number, comment, flag, kit, given, payload, expect, ...more })

  const perAlgorithm = Object.keys(outside).flatMap((alg, i) => {
    const first = 20 * i
    const kit = alg.toLowerCase()
    const good = tokenOf(alg)
    const signature = signatureOf(good)
    const bad = (number, comment, value) =>
      row(
        first + number,
        `${alg}: ${comment}`,
        'OUTSIDE_SIGNATURE',
        kit,
        withSignature(good, value),
        'signature_invalid',
      )
    return [
      row(first, `${alg}: good`, 'OUTSIDE_ALG', kit, good, 'ok'),
      row(
        first + 1,
        `${alg}: by another key`,
        'OUTSIDE_SIGNATURE',
        kit,
        tokenOf(alg, outside[alg].b),
        'signature_invalid',
      ),
      bad(2, 'empty', ''),
      bad(3, 'all zero', Buffer.alloc(signature.length)),
      bad(4, 'one byte short', signature.subarray(0, -1)),
      bad(5, 'one byte long', Buffer.concat([signature, Buffer.from([0])])),
      bad(6, 'one byte long, a zero before', Buffer.concat([Buffer.from([0]), signature])),
      bad(
        7,
        'the last bit flipped',
        Buffer.from(signature).map((b, at) => (at === signature.length - 1 ? b ^ 1 : b)),
      ),
      bad(8, 'all ones', Buffer.alloc(signature.length, 0xff)),
      row(
        first + 9,
        `${alg}: a good token without kid`,
        'OUTSIDE_ALG',
        kit,
        token({ header: `{"alg":"${alg}"}`, payload, key: outside[alg].a, alg }),
        'ok',
      ),
    ]
  })

  const order = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex')
  const es256 = signatureOf(tokenOf('ES256'))
  const refused = (number, alg, comment, signature, good = tokenOf(alg)) => {
    const given = withSignature(good, signature)
    return row(number, `${alg}: ${comment}`, 'OUTSIDE_SIGNATURE', alg.toLowerCase(), given, 'signature_invalid')
  }
  const psychic = (number, comment, r, s) => refused(number, 'ES256', comment, Buffer.concat([r, s]))
  const zero = Buffer.alloc(32)
  const malleated = Buffer.from(
    (BigInt(`0x${order.toString('hex')}`) - BigInt(`0x${es256.subarray(32).toString('hex')}`))
      .toString(16)
      .padStart(64, '0'),
    'hex',
  )
  const elliptic = [
    refused(200, 'ES256', 'DER instead of R and S', der(es256)),
    refused(201, 'ES384', 'DER instead of R and S', der(signatureOf(tokenOf('ES384')))),
    psychic(202, 'R is zero', zero, es256.subarray(32)),
    psychic(203, 'S is zero', es256.subarray(0, 32), zero),
    psychic(204, 'R and S are the order', order, order),
    psychic(205, 'R is zero, S is one', zero, Buffer.concat([Buffer.alloc(31), Buffer.from([1])])),
    psychic(206, 'R and S exchanged', es256.subarray(32), es256.subarray(0, 32)),
    row(
      207,
      'ES256: the other S of the pair holds too, as ECDSA has it',
      'OUTSIDE_ALG',
      'es256',
      withSignature(tokenOf('ES256'), Buffer.concat([es256.subarray(0, 32), malleated])),
      'ok',
    ),
  ]

  const shortened = ['RS256', 'PS256'].map((alg, i) => {
    let given = tokenOf(alg)
    for (let n = 0; signatureOf(given)[0] !== 0; n += 1) {
      const numbered = payload.replace('{', `{"n":${n},`)
      given = token({ header: headerOf(alg), payload: numbered, key: outside[alg].a, alg })
    }
    return refused(208 + i, alg, 'without its leading zero byte', signatureOf(given).subarray(1), given)
  })
  const rsaBoth = trusting(['RS256', 'PS256'], { ...keys.rs256.a.publicJwk, kid: 'k' })
  const bound = (number, comment, kit, alg, key, expect, as = alg) =>
    row(number, comment, 'KEY_BINDING', kit, tokenOf(alg, key, as), expect)
  const rsa = (more) => ({ ...keys.rs256.a.publicJwk, kid: 'k', ...more })
  const binding = [
    bound(220, 'one RSA key, both algorithms: RS256', rsaBoth, 'RS256', keys.rs256.a, 'ok'),
    bound(221, 'one RSA key, both algorithms: PS256', rsaBoth, 'PS256', keys.rs256.a, 'ok'),
    bound(222, 'an RS256 signature that says PS256', rsaBoth, 'PS256', keys.rs256.a, 'signature_invalid', 'RS256'),
    bound(223, 'a PS256 signature that says RS256', rsaBoth, 'RS256', keys.rs256.a, 'signature_invalid', 'PS256'),
    bound(224, 'PS256 where only RS256 is listed', 'rs256', 'PS256', keys.rs256.a, 'alg_not_allowed'),
    bound(225, 'RS512 with a good signature', 'rs256', 'RS512', keys.rs256.a, 'alg_not_allowed'),
    bound(226, 'RS384 with a good signature', 'rs256', 'RS384', keys.rs256.a, 'alg_not_allowed'),
    bound(
      227,
      'a key whose alg is RS256 does not serve PS256',
      trusting(['RS256', 'PS256'], { keys: [rsa({ alg: 'RS256' })] }),
      'PS256',
      keys.rs256.a,
      'key_not_found',
    ),
    bound(
      228,
      'a key whose alg is RS256 serves RS256',
      trusting(['RS256', 'PS256'], { keys: [rsa({ alg: 'RS256' })] }),
      'RS256',
      keys.rs256.a,
      'ok',
    ),
    bound(
      229,
      'a key whose alg is RS512 serves neither',
      trusting(['RS256'], { keys: [rsa({ alg: 'RS512' })] }),
      'RS256',
      keys.rs256.a,
      'key_not_found',
    ),
    bound(
      230,
      'a key for encryption',
      trusting(['RS256'], { keys: [rsa({ use: 'enc' })] }),
      'RS256',
      keys.rs256.a,
      'key_not_found',
    ),
    bound(
      231,
      'an RSA key of 2047 bits is ignored',
      trusting(['RS256'], { keys: [{ ...keys.rsa2047.publicJwk, kid: 'k' }] }),
      'RS256',
      keys.rsa2047,
      'key_not_found',
    ),
    bound(
      232,
      'an RSA key of 1024 bits is ignored',
      trusting(['RS256'], { keys: [{ ...keys.rsa1024.publicJwk, kid: 'k' }] }),
      'RS256',
      keys.rsa1024,
      'key_not_found',
    ),
    bound(
      233,
      'a P-384 key does not serve ES256',
      trusting(['ES256'], { keys: [{ ...keys.es384.a.publicJwk, kid: 'k' }] }),
      'ES256',
      keys.es384.a,
      'key_not_found',
      'ES384',
    ),
    bound(
      234,
      'two curves under one kid: each serves its algorithm',
      trusting(['ES256', 'ES384'], {
        keys: [
          { ...keys.es256.a.publicJwk, kid: 'k' },
          { ...keys.es384.a.publicJwk, kid: 'k' },
        ],
      }),
      'ES384',
      keys.es384.a,
      'ok',
    ),
    bound(235, 'HS512 under the own secret, as the outside issuer', 'rs256', 'HS512', keys.hs.a, 'issuer_mismatch'),
    bound(
      236,
      'an Ed25519 key does not serve ES256',
      trusting(['ES256', 'EdDSA'], { keys: [{ ...keys.ed.a.publicJwk, kid: 'k' }] }),
      'ES256',
      keys.es256.a,
      'key_not_found',
    ),
  ]

  return {
    suite: 'verify-outside',
    kind: 'verify',
    prefix: 'vout',
    notes,
    kits,
    groups: [
      { name: 'algorithms', tests: perAlgorithm },
      { name: 'forms of ECDSA signatures', tests: elliptic },
      { name: 'integers of RSA signatures', tests: shortened },
      { name: 'keys and algorithms', tests: binding },
    ],
  }
}
