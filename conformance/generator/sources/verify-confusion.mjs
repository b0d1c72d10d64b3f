// Public keys in the place of secrets: the oldest forgery there is.
import { createPublicKey } from 'node:crypto'
import { verifyCase } from '../verify-case.mjs'

const notes = {
  ALG_CONFUSION: {
    description: 'A public key, in some written form, used as an HMAC secret.',
    bugType: 'FORGERY',
    spec: ['rfc8725#2.1', 'rfc8725#3.1'],
    cves: [
      'CVE-2017-11424',
      'CVE-2022-23541',
      'CVE-2022-29217',
      'CVE-2024-33663',
      'CVE-2024-37568',
      'CVE-2023-48223',
      'CVE-2026-34950',
      'CVE-2026-48526',
    ],
  },
}

const test = verifyCase('vcnf')

/** The written forms of a public key that have been taken for secrets. */
const forms = ({ publicJwk, privateKey }) => {
  const key = createPublicKey(privateKey)
  const der = key.export({ format: 'der', type: 'spki' })
  const pem = key.export({ format: 'pem', type: 'spki' })
  return [
    [0, 'PEM', pem],
    [1, 'PEM without its last line feed', pem.trimEnd()],
    [2, 'DER', der],
    [3, 'JWK text', JSON.stringify(publicJwk)],
    [4, 'JWKS text', JSON.stringify({ keys: [publicJwk] })],
    [5, 'base64 of the DER', der.toString('base64')],
  ]
}
const edwardsForms = (key) => {
  const raw = Buffer.from(key.publicJwk.x, 'base64url')
  const length = (bytes) => Buffer.from([0, 0, 0, bytes.length])
  const blob = Buffer.concat([length('ssh-ed25519'), Buffer.from('ssh-ed25519'), length(raw), raw])
  return [
    ...forms(key),
    [6, 'raw bytes', raw],
    [7, 'base64url of the raw bytes', key.publicJwk.x],
    [8, 'SSH line', `ssh-ed25519 ${blob.toString('base64')}`],
  ]
}

export default ({ keys, claimsText, ISSUER, AUDIENCE }) => {
  const own = { issuer: ISSUER, audience: AUDIENCE, secret: keys.hs.a.text }
  const neutral = { name: 'confusion', block: 0 }
  const kits = {
    eddsa: { issuer: ISSUER, audience: AUDIENCE, publicKeys: keys.ed.a.publicJwk },
    both: { ...own, publicKeys: keys.ed.a.publicJwk, accept: ['HS512', 'EdDSA'] },
    eddsaOnly: { ...own, publicKeys: keys.ed.a.publicJwk, accept: ['EdDSA'] },
    rs256: {
      ...own,
      trust: [{ issuer: 'https://idp.example', algorithms: ['RS256'], publicKeys: keys.rs256.a.publicJwk }],
    },
  }

  const confused = (number, kit, alg, list, expect) =>
    list.map(([i, form, bytes]) =>
      test({
        profile: neutral,
        number: number + i,
        comment: `${alg} under the ${form} of the public key, against ${kit}`,
        flag: 'ALG_CONFUSION',
        kit,
        header: `{"alg":"${alg}","typ":"JWT"}`,
        payload: kit === 'rs256' ? claimsText({ iss: '"https://idp.example"' }) : undefined,
        key: { alg, bytes: Buffer.from(bytes) },
        expect,
      }),
    )
  const tests = [
    ...confused(100, 'eddsa', 'HS512', edwardsForms(keys.ed.a), 'alg_not_allowed'),
    ...confused(110, 'eddsa', 'HS256', edwardsForms(keys.ed.a), 'alg_not_allowed'),
    ...confused(120, 'both', 'HS512', edwardsForms(keys.ed.a), 'signature_invalid'),
    ...confused(130, 'eddsaOnly', 'HS512', edwardsForms(keys.ed.a), 'alg_not_allowed'),
    ...confused(140, 'rs256', 'HS256', forms(keys.rs256.a), 'alg_not_allowed'),
    ...confused(150, 'rs256', 'HS512', forms(keys.rs256.a), 'signature_invalid'),
  ]

  return {
    suite: 'verify-confusion',
    kind: 'verify',
    prefix: 'vcnf',
    notes,
    kits,
    groups: [{ name: 'public keys as secrets', tests }],
  }
}
