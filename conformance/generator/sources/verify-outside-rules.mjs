// What holds for issuers that are not the own one, and the mapping of their claims.
import { verifyCase } from '../verify-case.mjs'

const notes = {
  OUTSIDE_RULES: {
    description: 'What does and does not hold for issuers that are not the own one.',
    bugType: 'AUTH_BYPASS',
    spec: ['local#design-5'],
    cves: [],
  },
  MAPPING: {
    description: 'Permissions and roles come from the claims that the mapping names and from nowhere else.',
    bugType: 'AUTH_BYPASS',
    spec: ['local#design-5'],
    cves: [],
  },
}

const test = verifyCase('vmap')
const IDP = 'https://idp.example'
const idp = { name: 'outside', block: 0 }
const header = '{"alg":"ES256","kid":"k","typ":"JWT"}'

export default ({ keys, profiles, claimsText, compact, jcs, ISSUER, AUDIENCE, NOW }) => {
  const trusting = (algorithms, publicKeys, more = { mapping: {} }) => ({
    issuer: ISSUER,
    audience: AUDIENCE,
    secret: keys.hs.a.text,
    trust: [{ issuer: IDP, algorithms, publicKeys, ...more }],
  })
  const kits = { es256: trusting(['ES256'], { ...keys.es256.a.publicJwk, kid: 'k' }) }
  const canonical = (members) => jcs(compact(members))
  const claims = (number, comment, members, expect, flag = 'OUTSIDE_RULES', more = {}) => {
    const text = claimsText({ iss: `"${IDP}"`, ...members })
    return test({
      profile: idp,
      number,
      comment,
      flag,
      kit: 'es256',
      header,
      payload: text,
      key: keys.es256.a,
      expect,
      ...more,
    })
  }
  const plainTrust = {
    ...profiles[0].config,
    trust: [{ issuer: 'https://peer.example', algorithms: ['EdDSA'], publicKeys: keys.ed.b.publicJwk }],
  }
  const peer = (number, comment, members, expect) => {
    const text = claimsText({ iss: '"https://peer.example"', ...members })
    return test({
      profile: idp,
      number,
      comment,
      flag: 'OUTSIDE_RULES',
      kit: plainTrust,
      header: '{"alg":"EdDSA"}',
      payload: text,
      key: keys.ed.b,
      expect,
    })
  }
  const rules = [
    claims(250, 'iat may be absent', { iat: undefined }, 'ok'),
    claims(251, 'a lifetime of ten years', { exp: `${NOW + 315360000}` }, 'ok'),
    claims(252, 'iat in the future is refused all the same', { iat: `${NOW + 91}` }, 'token_issued_in_future'),
    claims(253, 'iat of a wrong type is refused all the same', { iat: '"now"' }, 'claim_invalid iat'),
    claims(254, 'exp is required all the same', { exp: undefined }, 'claim_missing exp'),
    claims(255, 'the audience is checked all the same', { aud: '"client-id"' }, 'audience_mismatch'),
    claims(256, 'no actor may be named', { act: '{"sub":"gateway"}' }, 'actor_not_allowed'),
    claims(257, 'the own name over an outside key', { iss: `"${ISSUER}"` }, 'issuer_mismatch'),
    claims(258, 'strict JSON all the same', { x: '{"a":1,"a":2}' }, 'claims_malformed'),
    claims(259, 'numbers all the same', { x: '9007199254740993' }, 'claims_malformed'),
    claims(260, 'expired', { exp: `${NOW - 90}` }, 'token_expired'),
    claims(261, 'a typ of access tokens is not expected here', {}, 'typ_mismatch', 'OUTSIDE_RULES', {
      header: '{"alg":"ES256","kid":"k","typ":"at+jwt"}',
    }),
    peer(270, 'an issuer beside the own, without mapping: iat may be absent', { iat: undefined }, 'ok'),
    peer(
      271,
      'an issuer beside the own, without mapping: a lifetime of ten years',
      { exp: `${NOW + 315360000}` },
      'ok',
    ),
    peer(
      272,
      'an issuer beside the own, without mapping: permissions are kept',
      { permissions: '["read"]', roles: '["admin"]' },
      'ok',
    ),
  ]

  const mapped = (number, comment, mapping, members, expected) => {
    const text = claimsText({ iss: `"${IDP}"`, sub: '"alice"', ...members })
    const kit = trusting(['ES256'], { ...keys.es256.a.publicJwk, kid: 'k' }, mapping ? { mapping } : {})
    const isFault = typeof expected === 'string'
    return test({
      profile: idp,
      number,
      comment,
      flag: 'MAPPING',
      kit,
      header,
      payload: text,
      key: keys.es256.a,
      expect: isFault ? expected : 'ok',
      claims: isFault
        ? undefined
        : canonical({ iss: IDP, aud: AUDIENCE, exp: NOW + 300, iat: NOW, sub: 'alice', ...expected }),
    })
  }
  const all = { subjectPrefix: 'idp|', permissions: 'scp', roles: 'https://idp.example/roles' }
  const named = { 'https://idp.example/roles': '["staff"]', scp: '"read write"' }
  const claimed = { permissions: '["admin"]', roles: '["root"]' }
  const mapping = [
    mapped(300, "the token's own permissions and roles are dropped", {}, claimed, {}),
    mapped(301, 'dropped even without a mapping, by the algorithm', undefined, claimed, {}),
    mapped(302, 'a prefix for sub', { subjectPrefix: 'idp|' }, {}, { sub: 'idp|alice' }),
    mapped(303, 'a prefix where sub is absent', { subjectPrefix: 'idp|' }, { sub: undefined }, { sub: undefined }),
    mapped(
      304,
      'permissions from a string',
      { permissions: 'scp' },
      { scp: '"read write"' },
      { scp: 'read write', permissions: ['read', 'write'] },
    ),
    mapped(
      305,
      'permissions from an array',
      { permissions: 'scp' },
      { scp: '["read","write"]' },
      { scp: ['read', 'write'], permissions: ['read', 'write'] },
    ),
    mapped(
      306,
      'roles from a claim with a URL for a name',
      { roles: 'https://idp.example/roles' },
      { 'https://idp.example/roles': '["staff"]' },
      { 'https://idp.example/roles': ['staff'], roles: ['staff'] },
    ),
    mapped(307, 'all at once', all, named, {
      sub: 'idp|alice',
      scp: 'read write',
      permissions: ['read', 'write'],
      'https://idp.example/roles': ['staff'],
      roles: ['staff'],
    }),
    mapped(
      308,
      'the named claim is absent, so permissions are',
      { permissions: 'scp' },
      { permissions: '["admin"]' },
      {},
    ),
    mapped(
      309,
      'permissions from the claim of that name, where that is said',
      { permissions: 'permissions' },
      { permissions: '["read"]' },
      { permissions: ['read'] },
    ),
    mapped(
      310,
      'permissions from roles, and roles from nowhere',
      { permissions: 'roles' },
      { roles: '["read"]' },
      { permissions: ['read'] },
    ),
    mapped(
      311,
      'permissions and roles exchanged',
      { permissions: 'roles', roles: 'permissions' },
      { roles: '["a"]', permissions: '["b"]' },
      { permissions: ['a'], roles: ['b'] },
    ),
    mapped(312, 'an empty array', { permissions: 'scp' }, { scp: '[]' }, { scp: [], permissions: [] }),
    mapped(
      313,
      'scope and groups are kept',
      {},
      { scope: '"read"', groups: '["g"]' },
      { scope: 'read', groups: ['g'] },
    ),
    mapped(
      314,
      'a tab does not separate',
      { permissions: 'scp' },
      { scp: '"read\\twrite"' },
      { scp: 'read\twrite', permissions: ['read\twrite'] },
    ),
    mapped(
      315,
      'spaces doubled and at the ends give nothing',
      { permissions: 'scp' },
      { scp: '" read  write "' },
      { scp: ' read  write ', permissions: ['read', 'write'] },
    ),
    mapped(316, 'an empty string gives an empty list', { roles: 'scp' }, { scp: '""' }, { scp: '', roles: [] }),
    mapped(320, 'the named claim is a number', { permissions: 'scp' }, { scp: '5' }, 'claim_invalid scp'),
    mapped(321, 'the named claim is null', { permissions: 'scp' }, { scp: 'null' }, 'claim_invalid scp'),
    mapped(322, 'the named claim is an object', { roles: 'scp' }, { scp: '{"read":true}' }, 'claim_invalid scp'),
    mapped(323, 'the named claim holds a number', { permissions: 'scp' }, { scp: '["read",5]' }, 'claim_invalid scp'),
    mapped(324, 'the named claim is true', { permissions: 'scp' }, { scp: 'true' }, 'claim_invalid scp'),
    mapped(
      325,
      'expired comes before the mapping',
      { permissions: 'scp' },
      { scp: '5', exp: `${NOW - 90}` },
      'token_expired',
    ),
    mapped(
      326,
      'own permissions of a wrong type are refused before they would be dropped',
      {},
      { permissions: '"admin"' },
      'claim_invalid permissions',
    ),
    mapped(327, 'a mapped claim named __proto__ is absent', { permissions: '__proto__' }, {}, {}),
    mapped(328, 'a mapped claim named constructor is absent', { permissions: 'constructor' }, {}, {}),
    mapped(
      329,
      'claims with the names of nothing are not what a mapping leaves out',
      {},
      { undefined: '["admin"]', null: '["admin"]', None: '["admin"]', '': '["admin"]' },
      { undefined: ['admin'], null: ['admin'], None: ['admin'], '': ['admin'] },
    ),
  ]

  return {
    suite: 'verify-outside-rules',
    kind: 'verify',
    prefix: 'vmap',
    notes,
    kits,
    groups: [
      { name: 'rules', tests: rules },
      { name: 'mapping', tests: mapping },
    ],
  }
}
