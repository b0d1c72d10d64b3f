// What the delegation suites share: their kits, a base token, the shape of a case, and the token that signs a payload.
import { keys } from './keys.mjs'

const NOW = 1700000000
export const MISUSE = { misuse: true }
export const TTL_INVALID = { fault: { code: 'config_invalid', variable: 'ttl' } }
export const fault = (code, claim) => ({ fault: claim === undefined ? { code } : { code, claim } })

/** An original with a subject that lives for an hour more; `members` is JSON text of further claims. */
export const original = (members) => `{"sub":"u1","exp":1700003600${members === undefined ? '' : `,${members}`}}`

// What a delegated token says when neither an option nor the original says otherwise. Values are JSON text.
const BASE = [
  ['act', '{"sub":"gateway"}'],
  ['aud', '"internal-api"'],
  ['exp', '1700000900'],
  ['iat', '1700000000'],
  ['iss', '"https://issuer.example"'],
  ['jti', '"00010203-0405-4607-8809-0a0b0c0d0e0f"'],
  ['sub', '"u1"'],
]

/** The expected payload: the base with `members` (name to JSON text, written by hand in JCS form) in its place. */
export const payload = (members = {}) => {
  const all = new Map([...BASE, ...Object.entries(members)])
  const texts = [...all.keys()].sort().map((name) => `${JSON.stringify(name)}:${all.get(name)}`)
  return { payload: `{${texts.join(',')}}` }
}

/** A case: what is not given is the HS512 kit, the fixed clock, the base original, the actor and the audience. */
export const t = (id, comment, flags, input, expected) => ({
  id,
  comment,
  flags,
  kit: 'hs512',
  now: NOW,
  original: original(),
  actor: 'gateway',
  options: { aud: 'internal-api' },
  entropy: '000102030405060708090a0b0c0d0e0f',
  ...input,
  expected,
})

const { hs, ed } = keys
const own = { issuer: 'https://issuer.example', audience: 'gateway' }
const shared = { ...own, secret: hs.a.text }
const pair = { ...own, privateKey: ed.a.privateJwk }
const HS512 = '{"alg":"HS512","typ":"JWT"}'
const EDDSA = `{"alg":"EdDSA","kid":"${ed.a.thumbprint}","typ":"JWT"}`
const outside = { issuer: 'https://outside.example', algorithms: ['EdDSA'], publicKeys: ed.b.publicJwk }

const KITS = {
  hs512: { config: shared, key: hs.a, header: HS512 },
  'hs512-kid': { config: { ...shared, kid: 'k1' }, key: hs.a, header: '{"alg":"HS512","kid":"k1","typ":"JWT"}' },
  'hs512-ttl': { config: { ...shared, ttl: 60, maxLifetime: 600 }, key: hs.a, header: HS512 },
  'hs512-depth1': { config: { ...shared, maxActorDepth: 1 }, key: hs.a, header: HS512 },
  'hs512-trust': { config: { ...shared, trust: [outside] }, key: hs.a, header: HS512 },
  eddsa: { config: pair, key: ed.a, header: EDDSA },
  'eddsa-depth14': { config: { ...pair, maxActorDepth: 14 }, key: ed.a, header: EDDSA },
  'eddsa-ed25519': {
    config: { ...pair, types: ['at+jwt', 'JWT'], headerAlg: 'Ed25519' },
    key: ed.a,
    header: `{"alg":"Ed25519","kid":"${ed.a.thumbprint}","typ":"at+jwt"}`,
  },
}

/** A suite of such cases. A minted payload becomes a token under the kit's header and key: both profiles are deterministic. */
export const suite = (name, notes, groups) => (toolbox) => {
  const minted = (test) => {
    const { key, header } = KITS[test.kit]
    const token = toolbox.token({ header, payload: test.expected.payload, key })
    return { ...test, expected: { ...test.expected, token } }
  }
  const complete = (test) => (test.expected.payload === undefined ? test : minted(test))
  const used = new Set(groups.flatMap((group) => group.tests.map((test) => test.kit)))
  return {
    suite: name,
    kind: 'delegation',
    prefix: 'delegation',
    notes,
    kits: Object.fromEntries([...used].map((kit) => [kit, KITS[kit].config])),
    groups: groups.map((group) => ({ ...group, tests: group.tests.map(complete) })),
  }
}
