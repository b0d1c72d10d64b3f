// What the scenarios are made of.
export const KEK = `a=${'A'.repeat(43)}`
export const SECRET = 'admin-secret-of-more-than-32-characters'
export const env = {
  AUTH_ISSUER: 'https://auth.example',
  AUTH_AUDIENCE: 'orders',
  JWKS_DIR: 'keys',
  ISSUER_KEK: KEK,
  ISSUER_ADMIN_SECRET: SECRET,
}
export const MONTH = 30 * 86_400
export const run = (line, more = {}) => ({ argv: line.split(' '), ...more })
export const file = (value, mode = '644') => ({ text: typeof value === 'string' ? value : JSON.stringify(value), mode })
export const without = (...names) => Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)))
export const PRIVATE_PEM = [
  // RFC 8037 appendix A.1.
  '-----BEGIN PRIVATE KEY-----',
  'MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g',
  '-----END PRIVATE KEY-----',
  '',
].join('\n')
export const PUBLIC_PEM = [
  '-----BEGIN PUBLIC KEY-----',
  'MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=',
  '-----END PUBLIC KEY-----',
  '',
].join('\n')
// RFC 8032 section 7.1, test 2.
export const OTHER_PEM = [
  '-----BEGIN PUBLIC KEY-----',
  'MCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=',
  '-----END PUBLIC KEY-----',
  '',
].join('\n')
export const P256_PEM = [
  '-----BEGIN PUBLIC KEY-----',
  // RFC 7517 appendix A.1.
  'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEMKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D7gS2XpJFbZiItSs3m9+9Ue6GnvHw/GW2ZZaVtszggXIw==',
  '-----END PUBLIC KEY-----',
  '',
].join('\n')
export const client = {
  id: 'gateway',
  secretSha256: 'A'.repeat(43),
  grants: ['client_credentials'],
  audiences: ['orders'],
}
export const configured = (config, more = {}) => ({
  env: { ...env, ISSUER_CONFIG: 'issuer.json', ...more },
  files: { 'issuer.json': file(config) },
})
