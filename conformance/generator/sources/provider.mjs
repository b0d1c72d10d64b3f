// Outside providers by name: the entry of `trust` that stands for one, and what is refused in its options.
import {
  API,
  CLIENT,
  LONGEST_LABEL,
  NO_AUDIENCES,
  NO_GUIDS,
  NO_HOSTS,
  NO_PROVIDERS,
  NO_SERVERS,
  NO_TAGS,
  NO_TEAMS,
  NO_TENANTS,
  TAG,
  TENANT,
} from '../provider-values.mjs'

const notes = {
  ENTRY: {
    description:
      'What a provider documents of its tokens: issuer, keys, algorithm, and the claims that are taken over.',
    bugType: 'INTEROP',
    spec: ['rfc7519#4.1.1', 'rfc7517#5', 'local#providers'],
    cves: [],
  },
  PLACEHOLDER: {
    description: 'What is put into an issuer or a URL is a name and nothing more: otherwise keys come from elsewhere.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc8725#3.8', 'rfc3986#3.2', 'local#providers'],
    cves: [],
  },
  ONE_TENANT: {
    description: 'Every tenant has an issuer of its own: one name for all of them would let in whoever has a tenant.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc8725#3.8', 'local#providers'],
    cves: [],
  },
  AUDIENCE: {
    description: 'A token is for somebody, and where a provider has one form of that, another is a mistake.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc7519#4.1.3', 'rfc8725#3.9', 'local#providers'],
    cves: [],
  },
  OPTIONS: {
    description: 'A misspelt or missing option is told when the program starts.',
    bugType: 'BASIC',
    spec: ['local#providers'],
    cves: [],
  },
}

/** Right options of each. */
const RIGHT = {
  auth0: { domain: 'acme.eu.auth0.com', audience: API },
  okta: { domain: 'acme.okta.com', audience: 'api://default' },
  entra: { tenant: TENANT, audience: CLIENT },
  google: { audience: '1234-abcd.apps.googleusercontent.com' },
  'cloudflare-access': { team: 'acme', audience: TAG },
}

const MICROSOFT = 'https://login.microsoftonline.com'
const GOOGLE = { issuer: 'https://accounts.google.com', jwksUrl: 'https://www.googleapis.com/oauth2/v3/certs' }
const auth0At = (domain) => ({
  issuer: `https://${domain}/`,
  jwksUrl: `https://${domain}/.well-known/jwks.json`,
  mapping: { permissions: 'permissions' },
})
const oktaAt = (server) => ({
  issuer: `https://acme.okta.com/oauth2/${server}`,
  jwksUrl: `https://acme.okta.com/oauth2/${server}/v1/keys`,
  mapping: { permissions: 'scp', roles: 'groups' },
})
const ENTRA = {
  issuer: `${MICROSOFT}/${TENANT}/v2.0`,
  jwksUrl: `${MICROSOFT}/${TENANT}/discovery/v2.0/keys`,
  mapping: { permissions: 'scp', roles: 'roles' },
}
const accessOf = (team) => ({
  issuer: `https://${team}.cloudflareaccess.com`,
  jwksUrl: `https://${team}.cloudflareaccess.com/cdn-cgi/access/certs`,
})

export default ({ id }) => {
  const test = (number, comment, provider, options, flags, expected) => ({
    id: id('provider', number),
    comment,
    flags,
    provider,
    options,
    expected,
  })
  const entry = (number, comment, provider, more, given) => {
    const options = { ...RIGHT[provider], ...more }
    const made = { audience: options.audience, algorithms: ['RS256'], ...given }
    return test(number, comment, provider, options, ['ENTRY'], { entry: made })
  }
  const refusal = (flag, code, provider, variable) => (number, comment, options) =>
    test(number, comment, provider, options, [flag], { fault: { code, variable } })
  /** One option is wrong, in each of these ways. */
  const wrong = (first, flag, provider, name, rows) =>
    rows.map(([comment, value], index) =>
      refusal(flag, 'config_invalid', provider, name)(first + index, comment, { ...RIGHT[provider], [name]: value }),
    )
  const without = (number, provider, name) => {
    const { [name]: _, ...options } = RIGHT[provider]
    return refusal('OPTIONS', 'config_missing', provider, name)(number, `${provider} without ${name}`, options)
  }
  const unknown = (number, provider, name, value) =>
    refusal(
      'OPTIONS',
      'config_invalid',
      provider,
      name,
    )(number, `${name} is none of ${provider}`, {
      ...RIGHT[provider],
      [name]: value,
    })

  return {
    suite: 'provider',
    kind: 'provider',
    prefix: 'provider',
    notes,
    groups: [
      {
        name: 'entries',
        tests: [
          entry(1, 'Auth0: the issuer ends in a slash', 'auth0', {}, auth0At('acme.eu.auth0.com')),
          entry(
            2,
            'Auth0 at a domain of its own',
            'auth0',
            { domain: 'login.acme.example' },
            auth0At('login.acme.example'),
          ),
          entry(3, 'Auth0: two audiences', 'auth0', { audience: [API, 'orders'] }, auth0At('acme.eu.auth0.com')),
          entry(4, 'Okta: the default server', 'okta', {}, oktaAt('default')),
          entry(5, 'Okta: another server', 'okta', { server: 'aus1a2B3c4D5e6F7g8h9' }, oktaAt('aus1a2B3c4D5e6F7g8h9')),
          entry(6, 'Okta: the longest id', 'okta', { server: 'a'.repeat(64) }, oktaAt('a'.repeat(64))),
          entry(7, 'Entra ID: one tenant', 'entra', {}, ENTRA),
          entry(8, 'Entra ID: two audiences', 'entra', { audience: [CLIENT, TENANT] }, ENTRA),
          entry(9, 'Google', 'google', {}, GOOGLE),
          entry(10, 'Google: a URL, as services of its cloud are named', 'google', { audience: API }, GOOGLE),
          entry(11, 'Cloudflare Access', 'cloudflare-access', {}, accessOf('acme')),
          entry(
            12,
            'Cloudflare Access: the longest team',
            'cloudflare-access',
            { team: LONGEST_LABEL },
            accessOf(LONGEST_LABEL),
          ),
          entry(13, 'Cloudflare Access: a team of one digit', 'cloudflare-access', { team: '7' }, accessOf('7')),
          entry(
            14,
            'a host of 253 characters',
            'auth0',
            { domain: `${`${LONGEST_LABEL}.`.repeat(3)}${'a'.repeat(56)}.auth` },
            auth0At(`${`${LONGEST_LABEL}.`.repeat(3)}${'a'.repeat(56)}.auth`),
          ),
          entry(
            15,
            'a host in the ASCII form of another script',
            'auth0',
            { domain: 'xn--fa-hia.example' },
            auth0At('xn--fa-hia.example'),
          ),
        ],
      },
      { name: 'no host', tests: wrong(100, 'PLACEHOLDER', 'auth0', 'domain', NO_HOSTS) },
      { name: 'no host of Okta', tests: wrong(160, 'PLACEHOLDER', 'okta', 'domain', NO_HOSTS.slice(0, 5)) },
      { name: 'no server', tests: wrong(180, 'PLACEHOLDER', 'okta', 'server', NO_SERVERS) },
      { name: 'no tenant', tests: wrong(200, 'ONE_TENANT', 'entra', 'tenant', NO_TENANTS) },
      { name: 'no team', tests: wrong(240, 'PLACEHOLDER', 'cloudflare-access', 'team', NO_TEAMS) },
      { name: 'no client id', tests: wrong(260, 'AUDIENCE', 'entra', 'audience', NO_GUIDS) },
      { name: 'no tag', tests: wrong(280, 'AUDIENCE', 'cloudflare-access', 'audience', NO_TAGS) },
      { name: 'no audience', tests: wrong(300, 'AUDIENCE', 'auth0', 'audience', NO_AUDIENCES) },
      {
        name: 'missing',
        tests: Object.entries(RIGHT)
          .flatMap(([provider, options]) => Object.keys(options).map((name) => [provider, name]))
          .map(([provider, name], index) => without(320 + index, provider, name)),
      },
      {
        name: 'unknown',
        tests: [
          unknown(340, 'google', 'domain', 'acme.example'),
          unknown(341, 'entra', 'domain', 'acme.example'),
          unknown(342, 'auth0', 'server', 'default'),
          unknown(343, 'auth0', 'issuer', 'https://evil.example/'),
          unknown(344, 'okta', 'jwksUrl', 'https://evil.example/'),
          unknown(345, 'cloudflare-access', 'aud', TAG),
          unknown(346, 'google', 'constructor', 'x'),
        ],
      },
      {
        name: 'no provider',
        tests: NO_PROVIDERS.map(([comment, provider], index) =>
          refusal('OPTIONS', 'config_invalid', provider, 'provider')(360 + index, comment, RIGHT.auth0),
        ),
      },
      {
        name: 'which fault is told',
        tests: [
          refusal(
            'OPTIONS',
            'config_invalid',
            'auth0',
            'host',
          )(380, 'an unknown option before a wrong one', {
            domain: 'x/',
            audience: '',
            host: 'x',
          }),
          refusal(
            'OPTIONS',
            'config_invalid',
            'okta',
            'domain',
          )(381, 'options in their order', {
            audience: '',
            server: '/',
            domain: 'x/',
          }),
          refusal(
            'OPTIONS',
            'config_invalid',
            'okta',
            'server',
          )(382, 'the audience last', {
            audience: '',
            server: '/',
            domain: 'acme.okta.com',
          }),
          refusal('OPTIONS', 'config_missing', 'auth0', 'domain')(383, 'no option at all', {}),
        ],
      },
    ],
  }
}
