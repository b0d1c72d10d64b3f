// Keys that everybody knows: each is printed in an RFC or counted up from zero. Whoever trusts one trusts everybody.
import type { Jwk } from '../keys/key'

/** `iss` of tokens for tests. */
export const TEST_ISSUER = 'https://issuer.test'
/** `aud` of tokens for tests. */
export const TEST_AUDIENCE = 'test'
/** `sub` of tokens for tests. */
export const TEST_SUBJECT = 'u1'
/** `kid` of the secret for tests. */
export const TEST_KID = 'test'

/** The HS512 secret for tests: the key of RFC 7515 appendix A.1.1. */
export const TEST_SECRET = 'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow'
/** A secret that no kit for tests trusts: the bytes from 0 to 63. */
export const FOREIGN_SECRET = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0-Pw'

/** `x`, `d` and the RFC 7638 thumbprint, written down so that a key is published without waiting for a hash. */
type Row = readonly [x: string, d: string, thumbprint: string]

const privateJwk = ([x, d]: Row): Jwk => Object.freeze({ kty: 'OKP', crv: 'Ed25519', x, d })
const publicJwk = ([x, , kid]: Row): Jwk =>
  Object.freeze({ kty: 'OKP', crv: 'Ed25519', x, kid, alg: 'EdDSA', use: 'sig' })

// RFC 8032 section 7.1, tests 1, 2, 3 and 1024; the first is also the key of RFC 8037 appendix A.
const ROWS: readonly [Row, ...Row[]] = [
  [
    '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
    'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
    'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
  ],
  [
    'PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw',
    'TM0Imyj_ltqdtsNG7BFOD1uKMZ81q6Yk2oz27U-4pvs',
    'FtIu-VbGrfe_KB6CH7GNwODB72MNxj_ml11dEvO-7kk',
  ],
  [
    '_FHNjmIYoaONpH7QAjDwWAgW7RO6MwOsXeuRFUiQgCU',
    'xaqN9D-fg3vtt0QvMdy3sWbThTUHbwlLhc46LgtEWPc',
    'FVV5umTuau890q59V-4Ga_R6qWb7ON_ivJc4EjvCwTM',
  ],
  [
    'J4EX_BRMcjQPZ9DyMW6Dhs7_vyskKMnFH-98WX8dQm4',
    '9eV2fPFTMZUXYw8iaHa4bIFgzFg7wBN0TGvyVfXMDuU',
    'lZI1vM7tnlYapaF5-cy86ptx0tT_8Av721hhiNB5ti4',
  ],
]

/** The Ed25519 private key for tests: RFC 8037 appendix A.1. */
export const TEST_PRIVATE_JWK: Jwk = /* @__PURE__ */ privateJwk(ROWS[0])
/** Its public half as a JWKS shows it; the `kid` is the thumbprint, RFC 8037 appendix A.3. */
export const TEST_PUBLIC_JWK: Jwk = /* @__PURE__ */ publicJwk(ROWS[0])

/** Private keys that follow each other when an issuer rotates; the first is `TEST_PRIVATE_JWK`. */
export const TEST_PRIVATE_JWKS: readonly Jwk[] = /* @__PURE__ */ Object.freeze(ROWS.map(privateJwk))
/** Their public halves. */
export const TEST_PUBLIC_JWKS: readonly Jwk[] = /* @__PURE__ */ Object.freeze(ROWS.map(publicJwk))

/** An Ed25519 private key that no kit for tests trusts: RFC 8032 section 7.1, test SHA(abc). */
export const FOREIGN_PRIVATE_JWK: Jwk = /* @__PURE__ */ Object.freeze({
  kty: 'OKP',
  crv: 'Ed25519',
  x: '7Bcrk61eVjv0kyxw4SRQNMNUZ-8u_U1k6_gZaDRn4r8',
  d: 'gz_mJAkje51i7HdYdSCRHpp1nOwdGXVbfakBuW3KPUI',
})
