// Exported public keys are written by the toolkit, not by a runtime: kty crv x kid alg use, in this order.
import { keyCase } from '../key-case.mjs'

const notes = {
  EXPORT: {
    description: 'The exact text of an exported key, whatever members the imported one had.',
    bugType: 'SERIALIZATION',
    spec: ['rfc8037#2', 'local#design-5'],
    cves: [],
  },
  NEVER_PRIVATE: {
    description: 'The private member never comes out.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc7517#9.2', 'local#design-5'],
    cves: [],
  },
}

const rows = keyCase('kexp', 'exportPublic')

export default ({ keys }) => {
  const { a, rfc8037 } = keys.ed
  const jwk = (more) => ({ ...a.publicJwk, ...more })
  const exported = (key, kid = key.thumbprint) => ({
    jwk: `{"kty":"OKP","crv":"Ed25519","x":"${key.publicJwk.x}","kid":"${kid}","alg":"EdDSA","use":"sig"}`,
  })
  const text = [
    [1, 'the required members: the kid is the thumbprint', jwk(), exported(a)],
    [2, 'a kid is kept', jwk({ kid: 'k1' }), exported(a, 'k1')],
    [3, 'alg Ed25519 comes out as EdDSA', jwk({ alg: 'Ed25519' }), exported(a)],
    [
      4,
      'members in another order',
      { use: 'sig', x: a.publicJwk.x, alg: 'EdDSA', kid: 'k1', crv: 'Ed25519', kty: 'OKP' },
      exported(a, 'k1'),
    ],
    [5, 'other members are left out', jwk({ ext: true, key_ops: ['verify'], x5u: 'https://x.example' }), exported(a)],
    [6, 'from text', ` ${JSON.stringify(jwk({ kid: 'k1' }))}`, exported(a, 'k1')],
    [7, 'the key of RFC 8037', rfc8037.publicJwk, exported(rfc8037)],
    [8, 'a kid that JSON escapes', jwk({ kid: 'a"b\\c\n' }), exported(a, 'a\\"b\\\\c\\n')],
    [9, 'a kid beyond ASCII', jwk({ kid: '\u00e9\u{1f600}' }), exported(a, '\u00e9\u{1f600}')],
  ]
  const halves = [
    [20, 'a private key', a.privateJwk, exported(a)],
    [21, 'a private key with a kid', { ...a.privateJwk, kid: 'k1' }, exported(a, 'k1')],
    [22, 'a private key that may only sign', { ...a.privateJwk, key_ops: ['sign'] }, exported(a)],
  ]
  return {
    suite: 'keys-export',
    kind: 'keys',
    prefix: 'kexp',
    notes,
    groups: [
      { name: 'text', tests: text.map(rows('EXPORT')) },
      { name: 'public halves', tests: halves.map(rows('NEVER_PRIVATE')) },
    ],
  }
}
