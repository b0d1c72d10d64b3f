// `kit-jwt doctor`: what it says of configurations as they are found; each kind of finding stands in doctor-faults.mjs.
export default ({ keys }) => {
  const text = JSON.stringify
  const HS = { JWT_ISS: 'https://auth.example', JWT_AUD: 'orders', JWT_SECRET: keys.hs.a.text }
  const ED = { JWT_ISS: 'https://auth.example', JWT_AUD: 'orders', JWT_PRIVATE_JWK: text(keys.ed.a.privateJwk) }
  const MANY = {
    ...{ JWT_AUD: 'orders,', JWT_PROFILE: 'hs512', JWT_TTL_SECONDS: '15m', JWT_LEEWAY: '120', JWT_KID: '' },
    ...{ JWT_SECRET: 'changeme', JWT_JWKS_URL: 'http://auth.example/jwks.json', JWT_ALGORITHM: 'HS256' },
  }
  const doctor = (name, env, { argv = [], ...more } = {}) => ({ name, argv: ['doctor', ...argv], env, ...more })
  const mine = (body) => ({ text: body, mode: '600' })
  const dotenv = `JWT_ISS=https://auth.example\nJWT_AUD=orders\nJWT_SECRET=${keys.hs.a.text}\n`
  const repository = { '.env': mine(dotenv), '.git': { folder: true } }
  return [
    { name: 'help', argv: ['doctor', '--help'] },
    doctor('a sound configuration', HS),
    doctor('a sound configuration for machines', HS, { argv: ['--json'] }),
    doctor('a sound configuration with EdDSA', { ...ED, JWT_KID: '2026-11' }),
    doctor(
      'a consumer',
      {
        ...{ JWT_ISS: 'https://auth.example', JWT_AUD: 'orders, invoices', JWT_JWKS_CACHE_TTL_SECONDS: '60' },
        ...{ JWT_JWKS_URL: 'https://auth.example/jwks.json?tenant=1', JWT_ALLOWED_THUMBPRINTS: keys.ed.a.thumbprint },
      },
      { argv: ['--role', 'consumer'] },
    ),
    doctor('a migration', {
      ...{ ...HS, ...ED, JWT_PROFILE: 'EdDSA', JWT_ACCEPT: 'HS512,EdDSA' },
      ...{ JWT_SECRET_ACCEPT: `old=${keys.hs.b.text}`, JWT_ALLOWED_THUMBPRINTS: keys.ed.a.thumbprint },
    }),
    doctor('secrets by the names of bindings', {
      ...{ JWT_ISS: 'https://auth.example', JWT_AUD: 'orders', JWT_SECRET_NAME: 'JWT_KEY', JWT_KEY: keys.hs.a.text },
      ...{ JWT_SECRET_ACCEPT_NAMES: 'ONE, OTHER', ONE: keys.hs.b.text, OTHER: `old=${keys.hs.c.text}` },
    }),
    doctor(
      'a key in a file',
      { JWT_ISS: 'https://auth.example', JWT_AUD: 'orders', JWT_PRIVATE_JWK_PATH: 'key.json' },
      {
        files: { 'key.json': mine(text({ ...keys.ed.a.privateJwk, kid: 'k1' })) },
      },
    ),
    doctor('an issuer with a UUID in it', {
      ...HS,
      JWT_ISS: 'https://login.example/9f86d081-884c-7d65-9a2f-eaa0c55ad015/v2.0',
    }),
    doctor('nothing at all', {}),
    doctor('nothing at all on a terminal', {}, { terminal: ['stdout', 'stderr'] }),
    doctor('many faults', MANY),
    doctor('many faults for machines', MANY, { argv: ['--json'] }),
    doctor(
      'many faults in .env',
      {},
      {
        files: {
          '.env': Object.entries(MANY)
            .map(([name, value]) => `${name}=${value}\n`)
            .join(''),
        },
      },
    ),
    doctor(
      'the first steps: what secret --dotenv prints',
      {},
      {
        files: { '.env': mine(dotenv.replace('auth', 'issuer')) },
      },
    ),
    doctor('warnings on a terminal', { ...HS, DEV_AUTH_OPEN: 'yes' }, { terminal: ['stdout'] }),
    doctor('warnings without colours', { ...HS, DEV_AUTH_OPEN: 'yes', NO_COLOR: '1' }, { terminal: ['stdout'] }),
    doctor('warnings on a dumb terminal', { ...HS, DEV_AUTH_OPEN: 'yes', TERM: 'dumb' }, { terminal: ['stdout'] }),
    doctor('a sound configuration on a terminal', HS, { terminal: ['stdout'] }),
    doctor('what follows from a fault is not told', {
      ...{ JWT_ISS: 'https://auth.example', JWT_AUD: 'orders', JWT_PRIVATE_JWK: '{', JWT_SECRET: 'x', JWT_KID: 'k1' },
      ...{ JWT_ACCEPT: 'everything', JWT_PROFILE: 'best' },
    }),
    doctor(
      'a repository that ignores .env',
      {},
      { files: { ...repository, '.gitignore': 'node_modules/\n.env*\r\n' } },
    ),
    doctor(
      'a repository whose .gitignore cannot be read',
      {},
      {
        files: { ...repository, '.gitignore': { fault: 'denied' } },
      },
    ),
    doctor('a repository that ignores it by its path', {}, { files: { ...repository, '.gitignore': '/app/.env\n' } }),
    doctor('a repository that ignores all but some', {}, { files: { ...repository, '.gitignore': '*\n!*.m?s\n' } }),
    doctor(
      'another file',
      {},
      {
        argv: ['--env-file', 'conf/production.env'],
        files: {
          'conf/production.env': dotenv,
          '.git': { folder: true },
          '.gitignore': 'conf/prod*\n?production.env\n',
        },
      },
    ),
    doctor(
      'another file under a name that no line should hold',
      {},
      {
        argv: ['--env-file', 'my $(id).env'],
        files: { 'my $(id).env': dotenv },
      },
    ),
    doctor('a file without secrets needs no care', HS, {
      files: { '.env': 'JWT_AUD=orders\n', '.git': { folder: true } },
    }),
    doctor('a public key of another algorithm', {
      ...{ JWT_ISS: 'https://auth.example', JWT_AUD: 'orders', JWT_ACCEPT: 'RS256' },
      JWT_PUBLIC_JWK: text({ ...keys.rs256.a.publicJwk, e: 'AQ' }),
    }),
    doctor('secrets in the wrong places', {
      ...{
        JWT_ISS: keys.hs.a.text,
        JWT_AUD: `orders,${keys.hs.a.text}`,
        JWT_KID: keys.hs.a.text,
        JWT_SECRET: keys.hs.b.text,
      },
    }),
    doctor('a role that there is not', HS, { argv: ['--role', 'boss'] }),
    doctor('a role that there is not, for machines', HS, { argv: ['--role', 'boss', '--json'] }),
    doctor('a file that is not there', HS, { argv: ['--env-file', 'none.env'] }),
    doctor('a .env that is none', HS, { files: { '.env': 'JWT_ISS: x\n' } }),
    doctor('one word too many', HS, { argv: ['now'] }),
  ]
}
