// `kit-jwt doctor`: each kind of finding, planted in a configuration that is sound otherwise. The name of a scenario is the
// code of the finding; a comma and what is special may follow.
export default ({ keys }) => {
  const text = JSON.stringify
  const secret = keys.hs.a.text
  const hex = (length) => Buffer.from(keys.hs.make('doctor', length).text, 'base64url').toString('hex')
  const NAMES = { JWT_ISS: 'https://auth.example', JWT_AUD: 'orders' }
  const HS = { ...NAMES, JWT_SECRET: secret }
  const ED = { ...NAMES, JWT_PRIVATE_JWK: text(keys.ed.a.privateJwk) }
  const PUBLIC = { ...NAMES, JWT_PUBLIC_JWK: text(keys.ed.a.publicJwk) }
  const URL = { ...NAMES, JWT_JWKS_URL: 'https://auth.example/jwks.json' }
  const BOTH = { ...HS, JWT_PUBLIC_JWK: text(keys.ed.a.publicJwk) }
  const { x, y } = keys.es256.a.publicJwk
  const dotenv = (env) =>
    Object.entries(env)
      .map(([name, value]) => `${name}='${value}'\n`)
      .join('')
  const mine = (env) => ({ text: dotenv(env), mode: '600' })

  /** A scenario: variables over a sound base; what is null is left out. */
  const planted = (name, base, changes = {}, { argv = [], ...more } = {}) => ({
    name,
    argv: ['doctor', '--json', ...argv],
    env: Object.fromEntries(Object.entries({ ...base, ...changes }).filter(([, value]) => value !== null)),
    ...more,
  })
  const keyFile = (name, file, path = 'keys/private.jwk.json') =>
    planted(name, NAMES, { JWT_PRIVATE_JWK_PATH: path }, { files: file === undefined ? {} : { [path]: file } })
  const role = (name) => ({ argv: ['--role', name] })

  return [
    planted('empty', HS, { JWT_KID: '' }),
    planted('empty, in .env', {}, {}, { files: { '.env': mine({ ...HS, JWT_KID: '' }) } }),
    planted('value_twice', HS, { JWT_SECRET_NAME: 'MINE', MINE: keys.hs.b.text }),
    planted('value_twice, three of them', ED, { JWT_PRIVATE_JWK_NAME: 'MINE', JWT_PRIVATE_JWK_PATH: 'x' }),
    planted('binding_missing', NAMES, { JWT_SECRET_NAME: 'MINE' }),
    planted('binding_missing, one of several', HS, { JWT_SECRET_ACCEPT_NAMES: 'ONE,OTHER', ONE: keys.hs.b.text }),
    planted('binding_is_value', NAMES, { JWT_SECRET_NAME: secret }),
    planted('binding_empty', NAMES, { JWT_SECRET_NAME: 'MINE', MINE: '' }),

    keyFile('file_missing'),
    keyFile('file_denied', { fault: 'denied' }),
    keyFile('file_folder', { folder: true }, 'keys'),
    keyFile('file_unreadable', { fault: 'unreadable' }),
    keyFile('file_not_text', { base64: '/w==', mode: '600' }),
    keyFile('file_empty', { text: '', mode: '600' }),
    keyFile('file_mode', { text: text(keys.ed.a.privateJwk), mode: '640' }),
    keyFile('file_mode, under a name that no line should hold', text(keys.ed.a.privateJwk), 'my keys/$(id)'),

    planted('list_empty_item', HS, { JWT_AUD: 'orders,' }),
    planted('list_repeated', HS, { JWT_AUD: 'orders, orders' }),
    planted('list_empty_item, and what else is wrong', HS, {
      JWT_SECRET_ACCEPT: `${keys.hs.make('short', 20).text},,k=,${keys.hs.b.text}`,
    }),

    ...[
      ['number_spaced', ' 600'],
      ['number_spaced', '600 '],
      ['number_signed', '+600'],
      ['number_leading_zero', '0600'],
      ['number_grouped', '1_000'],
      ['number_grouped', '1_0_00'],
      ['number_fraction', '600.5'],
      ['number_fraction', '6e2'],
      ['number_unit', '15m'],
      ['number_unit', '2 days'],
      ['number_other_digits', '６００'],
      ['number_long', '1000000000'],
      ['number_malformed', 'soon'],
      ['number_malformed', secret],
      ['number_zero', '0'],
    ].map(([code, value], index) => planted(`${code}, ${index}`, HS, { JWT_TTL_SECONDS: value })),
    planted('leeway_too_long', HS, { JWT_LEEWAY: '120' }),
    planted('ttl_above_lifetime', HS, { JWT_TTL_SECONDS: '7200', JWT_MAX_LIFETIME_SECONDS: '3600' }),
    planted('ttl_above_lifetime, by default', HS, { JWT_MAX_LIFETIME_SECONDS: '600' }),
    planted('ttl_long', HS, { JWT_TTL_SECONDS: '7200' }),
    planted('ttl_within_leeway', HS, { JWT_TTL_SECONDS: '60' }),
    planted('lifetime_long', HS, { JWT_MAX_LIFETIME_SECONDS: '604800' }),
    planted('cache_long', URL, { JWT_JWKS_CACHE_TTL_SECONDS: '86400' }),
    planted('cache_unused', HS, { JWT_JWKS_CACHE_TTL_SECONDS: '60' }),

    planted('issuer_missing', HS, { JWT_ISS: null }),
    planted('issuer_spaced', HS, { JWT_ISS: 'https://auth.example ' }),
    planted('issuer_placeholder', HS, { JWT_ISS: 'https://issuer.example', NODE_ENV: 'production' }),
    planted('secret_in_the_open', HS, {
      JWT_ISS: keys.hs.b.text,
      JWT_AUD: `orders,${keys.hs.c.text}`,
      JWT_KID: '-----BEGIN',
    }),
    planted('audience_missing', HS, { JWT_AUD: null }, role('consumer')),
    planted('audience_unset', HS, { JWT_AUD: null }),
    planted('no_key', NAMES),
    planted('no_key, for EdDSA', NAMES, { JWT_PROFILE: 'EdDSA' }),
    planted('no_key, for what is accepted', NAMES, { JWT_ACCEPT: 'EdDSA' }),
    planted('producer_without_key', PUBLIC, {}, role('producer')),
    planted('consumer_can_sign', ED, {}, role('consumer')),

    planted('secret_short', HS, { JWT_SECRET: keys.hs.make('short', 32).text }),
    planted('secret_short, an entry', HS, { JWT_SECRET_ACCEPT: `old=${keys.hs.make('short', 63).text}` }),
    planted('secret_hex_short', HS, { JWT_SECRET: hex(32) }),
    planted('secret_hex', HS, { JWT_SECRET: hex(64) }),
    planted('secret_padded', HS, { JWT_SECRET: `${secret}==` }),
    planted('secret_padded, an entry', HS, { JWT_SECRET_ACCEPT: `${keys.hs.b.text}==` }),
    planted('secret_standard_alphabet', HS, {
      JWT_SECRET: `${Buffer.from(`????>>>>${'a'.repeat(57)}`).toString('base64')}`,
    }),
    planted('secret_spaced, in a binding', NAMES, { JWT_SECRET_NAME: 'MINE', MINE: `${secret} ` }),
    planted('secret_spaced', HS, { JWT_SECRET: `${secret}\n` }),
    planted('secret_quoted', HS, { JWT_SECRET: `"${secret}"` }),
    planted('secret_pem', HS, {
      JWT_SECRET: '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----\n',
    }),
    planted('secret_json', HS, { JWT_SECRET: text({ kty: 'oct', k: secret }) }),
    planted('secret_is_key', HS, {
      JWT_SECRET: Buffer.from(text({ ...keys.ed.a.publicJwk, kid: 'k'.repeat(40) })).toString('base64url'),
    }),
    planted('secret_cut', HS, { JWT_SECRET: secret.slice(0, 85) }),
    planted('secret_lines', HS, { JWT_SECRET: `${secret.slice(0, 64)}\n${secret.slice(64)}` }),
    planted('secret_not_base64url', HS, { JWT_SECRET: 'correct horse battery staple!' }),
    planted('secret_text', HS, {
      JWT_SECRET: Buffer.from('the quick brown fox jumps over the lazy dog, 73 times in 1 hour!').toString('base64url'),
    }),
    planted('secret_monotonous', HS, { JWT_SECRET: 'A'.repeat(86) }),
    planted('secret_repeats', HS, {
      JWT_SECRET: Buffer.concat([keys.hs.make('half', 32).bytes, keys.hs.make('half', 32).bytes]).toString('base64url'),
    }),
    planted('secret_same', HS, { JWT_SECRET_ACCEPT: `${keys.hs.b.text}, old=${secret}` }),
    planted('secret_same, two entries', HS, { JWT_SECRET_ACCEPT: `${keys.hs.b.text}, old=${keys.hs.b.text}` }),
    planted('secret_entry_form', HS, { JWT_SECRET_ACCEPT: `old=,=${keys.hs.b.text}` }),
    planted('too_many_secrets', HS, {
      JWT_SECRET_ACCEPT: ['b', 'c', 'd', 'e'].map((name) => keys.hs.make(name, 64).text).join(),
    }),
    planted('secret_idle', BOTH, { JWT_PROFILE: 'EdDSA', JWT_ACCEPT: 'EdDSA' }),
    planted('key_idle', BOTH, { JWT_ACCEPT: 'HS512' }),
    planted('key_idle, a private one', { ...HS, ...ED }, { JWT_PROFILE: 'HS512', JWT_ACCEPT: 'HS512' }),
    planted('key_idle, accepted secrets', ED, { JWT_SECRET_ACCEPT: secret, JWT_ACCEPT: 'EdDSA' }),
    planted('signs_unaccepted', BOTH, { JWT_ACCEPT: 'EdDSA' }),

    planted('profile_misspelt', HS, { JWT_PROFILE: 'hs512' }),
    planted('profile_misspelt, by its other name', ED, { JWT_PROFILE: 'Ed25519' }),
    planted('profile_misspelt, by a letter', ED, { JWT_PROFILE: 'EdSDA' }),
    planted('profile_unsupported', HS, { JWT_PROFILE: 'HS256' }),
    planted('profile_unsupported, beside a private key', ED, { JWT_PROFILE: 'RS256' }),
    planted('profile_unknown', HS, { JWT_PROFILE: 'default' }),
    planted('profile_unknown, in other letters', HS, { JWT_PROFILE: 'НS512' }),
    planted('profile_missing', { ...HS, ...ED }, { JWT_ACCEPT: 'HS512,EdDSA' }),
    planted('profile_without_key', HS, { JWT_PROFILE: 'EdDSA' }),
    planted('profile_without_key, a secret', ED, { JWT_PROFILE: 'HS512' }),
    planted('accept_misspelt', BOTH, { JWT_ACCEPT: 'hs512, EdDAS' }),
    planted('accept_unsupported', BOTH, { JWT_ACCEPT: 'HS512,none' }),
    planted('accept_unknown', BOTH, { JWT_ACCEPT: 'all' }),
    planted('accept_twice', PUBLIC, { JWT_ACCEPT: 'EdDSA,Ed25519' }),
    planted('accept_missing', BOTH),
    planted('accept_without_key', HS, { JWT_ACCEPT: 'HS512,EdDSA' }),
    planted('accept_without_key, a secret', PUBLIC, { JWT_ACCEPT: 'HS512,EdDSA' }),
    planted('accept_without_key, beside a URL', URL, { JWT_ACCEPT: 'EdDSA,HS512' }),
    planted('accept_without_key, beside a private key', ED, { JWT_ACCEPT: 'EdDSA,ES256' }),
    planted('accept_without_key, of an outside issuer', PUBLIC, { JWT_ACCEPT: 'EdDSA,RS256' }),

    planted('jwk_quoted', ED, { JWT_PRIVATE_JWK: `'${text(keys.ed.a.privateJwk)}'` }),
    planted('jwk_escaped', ED, { JWT_PRIVATE_JWK: text(keys.ed.a.privateJwk).replaceAll('"', '\\"') }),
    planted('jwk_pem', ED, { JWT_PRIVATE_JWK: '-----BEGIN PRIVATE KEY-----\nMC4CAQ\n-----END PRIVATE KEY-----\n' }),
    planted('jwk_not_json', ED, { JWT_PRIVATE_JWK: text(keys.ed.a.privateJwk).slice(0, -1) }),
    planted('jwk_is_secret', PUBLIC, { JWT_PUBLIC_JWK: text({ kty: 'oct', k: secret }) }),
    planted('jwk_curve', PUBLIC, { JWT_PUBLIC_JWK: text({ kty: 'EC', crv: 'P-256', x, y }) }),
    planted('jwk_purpose', PUBLIC, { JWT_PUBLIC_JWK: text({ ...keys.ed.a.publicJwk, use: 'enc' }) }),
    planted('jwk_invalid', PUBLIC, { JWT_PUBLIC_JWK: text({ ...keys.ed.a.publicJwk, x: 'AQ' }) }),
    planted('jwk_invalid, without a type', ED, { JWT_PRIVATE_JWK: '{}' }),
    planted('jwk_halves', ED, { JWT_PRIVATE_JWK: text({ ...keys.ed.a.privateJwk, x: keys.ed.b.publicJwk.x }) }),
    planted('private_jwk_set', ED, { JWT_PRIVATE_JWK: text({ keys: [keys.ed.a.privateJwk] }) }),
    planted('private_jwk_public', ED, { JWT_PRIVATE_JWK: text(keys.ed.a.publicJwk) }),
    planted('public_jwk_private', PUBLIC, { JWT_PUBLIC_JWK: text(keys.ed.a.privateJwk) }),
    planted('jwks_invalid', PUBLIC, { JWT_PUBLIC_JWK: text({ keys: keys.ed.a.publicJwk }) }),
    planted('jwks_empty', PUBLIC, { JWT_PUBLIC_JWK: text({ keys: [{ ...keys.ed.a.publicJwk, use: 'enc' }, 1] }) }),
    planted('jwks_kid_twice', PUBLIC, {
      JWT_PUBLIC_JWK: text({ keys: [keys.ed.a, keys.ed.b].map(({ publicJwk }) => ({ ...publicJwk, kid: 'k1' })) }),
    }),
    planted('jwks_private', PUBLIC, {
      JWT_PUBLIC_JWK: text({ keys: [keys.ed.a.publicJwk, keys.ed.b.privateJwk] }),
    }),

    planted('kid_differs', ED, { JWT_PRIVATE_JWK: text({ ...keys.ed.a.privateJwk, kid: 'k1' }), JWT_KID: 'k2' }),
    planted('kid_without_key', PUBLIC, { JWT_KID: 'k1' }),
    planted('sources_conflict', PUBLIC, { JWT_JWKS_URL: 'https://auth.example/jwks.json' }),
    planted('url_spaced', URL, { JWT_JWKS_URL: 'https://auth.example/jwks.json ' }),
    planted('url_http', URL, { JWT_JWKS_URL: 'http://auth.example/jwks.json' }),
    planted('url_credentials', URL, { JWT_JWKS_URL: 'https://kit:s3cret@auth.example/jwks.json' }),
    planted('url_fragment', URL, { JWT_JWKS_URL: 'https://auth.example/jwks.json#k1' }),
    planted('url_scheme', URL, { JWT_JWKS_URL: 'auth.example/jwks.json' }),
    planted('url_malformed', URL, { JWT_JWKS_URL: 'https://[auth.example/jwks.json' }),
    planted('url_loopback', URL, { JWT_JWKS_URL: 'http://127.0.0.1:8080/jwks.json', NODE_ENV: 'production' }),
    planted('service_unsupported', NAMES, { JWT_JWKS_SERVICE: 'AUTH' }),

    planted('pin_malformed', PUBLIC, { JWT_ALLOWED_THUMBPRINTS: `${keys.ed.a.thumbprint},abc` }),
    planted('pin_hex', PUBLIC, {
      JWT_ALLOWED_THUMBPRINTS: Buffer.from(keys.ed.a.thumbprint, 'base64url').toString('hex'),
    }),
    planted('pins_without_source', HS, { JWT_ALLOWED_THUMBPRINTS: keys.ed.a.thumbprint }),
    planted('pin_unmatched', PUBLIC, {
      JWT_ALLOWED_THUMBPRINTS: `${keys.ed.a.thumbprint},${keys.ed.b.thumbprint}`,
    }),
    planted('pins_match_none', PUBLIC, { JWT_ALLOWED_THUMBPRINTS: keys.ed.b.thumbprint }),
    planted('signer_not_pinned', ED, { JWT_ALLOWED_THUMBPRINTS: keys.ed.b.thumbprint }),

    planted('variable_misspelt', HS, { JWT_SECERT: secret }),
    planted('variable_misspelt, in small letters', HS, { jwt_aud: 'orders' }),
    planted('variable_foreign', HS, { JWT_AUDIENCE: 'orders', JWT_ISSUER: 'x', JWT_ALGORITHM: 'HS512' }),
    planted('variable_in_both', HS, {}, { files: { '.env': 'JWT_AUD=invoices\nJWT_ISS=https://auth.example\n' } }),
    planted('dotenv_mode', {}, {}, { files: { '.env': dotenv(HS) } }),
    planted('dotenv_not_ignored', {}, {}, { files: { '.env': mine(HS), '.git': { folder: true } } }),
    planted(
      'dotenv_not_ignored, taken out again',
      {},
      {},
      {
        files: { '.env': mine(HS), '.git/HEAD': '', '.gitignore': '*.env\n!/.env\n# .env\n' },
      },
    ),
    planted(
      'dotenv_not_ignored, by a file that cannot be read',
      {},
      {},
      {
        files: { '.env': mine(HS), '.git/HEAD': '', '.gitignore': { base64: '/w==' } },
      },
    ),
    planted('production_dotenv', { NODE_ENV: 'production' }, {}, { files: { '.env': mine(HS) } }),
    planted('dev_auth_open', HS, { DEV_AUTH_OPEN: '1' }),
  ]
}
