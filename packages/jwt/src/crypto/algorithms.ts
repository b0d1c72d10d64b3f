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
  /** What `subtle.verify` is told. */
  readonly params: RsaPssParams | EcdsaParams | { readonly name: string }
}

const ecdsa = (hash: string): EcdsaParams => ({ name: 'ECDSA', hash })

export const HS512: Algorithm = { name: 'HS512', kty: 'oct', signature: 64, params: { name: 'HMAC' } }
export const EDDSA: Algorithm = {
  name: 'EdDSA',
  kty: 'OKP',
  crv: 'Ed25519',
  signature: 64,
  params: { name: 'Ed25519' },
}

const rows: Algorithm[] = [
  HS512,
  EDDSA,
  { name: 'RS256', kty: 'RSA', signature: 0, params: { name: 'RSASSA-PKCS1-v1_5' } },
  { name: 'PS256', kty: 'RSA', signature: 0, params: { name: 'RSA-PSS', saltLength: 32 } },
  { name: 'ES256', kty: 'EC', crv: 'P-256', signature: 64, params: ecdsa('SHA-256') },
  { name: 'ES384', kty: 'EC', crv: 'P-384', signature: 96, params: ecdsa('SHA-384') },
  { name: 'ES512', kty: 'EC', crv: 'P-521', signature: 132, params: ecdsa('SHA-512') },
]

// A Map, so that no name finds a member of Object.prototype.
const TABLE: ReadonlyMap<unknown, Algorithm> = /* @__PURE__ */ new Map<unknown, Algorithm>([
  ['Ed25519', EDDSA],
  ...rows.map((row): [string, Algorithm] => [row.name, row]),
])

/** The row of a name, or undefined. Both names of EdDSA give the same row: they are one algorithm everywhere. */
export const algorithmOf = (name: unknown): Algorithm | undefined => TABLE.get(name)

/** Whether an algorithm is only ever used by outside issuers. */
export const isOutside = (algorithm: Algorithm): boolean => algorithm !== HS512 && algorithm !== EDDSA
