// What comes after the claims: revocation, binding, and consuming a token once.
import { verifyCase } from '../verify-case.mjs'

const notes = {
  REVOCATION: {
    description: 'A revocation list names issuer and jti; one that fails to answer lets nothing through.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc7519#4.1.7', 'local#design-5'],
    cves: [],
  },
  BINDING: {
    description: 'A token is bound by cnf to a key or a certificate, and the kit asks for that binding.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc7800#3.1', 'rfc8705#3.1', 'rfc9449#6.1'],
    cves: [],
  },
  REPLAY: {
    description: 'A token is consumed once for its issuer; a store that fails to answer lets nothing through.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc7519#4.1.7', 'rfc8725#2.8'],
    cves: [],
  },
}

const test = verifyCase('vsto')

export default ({ profiles, profileKits, keys, claimsText, ISSUER, NOW }) => {
  const thumbprint = keys.ed.b.thumbprint
  const certificate = keys.ed.c.thumbprint
  const revoked = (issuer, jti) => ({ revoked: [{ issuer, jti }] })
  const consumed = (issuer, jti) => ({ consumed: [{ issuer, jti }] })
  const j1 = { jti: '"j1"' }
  const expired = { exp: `${NOW - 90}` }

  /** [number, comment, members, stores, expected, operation] */
  const revocations = [
    [1, 'a revoked token', j1, revoked(ISSUER, 'j1'), 'token_revoked'],
    [2, 'another token', { jti: '"j2"' }, revoked(ISSUER, 'j1'), 'ok'],
    [3, 'the same jti of another issuer', j1, revoked('https://peer.example', 'j1'), 'ok'],
    [4, 'a jti in other case', { jti: '"J1"' }, revoked(ISSUER, 'j1'), 'ok'],
    [5, 'a token without jti cannot be named', {}, revoked(ISSUER, 'j1'), 'ok'],
    [6, 'the list does not answer', j1, { revocationUnavailable: true }, 'revocation_unavailable'],
    [7, 'expired comes before revoked', { ...j1, ...expired }, revoked(ISSUER, 'j1'), 'token_expired'],
    [
      8,
      'too long a lifetime comes before revoked',
      { ...j1, exp: `${NOW + 90000}` },
      revoked(ISSUER, 'j1'),
      'token_lifetime_too_long',
    ],
    [
      9,
      'expired comes before a list that does not answer',
      { ...j1, ...expired },
      { revocationUnavailable: true },
      'token_expired',
    ],
    [
      10,
      'a revoked token, to check access',
      { ...j1, sub: '"u1"' },
      revoked(ISSUER, 'j1'),
      'token_revoked',
      'checkAuth',
    ],
    [11, 'a revoked token, to consume', j1, revoked(ISSUER, 'j1'), 'token_revoked', 'consumeOnce'],
    [12, '__proto__ as jti', { jti: '"__proto__"' }, revoked(ISSUER, 'j1'), 'ok'],
    [13, '__proto__ as jti, revoked', { jti: '"__proto__"' }, revoked(ISSUER, '__proto__'), 'token_revoked'],
    [14, 'issuer and jti run together do not name another', { jti: '"1j"' }, revoked(`${ISSUER}1`, 'j'), 'ok'],
  ]

  const replays = [
    [31, 'a token that was consumed', j1, consumed(ISSUER, 'j1'), 'token_replayed', 'consumeOnce'],
    [32, 'another token', { jti: '"j2"' }, consumed(ISSUER, 'j1'), 'ok', 'consumeOnce'],
    [33, 'the same jti of another issuer', j1, consumed('https://peer.example', 'j1'), 'ok', 'consumeOnce'],
    [34, 'the store does not answer', j1, { replayUnavailable: true }, 'replay_unavailable', 'consumeOnce'],
    [35, 'verifying alone does not look at the store', j1, consumed(ISSUER, 'j1'), 'ok'],
    [36, 'nor does checking access', { ...j1, sub: '"u1"' }, consumed(ISSUER, 'j1'), 'ok', 'checkAuth'],
    [37, 'verifying alone does not need the store', j1, { replayUnavailable: true }, 'ok'],
    [
      38,
      'expired comes before consumed',
      { ...j1, ...expired },
      consumed(ISSUER, 'j1'),
      'token_expired',
      'consumeOnce',
    ],
    [
      39,
      'no jti comes before a store that does not answer',
      {},
      { replayUnavailable: true },
      'claim_missing jti',
      'consumeOnce',
    ],
    [40, '__proto__ as jti is fresh', { jti: '"__proto__"' }, undefined, 'ok', 'consumeOnce'],
    [
      41,
      '__proto__ as jti, consumed',
      { jti: '"__proto__"' },
      consumed(ISSUER, '__proto__'),
      'token_replayed',
      'consumeOnce',
    ],
    [42, 'a token within its leeway', { ...j1, exp: `${NOW - 89}` }, undefined, 'ok', 'consumeOnce'],
    [
      43,
      'a token within its leeway that was consumed',
      { ...j1, exp: `${NOW - 89}` },
      consumed(ISSUER, 'j1'),
      'token_replayed',
      'consumeOnce',
    ],
  ]

  const jkt = { jkt: thumbprint }
  const x5t = { 'x5t#S256': certificate }
  const cnf = (value) => ({ cnf: JSON.stringify(value) })
  /** [number, comment, members, confirmation, expected] */
  const bindings = [
    [60, 'bound to the key', cnf(jkt), jkt, 'ok'],
    [61, 'bound to the certificate', cnf(x5t), x5t, 'ok'],
    [62, 'bound to both, both asked for', cnf({ ...jkt, ...x5t }), { ...jkt, ...x5t }, 'ok'],
    [63, 'bound to both, one asked for', cnf({ ...jkt, ...x5t }), x5t, 'ok'],
    [64, 'bound, and nothing asked for', cnf(jkt), undefined, 'ok'],
    [65, 'other members of cnf are ignored', cnf({ jwk: { kty: 'OKP' }, kid: 5, ...jkt }), jkt, 'ok'],
    [70, 'cnf is absent', {}, jkt, 'binding_missing'],
    [71, 'cnf is null', { cnf: 'null' }, jkt, 'binding_missing'],
    [72, 'cnf is a string', { cnf: JSON.stringify(thumbprint) }, jkt, 'binding_missing'],
    [73, 'cnf is an array', { cnf: `["${thumbprint}"]` }, jkt, 'binding_missing'],
    [74, 'cnf is true', { cnf: 'true' }, jkt, 'binding_missing'],
    [75, 'cnf is empty', { cnf: '{}' }, jkt, 'binding_missing'],
    [76, 'cnf has only the other member', cnf(x5t), jkt, 'binding_missing'],
    [77, 'the member is null', { cnf: '{"jkt":null}' }, jkt, 'binding_missing'],
    [78, 'the member is a number', { cnf: '{"jkt":5}' }, jkt, 'binding_missing'],
    [
      79,
      'the member is an array that holds the thumbprint',
      { cnf: `{"jkt":["${thumbprint}"]}` },
      jkt,
      'binding_missing',
    ],
    [80, 'both asked for, one there', cnf(jkt), { ...jkt, ...x5t }, 'binding_missing'],
    [81, 'a member inherited by name only', { cnf: '{"__proto__":{"jkt":"x"}}' }, jkt, 'binding_missing'],
    [90, 'bound to another key', cnf({ jkt: keys.ed.a.thumbprint }), jkt, 'binding_mismatch'],
    [91, 'bound to another certificate', cnf({ 'x5t#S256': thumbprint }), x5t, 'binding_mismatch'],
    [92, 'the thumbprint in other case', cnf({ jkt: thumbprint.toLowerCase() }), jkt, 'binding_mismatch'],
    [93, 'the thumbprint with padding', cnf({ jkt: `${thumbprint}=` }), jkt, 'binding_mismatch'],
    [94, 'the thumbprint cut off', cnf({ jkt: thumbprint.slice(0, -1) }), jkt, 'binding_mismatch'],
    [95, 'an empty member is there, and different', cnf({ jkt: '' }), jkt, 'binding_mismatch'],
    [
      96,
      'both asked for, the second different',
      cnf({ ...jkt, 'x5t#S256': thumbprint }),
      { ...jkt, ...x5t },
      'binding_mismatch',
    ],
    [
      97,
      'both asked for, the first different',
      cnf({ ...x5t, jkt: certificate }),
      { ...jkt, ...x5t },
      'binding_mismatch',
    ],
    [98, 'expired comes before a missing binding', expired, jkt, 'token_expired'],
    [110, 'nothing to bind to', cnf(jkt), {}, 'misuse'],
    [111, 'an empty thumbprint to bind to', cnf(jkt), { jkt: '' }, 'misuse'],
    [112, 'an empty certificate thumbprint to bind to', cnf(x5t), { 'x5t#S256': '' }, 'misuse'],
  ]

  const group = (profile) => {
    const stored =
      (flag) =>
      ([number, comment, members, stores, expect, operation]) =>
        test({ profile, number, comment, flag, payload: claimsText(members), operation, stores, expect })
    return {
      name: profile.name,
      tests: [
        ...revocations.map(stored('REVOCATION')),
        ...replays.map(stored('REPLAY')),
        ...bindings.map(([number, comment, members, confirmation, expect]) =>
          test({
            profile,
            number,
            comment,
            flag: 'BINDING',
            payload: claimsText(members),
            options: confirmation && { confirmation },
            expect,
          }),
        ),
        test({
          profile,
          number: 120,
          comment: 'revoked comes before a missing binding',
          flag: 'BINDING',
          payload: claimsText(j1),
          stores: revoked(ISSUER, 'j1'),
          options: { confirmation: jkt },
          expect: 'token_revoked',
        }),
        test({
          profile,
          number: 121,
          comment: 'a binding asked for when checking access',
          flag: 'BINDING',
          payload: claimsText({ sub: '"u1"' }),
          operation: 'checkAuth',
          options: { confirmation: jkt },
          expect: 'binding_missing',
        }),
      ],
    }
  }

  return {
    suite: 'verify-stores',
    kind: 'verify',
    prefix: 'vsto',
    notes,
    kits: profileKits(),
    groups: profiles.map(group),
  }
}
