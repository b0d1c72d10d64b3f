// The order of the rules: where several are broken, the first gives the code. Every fault is made to stand beside others.
import { verifyCase } from '../verify-case.mjs'

const notes = {
  ADJACENT: {
    description: 'Two neighbouring rules are broken by one token.',
    bugType: 'INTEROP',
    spec: ['local#design-5'],
    cves: [],
  },
  ALL_LATER: {
    description: 'A rule is broken and so is every later one: nothing may be read before it must be.',
    bugType: 'PARSER_DIFFERENTIAL',
    spec: ['local#design-5'],
    cves: [],
  },
  PAIR: {
    description: 'A cheap early rule and one that an implementation may be tempted to try sooner.',
    bugType: 'PARSER_DIFFERENTIAL',
    spec: ['local#design-5'],
    cves: [],
  },
}

const test = verifyCase('vord')

export default ({ profiles, keys, claimsText, tokenOfSegments, b64u, compact, ISSUER, NOW }) => {
  const gateway = (profile) => ({ ...profile.config, actors: ['gateway'] })
  const jkt = { jkt: keys.ed.c.thumbprint }
  const revoked = { revoked: [{ issuer: ISSUER, jti: 'j1' }] }

  // A draft of a test that each fault changes in its own place, so that any of them can stand together.
  const draft = (profile) => ({
    header: { alg: profile.key.alg, typ: 'JWT' },
    claims: { act: '{"sub":"gateway"}', jti: '"j1"' },
    kit: gateway(profile),
    key: profile.key,
    now: NOW,
  })
  const inHeader = (members) => (d) => ({ ...d, header: { ...d.header, ...members } })
  const inClaims = (members) => (d) => ({ ...d, claims: { ...d.claims, ...members } })

  /** [step, expected, fault], in the order of the rules. */
  const steps = [
    ['size', 'token_too_large', (d) => ({ ...d, kit: { ...d.kit, maxTokenBytes: 64 } })],
    ['shape', 'token_malformed', (d) => ({ ...d, ending: '=' })],
    ['header', 'header_invalid', inHeader({ crit: [] })],
    ['algorithm', 'alg_not_allowed', inHeader({ alg: 'HS384' })],
    ['type', 'typ_mismatch', inHeader({ typ: 'other' })],
    ['key', 'key_not_found', inHeader({ kid: 'nobody' })],
    ['signature', 'signature_invalid', (d) => ({ ...d, isForged: true })],
    ['payload', 'claims_malformed', (d) => ({ ...d, isDoubled: true })],
    ['claim types', 'claim_invalid iat', inClaims({ iat: '"x"' })],
    ['issuer', 'issuer_mismatch', inClaims({ iss: '"x"' })],
    ['audience', 'audience_mismatch', inClaims({ aud: '"x"' })],
    ['actor', 'actor_not_allowed', inClaims({ act: '{"sub":"x"}' })],
    ['exp', 'token_expired', inClaims({ exp: `${NOW - 90}` })],
    ['nbf', 'token_not_yet_valid', inClaims({ nbf: `${NOW + 91}` })],
    ['iat', 'token_issued_in_future', (d) => (d.claims.iat === '"x"' ? d : inClaims({ iat: `${NOW + 91}` })(d))],
    ['lifetime', 'token_lifetime_too_long', (d) => ({ ...d, kit: { ...d.kit, maxLifetime: 10, ttl: 10 } })],
    ['revocation', 'token_revoked', (d) => ({ ...d, stores: revoked })],
    ['binding', 'binding_missing', (d) => ({ ...d, options: { confirmation: jkt } })],
  ]
  // A lifetime is judged by exp - iat: with iat in the future it must still be too long, so exp is moved out as well.
  const apply = (profile, indexes) => {
    const ordered = indexes.map((i) => steps[i])
    const made = ordered.reduce((d, [, , fault]) => fault(d), draft(profile))
    const names = ordered.map(([step]) => step)
    if (names.includes('lifetime') && names.includes('iat') && !names.includes('exp')) made.claims.exp = `${NOW + 900}`
    return made
  }

  const build = (profile, number, comment, flag, indexes) => {
    const d = apply(profile, indexes)
    // An HS512 secret without kid answers to every kid, so the key step needs a secret that has one.
    const named = profile.name === 'HS512' ? { ...d.kit, kid: 'k1' } : d.kit
    const payload = d.isDoubled ? claimsText(d.claims).replace('{', '{"x":1,"x":1,') : claimsText(d.claims)
    const segments = { header: b64u(JSON.stringify(compact(d.header))), payload: b64u(payload) }
    const given = tokenOfSegments({ ...segments, key: d.isForged ? profile.otherKey : d.key }) + (d.ending ?? '')
    const [, expect] = steps[indexes[0]]
    return test({ profile, number, comment, flag, kit: named, given, stores: d.stores, options: d.options, expect })
  }

  const range = (from, to) => Array.from({ length: to - from }, (_, i) => from + i)
  const index = (name) => steps.findIndex(([step]) => step === name)
  /** [number, earlier, later]: pairs that are not neighbours and that code is written wrongly for. */
  const tempting = [
    [100, 'signature', 'exp'],
    [101, 'signature', 'issuer'],
    [102, 'signature', 'claim types'],
    [103, 'algorithm', 'signature'],
    [104, 'header', 'payload'],
    [105, 'type', 'signature'],
    [106, 'type', 'exp'],
    [107, 'key', 'payload'],
    [108, 'claim types', 'exp'],
    [109, 'claim types', 'audience'],
    [110, 'issuer', 'exp'],
    [111, 'audience', 'exp'],
    [112, 'actor', 'lifetime'],
    [113, 'exp', 'revocation'],
    [114, 'exp', 'binding'],
    [115, 'shape', 'algorithm'],
    [116, 'size', 'algorithm'],
    [117, 'payload', 'exp'],
    [118, 'nbf', 'binding'],
    [119, 'issuer', 'actor'],
  ]

  const group = (profile) => ({
    name: `${profile.name} order`,
    tests: [
      ...range(0, steps.length).map((i) => build(profile, 1 + i, `${steps[i][0]} alone`, 'ADJACENT', [i])),
      ...range(0, steps.length - 1).map((i) =>
        build(profile, 30 + i, `${steps[i][0]} before ${steps[i + 1][0]}`, 'ADJACENT', [i, i + 1]),
      ),
      ...range(0, steps.length - 2).map((i) =>
        build(profile, 60 + i, `${steps[i][0]} before everything after it`, 'ALL_LATER', range(i, steps.length)),
      ),
      ...tempting.map(([number, earlier, later]) =>
        build(profile, number, `${earlier} before ${later}`, 'PAIR', [index(earlier), index(later)]),
      ),
    ],
  })

  return { suite: 'verify-order', kind: 'verify', prefix: 'vord', notes, groups: profiles.map(group) }
}
