// Configurations that switch a check off, or mean nothing: no token is looked at, however good it is.
import { verifyCase } from '../verify-case.mjs'

const notes = {
  SWITCHED_OFF: {
    description: 'A setting that is empty, misspelt or of a wrong type would leave a check out without a word.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc8725#3.9', 'local#design-6'],
    cves: ['CVE-2025-62610', 'GHSA-687g-22h4-j4w4'],
  },
  BOUNDARY: {
    description: 'The least and the most that a setting may be, and one beyond.',
    bugType: 'AUTH_BYPASS',
    spec: ['local#design-6'],
    cves: ['GHSA-687g-22h4-j4w4'],
  },
  KEY_BINDING: {
    description: 'A secret that signs must be meant for signing and for verifying.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc7517#4.3'],
    cves: [],
  },
}

const test = verifyCase('vcfg')
const neutral = { name: 'configuration', block: 0 }

export default ({ keys, profiles, ISSUER, AUDIENCE }) => {
  const { hs, ed } = keys
  const [{ key, header }] = profiles
  const own = { issuer: ISSUER, audience: AUDIENCE, secret: hs.a.text }
  const peer = { issuer: 'https://peer.example', algorithms: ['EdDSA'], publicKeys: ed.b.publicJwk }
  const entry = (more) => ({ trust: [{ ...peer, ...more }] })
  const oct = (operations) => ({ secret: { kty: 'oct', k: hs.a.text, key_ops: operations } })
  const secrets = (count) => Array.from({ length: count }, (_, i) => hs.make(`many ${i}`).text)
  const invalid = (variable) => `config_invalid ${variable}`

  // biome-ignore format: a table, one case a line
  const off = [
    [1, 'an unknown member', { audiences: ['api'] }, invalid('audiences')],
    [2, 'an unknown member of a trusted issuer', entry({ audiences: ['api'] }), invalid('trust[0].audiences')],
    [3, 'an unknown member of a mapping', entry({ mapping: { groups: 'g' } }), invalid('trust[0].mapping.groups')],
    [10, 'an empty issuer', { issuer: '' }, invalid('issuer')],
    [11, 'an issuer of null', { issuer: null }, invalid('issuer')],
    [12, 'a list of issuers', { issuer: [ISSUER] }, invalid('issuer')],
    [13, 'an issuer with a lone surrogate', { issuer: 'https://\ud800' }, invalid('issuer')],
    [14, 'an empty audience', { audience: '' }, invalid('audience')],
    [15, 'an empty list of audiences', { audience: [] }, invalid('audience')],
    [16, 'an audience of null', { audience: null }, invalid('audience')],
    [17, 'an empty audience among others', { audience: ['api', ''] }, invalid('audience')],
    [18, 'an audience twice', { audience: ['api', 'api'] }, invalid('audience')],
    [19, 'a number as an audience', { audience: 5 }, invalid('audience')],
    [20, 'a lone surrogate among the audiences', { audience: ['api', '\udc00'] }, invalid('audience')],
    [21, 'no types', { types: [] }, invalid('types')],
    [22, 'an empty type', { types: [''] }, invalid('types')],
    [23, 'requireType as text', { requireType: 'true' }, invalid('requireType')],
    [24, 'requireType null', { requireType: null }, invalid('requireType')],
    [25, 'no algorithms', { accept: [] }, invalid('accept')],
    [26, 'an algorithm under both of its names', { accept: ['EdDSA', 'Ed25519'] }, invalid('accept')],
    [27, 'an unknown algorithm', { accept: ['HS512', 'none'] }, invalid('accept')],
    [28, 'no pins', { allowedThumbprints: [] }, invalid('allowedThumbprints')],
    [29, 'a pin that is no thumbprint', { allowedThumbprints: ['kid-1'] }, invalid('allowedThumbprints')],
    [30, 'no actors', { actors: [] }, invalid('actors')],
    [31, 'no trusted issuers', { trust: [] }, invalid('trust')],
    [32, 'an empty kid', { kid: '' }, invalid('kid')],
    [33, 'no further secrets', { acceptSecrets: [] }, invalid('acceptSecrets')],
    [40, 'a trusted issuer without a name', entry({ issuer: undefined }), 'config_missing trust[0].issuer'],
    [41, 'a trusted issuer with an empty name', entry({ issuer: '' }), invalid('trust[0].issuer')],
    [42, 'a trusted issuer without algorithms', entry({ algorithms: undefined }), 'config_missing trust[0].algorithms'],
    [43, 'a trusted issuer with an empty list of audiences', entry({ audience: [] }), invalid('trust[0].audience')],
    [44, 'a trusted issuer with no actors', entry({ actors: [] }), invalid('trust[0].actors')],
    [45, 'unsafeAnyActor false', entry({ unsafeAnyActor: false }), invalid('trust[0].unsafeAnyActor')],
    [46, 'any actor, and some', entry({ unsafeAnyActor: true, actors: ['a'] }), 'config_conflict trust[0].unsafeAnyActor'],
    [47, 'HS512 of a trusted issuer without secrets', entry({ algorithms: ['HS512'] }), 'config_missing trust[0].secrets'],
    [49, 'a mapping of the own claims', entry({ issuer: ISSUER, mapping: { roles: 'r' } }), 'config_conflict trust[0].mapping'],
    [50, 'null behind a member that is out of range', { leeway: 91, kid: null }, invalid('kid')],
    [51, 'null before an unknown member', { kid: null, audiences: ['api'] }, invalid('kid')],
    [48, 'no audience at all', { audience: undefined }, 'config_missing audience'],
  ]
  // biome-ignore format: a table, one case a line
  const boundaries = [
    [100, 'a leeway of 90', { leeway: 90 }, 'ok'],
    [101, 'a leeway of 91', { leeway: 91 }, invalid('leeway')],
    [102, 'a leeway of 0', { leeway: 0 }, 'ok'],
    [103, 'a leeway below 0', { leeway: -1 }, invalid('leeway')],
    [104, 'a leeway with a fraction', { leeway: 0.5 }, invalid('leeway')],
    [105, 'a leeway as text', { leeway: '60' }, invalid('leeway')],
    [106, 'a leeway of true', { leeway: true }, invalid('leeway')],
    [107, 'a leeway of null', { leeway: null }, invalid('leeway')],
    [110, 'a ttl of 0', { ttl: 0 }, invalid('ttl')],
    [111, 'a ttl of the longest lifetime', { ttl: 86400 }, 'ok'],
    [112, 'a ttl above the longest lifetime', { ttl: 86401 }, invalid('ttl')],
    [113, 'a longest lifetime of 0', { maxLifetime: 0 }, invalid('maxLifetime')],
    [120, 'no actor in a chain', { maxActorDepth: 0 }, invalid('maxActorDepth')],
    [121, '14 actors in a chain', { maxActorDepth: 14 }, 'ok'],
    [122, '15 actors in a chain', { maxActorDepth: 15 }, invalid('maxActorDepth')],
    [123, 'tokens of no bytes', { maxTokenBytes: 0 }, invalid('maxTokenBytes')],
    [140, 'a cache of one byte', { signatureCacheBytes: 1 }, 'ok'],
    [141, 'a cache of no bytes', { signatureCacheBytes: 0 }, invalid('signatureCacheBytes')],
    [142, 'a cache of fewer than no bytes', { signatureCacheBytes: -1 }, invalid('signatureCacheBytes')],
    [143, 'a cache of bytes and a half', { signatureCacheBytes: 1.5 }, invalid('signatureCacheBytes')],
    [144, 'a cache whose bytes are text', { signatureCacheBytes: '1' }, invalid('signatureCacheBytes')],
    [145, 'a cache of true', { signatureCacheBytes: true }, invalid('signatureCacheBytes')],
    [146, 'a cache of null', { signatureCacheBytes: null }, invalid('signatureCacheBytes')],
    [147, 'as many bytes as an option can say', { signatureCacheBytes: 999_999_999 }, 'ok'],
    [148, 'a byte more', { signatureCacheBytes: 1_000_000_000 }, invalid('signatureCacheBytes')],
    [149, 'a cache after a member that is told before', { signatureCacheBytes: 0, maxActorDepth: 0 }, invalid('maxActorDepth')],
    [130, 'four secrets', { acceptSecrets: secrets(3) }, 'ok'],
    [131, 'five secrets', { acceptSecrets: secrets(4) }, invalid('acceptSecrets')],
    [132, 'four secrets of a trusted issuer', entry({ algorithms: ['HS512'], secrets: secrets(4) }), 'ok'],
    [133, 'five secrets of a trusted issuer', entry({ algorithms: ['HS512'], secrets: secrets(5) }), invalid('trust[0].secrets')],
  ]
  const operations = [
    [200, 'a secret for both', oct(['sign', 'verify']), 'ok'],
    [201, 'a secret for signing alone', oct(['sign']), 'key_unsuitable secret'],
    [202, 'a secret for verifying alone, in the place of the one that signs', oct(['verify']), 'key_unsuitable secret'],
    [203, 'a secret for verifying alone, beside it', { acceptSecrets: [oct(['verify']).secret] }, 'ok'],
  ]

  const row =
    (flag) =>
    ([number, comment, more, expect]) => {
      const made = test({
        profile: neutral,
        number,
        comment,
        flag,
        kit: { ...own, ...more },
        key,
        header,
        expect: 'ok',
      })
      const [code, variable] = expect.split(' ')
      return expect === 'ok' ? made : { ...made, expected: { fault: { code, variable } } }
    }
  return {
    suite: 'verify-configuration',
    kind: 'verify',
    prefix: 'vcfg',
    notes,
    groups: [
      { name: 'settings that would switch a check off', tests: off.map(row('SWITCHED_OFF')) },
      { name: 'boundaries', tests: boundaries.map(row('BOUNDARY')) },
      { name: 'what a secret is for', tests: operations.map(row('KEY_BINDING')) },
    ],
  }
}
