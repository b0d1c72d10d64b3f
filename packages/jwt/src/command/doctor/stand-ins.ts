// What takes the place of a wrong value, so that the next fault can be seen. No token is ever made with any of it.
import { encodeBase64url } from '../../encoding/base64url'
import { ROLE } from './explain'
import { namesOf, type Reading, ROWS } from './reading'

const secretOf = (first: number): string =>
  encodeBase64url(Uint8Array.from({ length: 64 }, (_, index) => first + index))

// The key that RFC 8037 prints in its appendix A, for everybody to see.
const PRIVATE_JWK = JSON.stringify({
  kty: 'OKP',
  crv: 'Ed25519',
  d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
})
const URL_TEXT = 'https://issuer.example/jwks.json'

/** Right values by variable; a variable that is not here is left out. */
const STAND_INS: Readonly<Record<string, string>> = {
  JWT_ISS: 'https://issuer.example',
  JWT_AUD: 'internal-api',
  JWT_TTL_SECONDS: '1',
  JWT_SECRET: secretOf(0),
  JWT_SECRET_ACCEPT: secretOf(64),
  JWT_PRIVATE_JWK: PRIVATE_JWK,
  // Any key may be in it.
  JWT_PUBLIC_JWK: '{"keys":[]}',
  JWT_JWKS_URL: URL_TEXT,
}
/** What they are set to where they are needed and missing. */
const NEEDED: Readonly<Record<string, string>> = { JWT_PROFILE: 'EdDSA', JWT_ACCEPT: 'HS512,EdDSA' }

type Variables = Readonly<Record<string, string>>

/** The environment with a right value in the place of a wrong one; the first of several forms is kept as it is. */
export function neutralised(env: Variables, target: string, reading: Reading): Variables {
  const row = ROWS.find(({ name }) => name === target)
  if (row === undefined || target === ROLE) return env
  const { forms } = reading.of(row.option)
  if (forms.length > 1) return without(env, forms.slice(1))
  const rest = without(env, namesOf(row))
  // Another source of public keys takes the place of the service.
  if (target === 'JWT_JWKS_SERVICE')
    return reading.has('publicKeys') || reading.has('jwksUrl') ? rest : { ...rest, JWT_JWKS_URL: URL_TEXT }
  const value = STAND_INS[target] ?? (forms.length === 0 ? NEEDED[target] : undefined)
  return value === undefined ? rest : { ...rest, [target]: value }
}

const without = (env: Variables, names: readonly string[]): Variables =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)))
