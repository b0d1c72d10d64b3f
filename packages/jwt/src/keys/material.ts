import { type Algorithm, EDDSA } from '../crypto/algorithms'
import { isPublicKey } from '../crypto/edwards25519'
import { bigEndian, isOnCurve } from '../crypto/nist-curves'
import { bytesOf, invalid, type Members } from './jwk'

/** The members of a key that RFC 7638 section 3.2 requires, checked. */
export type RequiredMembers = Readonly<Record<string, string>>

function readRsa(jwk: Members): RequiredMembers {
  const modulus = bytesOf(jwk, 'n')
  const exponent = bytesOf(jwk, 'e')
  const [n, e] = [bigEndian(modulus), bigEndian(exponent)]
  // RFC 7518 section 6.3.1.1 forbids leading zeros: the same key would have another thumbprint.
  const isMinimal = modulus[0] !== 0 && exponent[0] !== 0
  if (!isMinimal || !(n & e & 1n) || e === 1n || e >= n) throw invalid()
  return { kty: 'RSA', n: jwk['n'] as string, e: jwk['e'] as string }
}

function readEc(jwk: Members, crv: string): RequiredMembers {
  if (!isOnCurve(crv, bytesOf(jwk, 'x'), bytesOf(jwk, 'y'))) throw invalid()
  return { kty: 'EC', crv, x: jwk['x'] as string, y: jwk['y'] as string }
}

function readOkp(jwk: Members): RequiredMembers {
  if (!isPublicKey(bytesOf(jwk, 'x', 32))) throw invalid()
  return { kty: 'OKP', crv: 'Ed25519', x: jwk['x'] as string }
}

/**
 * Checks the material of a public key, whose type is known to be the algorithm's.
 *
 * @throws ConfigError - `key_invalid`: encoding, length, y ≥ p, of low order, not on the curve, e even or 1
 */
export function readMaterial(jwk: Members, algorithm: Algorithm): RequiredMembers {
  if (algorithm.kty === 'RSA') return readRsa(jwk)
  return algorithm === EDDSA ? readOkp(jwk) : readEc(jwk, algorithm.crv as string)
}
