// What the configuration suites share: environments, what describe() says of them, and the shape of a case.
import { keys } from './keys.mjs'

const { hs, ed } = keys

export const ISSUER = 'https://issuer.example'
export const SECRET = hs.a.text
export const URL_TEXT = 'https://issuer.example/jwks.json'
export const text = (value) => JSON.stringify(value)

/** Environments by what they hold. A member that is undefined is left out of the vector: the variable is absent. */
const named = { JWT_ISS: ISSUER, JWT_AUD: 'api' }
export const none = (more) => ({ ...named, ...more })
export const shared = (more) => none({ JWT_SECRET: SECRET, ...more })
export const signing = (more) => none({ JWT_PRIVATE_JWK: text(ed.a.privateJwk), ...more })
export const verifying = (more) => none({ JWT_PUBLIC_JWK: text(ed.b.publicJwk), ...more })
export const remote = (more) => none({ JWT_JWKS_URL: URL_TEXT, ...more })

export const publicKey = (key, kid = key.thumbprint) => ({ alg: key.alg, kid, thumbprint: key.thumbprint })
export const secretOf = (bytes = 64, kid = null) => ({ kid, bytes })
export const signsWith = (alg, kid = null) => ({ alg, kid })
export const OWN_KEY = publicKey(ed.a)
export const OTHER_KEY = publicKey(ed.b)
export const SIGNS_HS512 = signsWith('HS512')
export const SIGNS_EDDSA = signsWith('EdDSA', ed.a.thumbprint)

const EMPTY = {
  issuer: ISSUER,
  audience: ['api'],
  profile: null,
  accept: [],
  ttl: 900,
  leeway: 90,
  maxLifetime: 86400,
  signs: null,
  secrets: [],
  publicKeys: [],
  jwksUrl: null,
  jwksService: null,
  jwksCacheTtl: 300,
  allowedThumbprints: [],
}

/** What describe() says of these environments; `more` replaces members. */
export const resolved = (more) => ({ resolved: { ...EMPTY, ...more } })
export const isShared = (more) =>
  resolved({ profile: 'HS512', accept: ['HS512'], signs: SIGNS_HS512, secrets: [secretOf()], ...more })
export const isSigning = (more) =>
  resolved({ profile: 'EdDSA', accept: ['EdDSA'], signs: SIGNS_EDDSA, publicKeys: [OWN_KEY], ...more })
export const isVerifying = (more) => resolved({ accept: ['EdDSA'], publicKeys: [OTHER_KEY], ...more })
export const isRemote = (more) => resolved({ accept: ['EdDSA'], jwksUrl: URL_TEXT, ...more })

const fault = (code) => (variable) => ({ fault: variable === undefined ? { code } : { code, variable } })
export const missing = fault('config_missing')
export const invalid = fault('config_invalid')
export const conflict = fault('config_conflict')
export const keyInvalid = fault('key_invalid')
export const keyWeak = fault('key_weak')
export const keyUnsuitable = fault('key_unsuitable')
export const jwksInvalid = fault('jwks_invalid')
export const unsupported = fault('runtime_unsupported')

const present = (env) => Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined))

/** A case; `more` may hold `role` and `files`. */
export const t = (id, comment, flags, env, expected, more) => ({
  id,
  comment,
  flags,
  env: present(env),
  ...more,
  expected,
})

export const suite = (name, notes, groups) => ({
  suite: name,
  kind: 'config',
  prefix: 'config',
  notes,
  kits: {},
  groups,
})
