import { digest, ISSUER } from './world.mjs'

/** Options that are refused. */
export function refusedOptions() {
  const GOOD = { issuer: ISSUER }
  const CLIENT = { id: 'a', secretSha256: digest('x'), grants: ['client_credentials'], audiences: ['b'] }
  const invalid = (variable, options, comment = `${variable} is wrong`) => ({
    comment,
    options: { ...GOOD, ...options },
    code: 'config_invalid',
    variable,
  })
  const missing = (variable, options) => ({
    comment: `${variable} is missing`,
    options,
    code: 'config_missing',
    variable,
  })
  const client = (name, change) => invalid(`clients[0].${name}`, { clients: [{ ...CLIENT, ...change }] })
  const { grants: _, audiences: __, ...bare } = CLIENT
  const { secretSha256: ___, ...keyless } = CLIENT
  const urls = [
    '',
    'auth.example',
    'http://auth.example',
    'https://a@b.example',
    'https://a.example?b',
    'https://a.example#b',
  ]
  return [
    ...[...urls, 'https://', 'https://a.example/ b', 'http://localhost.example', 7].map((issuer) =>
      invalid('issuer', { issuer }, `${JSON.stringify(issuer)} is no issuer (RFC 8414 section 2)`),
    ),
    missing('issuer', {}),
    invalid('audience', { audience: '' }),
    invalid('adminSecret', { adminSecret: 'x'.repeat(31) }, 'a secret that is short'),
    invalid('ttl', { ttl: 0 }),
    invalid('ttl', { ttl: 86_401 }, 'longer than a token of this authority lives'),
    invalid('ttl', { ttl: 1.5 }, 'half a second'),
    invalid('tokenType', { tokenType: 'at+JWT' }),
    invalid('clients', { clients: {} }, 'no list'),
    invalid('clients', { clients: [CLIENT, CLIENT] }, 'two clients of one name'),
    invalid('clients[0]', { clients: [null] }, 'no client'),
    missing('clients[0].id', { ...GOOD, clients: [{ secretSha256: digest('x') }] }),
    ...['', 'a b', 'a:b', '\u00e9', 'admin', 'a'.repeat(129)].map((id) => client('id', { id })),
    missing('clients[0].secretSha256', { ...GOOD, clients: [keyless] }),
    ...[
      'x',
      digest('x').slice(1),
      [],
      [digest('x'), digest('y'), digest('z')],
      [digest('x'), 7],
      `${digest('x')}=`,
    ].map((secretSha256) => client('secretSha256', { secretSha256 })),
    ...[{}, { keys: [] }, { keys: {} }, 'x'].map((jwks) => client('jwks', { jwks })),
    ...[[], ['password'], ['client_credentials', 'client_credentials'], 'client_credentials'].map((grants) =>
      client('grants', { grants }),
    ),
    missing('clients[0].audiences', { ...GOOD, clients: [{ ...bare, grants: ['client_credentials'] }] }),
    ...[[], [''], [7]].map((audiences) => client('audiences', { audiences })),
    client('names', { names: [] }),
    client('scopes', { scopes: ['a b'] }),
    client('ttl', { ttl: 86_401 }),
    client('secret', { secret: 'x' }),
    invalid('adminPolicy.roles', { adminPolicy: { roles: [] } }),
    invalid('adminPolicy.subjects', { adminPolicy: { subjects: 'u1' } }),
    invalid('adminPolicy.ttl', { adminPolicy: { ttl: 86_401 } }),
    invalid('adminPolicy.scopes', { adminPolicy: { scopes: ['a'] } }),
    invalid('surplus', { surplus: 1 }, 'an option that there is not'),
    missing('trust[0].issuer', { ...GOOD, trust: [{ algorithms: ['EdDSA'], publicKeys: { keys: [] } }] }),
    ...['clients', 'trust', 'adminPolicy'].map((name) =>
      invalid(name, { [name]: null }, `${name}: nothing is no absence`),
    ),
    invalid('trust', { trust: {} }, 'no list of issuers'),
    invalid('metrics', { metrics: false }, 'a switch is on, or not there'),
    invalid('tracer', { tracer: {} }, 'what cannot start a span'),
  ]
}
