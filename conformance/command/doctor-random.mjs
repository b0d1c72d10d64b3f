// Random configurations for the doctor: those of the random kits, with what surrounds them, and secrets in every place.
import { config } from '../across/environments.mjs'
import { JWK } from '../across/kits.mjs'

const VARIABLES = [
  ...['JWT_ISS', 'JWT_AUD', 'JWT_PROFILE', 'JWT_ACCEPT', 'JWT_TTL_SECONDS', 'JWT_LEEWAY', 'JWT_MAX_LIFETIME_SECONDS'],
  ...['JWT_SECRET', 'JWT_SECRET_NAME', 'JWT_SECRET_ACCEPT', 'JWT_SECRET_ACCEPT_NAMES', 'JWT_PRIVATE_JWK', 'JWT_KID'],
  ...['JWT_PRIVATE_JWK_NAME', 'JWT_PRIVATE_JWK_PATH', 'JWT_PUBLIC_JWK', 'JWT_PUBLIC_JWK_NAME', 'JWT_JWKS_URL'],
  ...['JWT_JWKS_URL_NAME', 'JWT_JWKS_SERVICE', 'JWT_JWKS_SERVICE_NAME', 'JWT_JWKS_CACHE_TTL_SECONDS'],
  ...['JWT_ALLOWED_THUMBPRINTS', 'JWT_SECERT', 'JWT_AUDIENCE', 'DEV_AUTH_OPEN', 'NODE_ENV', 'MINE'],
]

/** What people write in the place of what is meant. */
const SLIPS = [
  (text) => ` ${text}`,
  (text) => `${text}\n`,
  (text) => `"${text}"`,
  (text) => `'${text}'`,
  (text) => `${text},`,
  (text) => `+${text}`,
  (text) => `0${text}`,
  (text) => `${text}s`,
  (text) => `${text}m`,
  (text) => `${text}.0`,
  (text) => `${text}_000`,
  (text) => text.toLowerCase(),
  (text) => text.toUpperCase(),
  (text) => text.slice(1),
  (text) => text.slice(0, -1),
  (text) => text.replaceAll('-', '+').replaceAll('_', '/'),
  (text) => text.replaceAll('"', '\\"'),
  (text) => text.replace('https:', 'http:'),
  (text) => text.replace('//', '//user@'),
  (text) => `${text}#top`,
  (text) => `-----BEGIN KEY-----\n${text}\n-----END KEY-----`,
  (text) => `{"keys":[${text},${text}]}`,
  (text) => `k1=${text}`,
  (text) => `${text},${text}`,
]

const WRONG_NAMES = [
  ...['JWT_ISSUER', 'JWT_SECERT', 'JWT_SECRETS', 'jwt_iss', 'JWT_TTL', 'JWT_AUDS', 'JWT_KEY', 'JWKS_URI', 'JWT_', 'J'],
  ...['JTW_AUD', 'JWT_PROFIL', 'JWT_ALG', 'SECRET', 'JWT_KIDD', 'toString'],
]

const pick = (r, object) => r.pick(Object.keys(object))

/** A line of `.env`, where it can carry the value. */
const line = (name, value) => (/['\r\n]/.test(value) || !value.isWellFormed() ? '' : `${name}='${value}'\n`)

/** A scenario of the command: a random environment, a part of it in `.env`, and what else the doctor looks at. */
export function doctorScenario(r, name) {
  const { env: given, files: keyFiles = {}, role } = config(r)
  const env = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null))
  while (r.chance(0.3) && Object.keys(env).length > 0) {
    const slipped = pick(r, env)
    env[slipped] = r.pick(SLIPS)(env[slipped])
  }
  if (r.chance(0.2)) env[r.pick(WRONG_NAMES)] = r.pick(['x', '', 'JWT_ISS'])
  if (r.chance(0.1)) env.NODE_ENV = r.pick(['production', 'test'])
  if (r.chance(0.1)) env.DEV_AUTH_OPEN = r.pick(['1', ''])
  const files = Object.fromEntries(
    Object.entries(keyFiles).map(([path, text]) => [
      path,
      { text: text.toWellFormed(), mode: r.pick(['600', '644', '400']) },
    ]),
  )
  if (r.chance(0.3)) files['.env'] = { text: moved(r, env), mode: r.pick(['600', '640', '644']) }
  if (r.chance(0.3)) files['.git/HEAD'] = 'ref: refs/heads/main\n'
  if (r.chance(0.3))
    files['.gitignore'] = r.times(4, () => `${r.pick(PATTERNS)}${r.pick(['\n', '\r\n', ' \n'])}`).join('')
  const argv = ['doctor', ...(r.chance(0.5) ? ['--json'] : []), ...(role ? ['--role', role] : [])]
  return { name, argv, env, files }
}

const PATTERNS = [
  '.env',
  '/.env',
  '*.env',
  '!.env',
  '.e?v',
  '**/.env',
  'a/.env',
  '.env/',
  '# .env',
  '',
  '*',
  '!*',
  '.*v*',
  '?',
]

/** Some variables leave the environment, or stand in the file with another value. */
function moved(r, env) {
  const names = Object.keys(env).filter((name) => /^[A-Za-z_]\w*$/.test(name) && r.chance(0.5))
  const lines = names.map((name) => {
    const value = env[name]
    if (r.chance(0.7)) delete env[name]
    return line(name, r.chance(0.1) ? `${value}x` : value)
  })
  return lines.join('')
}

/** Forms in which a secret stands where it should, or should not. */
const FORMS = [
  (bytes) => bytes.toString('base64url'),
  (bytes) => bytes.toString('base64'),
  (bytes) => bytes.toString('hex'),
  (bytes) => bytes.subarray(0, 32).toString('base64url'),
  (bytes) => JSON.stringify({ kty: 'oct', k: bytes.toString('base64url'), kid: bytes.toString('hex') }),
  (bytes) => JSON.stringify({ ...JWK, d: bytes.subarray(0, 32).toString('base64url') }),
  (bytes) => JSON.stringify({ ...JWK, kid: bytes.toString('base64url') }),
  (bytes) => `-----BEGIN PRIVATE KEY-----\n${bytes.toString('base64')}\n-----END PRIVATE KEY-----\n`,
  (bytes) => `https://issuer.example/${bytes.toString('base64url')}`,
  (bytes) => `https://user:${bytes.toString('hex')}@issuer.example/`,
  (bytes) => `https://issuer.example/jwks.json?key=${bytes.subarray(0, 12).toString('base64url')}`,
  (bytes) => `eyJhbGciOiJIUzUxMiJ9.${bytes.toString('base64url')}.${bytes.toString('base64url')}`,
]

/** A scenario with a secret in a random place, and every text by which the secret would be known. */
export function secretScenario(r, name) {
  const bytes = Buffer.from(r.hex(64), 'hex')
  const scenario = doctorScenario(r, name)
  const text = r.pick(FORMS)(bytes)
  const value = r.chance(0.4) ? r.pick(SLIPS)(text) : text
  for (const variable of r.chance(0.5) ? [r.pick(VARIABLES)] : VARIABLES.filter(() => r.chance(0.3)))
    scenario.env[variable] = value
  if (r.chance(0.2)) scenario.files['.env'] = VARIABLES.map((variable) => line(variable, value)).join('')
  // A short one in the place of a path is what no rule can tell from a path.
  if (r.chance(0.2) && !value.includes('?')) scenario.argv.push('--env-file', value)
  const texts = ['base64url', 'base64', 'hex'].map((encoding) => bytes.toString(encoding))
  // Slips change letters: what is left of the secret then is a secret still.
  return {
    scenario,
    texts: [...texts, ...texts.map((one) => one.toLowerCase()), ...texts.map((one) => one.toUpperCase())],
  }
}
