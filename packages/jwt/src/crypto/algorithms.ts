// The one table of algorithms (RFC 7518 section 3.1, RFC 8037, RFC 9864). A name is resolved once; below goes the row.

/** Algorithms that a kit signs with. `Ed25519` is another name of `EdDSA` (RFC 9864). */
export type ProfileName = 'HS512' | 'EdDSA'

/** Algorithms of public keys. */
export type PublicAlgorithmName = 'EdDSA' | 'RS256' | 'PS256' | 'ES256' | 'ES384' | 'ES512'

/** Every name that an option may give. */
export type AlgorithmName = 'HS512' | 'Ed25519' | PublicAlgorithmName

/** One row of the table. */
export interface Algorithm {
  readonly name: 'HS512' | PublicAlgorithmName
  readonly kty: 'oct' | 'OKP' | 'RSA' | 'EC'
  readonly crv?: string
  /** Exact length of a signature in bytes; 0 where the key decides (RSA). */
  readonly signature: number
  /** What WebCrypto is told, by `importKey` and `verify` alike. */
  readonly params: Readonly<
    Record<'name', string> & Partial<Record<'hash' | 'namedCurve', string> & Record<'saltLength', number>>
  >
}

export const HS512: Algorithm = { name: 'HS512', kty: 'oct', signature: 64, params: { name: 'HMAC' } }
export const EDDSA: Algorithm = {
  name: 'EdDSA',
  kty: 'OKP',
  crv: 'Ed25519',
  signature: 64,
  params: { name: 'Ed25519' },
}

const ec = (name: 'ES256' | 'ES384' | 'ES512', namedCurve: string, bits: number, signature: number): Algorithm => ({
  name,
  kty: 'EC',
  crv: namedCurve,
  signature,
  params: { name: 'ECDSA', namedCurve, hash: `SHA-${bits}` },
})

const rsa = (name: 'RS256' | 'PS256', scheme: string): Algorithm => ({
  name,
  kty: 'RSA',
  signature: 0,
  params: { name: scheme, hash: 'SHA-256', saltLength: 32 },
})

const rows = /* @__PURE__ */ (() => [
  HS512,
  EDDSA,
  rsa('RS256', 'RSASSA-PKCS1-v1_5'),
  rsa('PS256', 'RSA-PSS'),
  ec('ES256', 'P-256', 256, 64),
  ec('ES384', 'P-384', 384, 96),
  ec('ES512', 'P-521', 512, 132),
])()

// A Map, so that no name finds a member of Object.prototype.
const TABLE: ReadonlyMap<unknown, Algorithm> = /* @__PURE__ */ new Map<unknown, Algorithm>([
  ['Ed25519', EDDSA],
  ...rows.map((row): [string, Algorithm] => [row.name, row]),
])

/** The row of a name, or undefined. Both names of EdDSA give the same row: they are one algorithm everywhere. */
export const algorithmOf = (name: unknown): Algorithm | undefined => TABLE.get(name)

/** Whether an algorithm is only ever used by outside issuers. */
export const isOutside = (algorithm: Algorithm): boolean => algorithm !== HS512 && algorithm !== EDDSA
