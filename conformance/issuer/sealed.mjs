// Sets of keys, and their stored form, sealed by node:crypto alone.
import { createCipheriv } from 'node:crypto'

/** RFC 8785 for what is in here: integers, and member names and texts of ASCII. */
const canonical = (value) =>
  JSON.stringify(value, (_, it) =>
    it && typeof it === 'object' && !Array.isArray(it)
      ? Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1)))
      : it,
  )

export const KEKS = { a: Buffer.alloc(32, 0xa1), b: Buffer.alloc(32, 0xb2) }
export const textOf = (...ids) => ids.map((id) => `${id}=${KEKS[id].toString('base64url')}`).join(',')

// RFC 8037 appendix A, and RFC 8032 section 7.1 test 2.
const PAIRS = [
  ['nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A', '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'],
  ['TM0Imyj_ltqdtsNG7BFOD1uKMZ81q6Yk2oz27U-4pvs', 'PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw'],
]

function ed25519(index, kid) {
  const [d, x] = PAIRS[index]
  const publicJwk = { kty: 'OKP', crv: 'Ed25519', x, kid, alg: 'EdDSA', use: 'sig' }
  return { publicJwk, privateJwk: { ...publicJwk, d } }
}

export const one = ed25519(0, 'k1')
export const two = ed25519(1, 'k2')
const secret = (kid) => ({ kty: 'oct', k: Buffer.alloc(64, 7).toString('base64url'), kid, alg: 'HS512' })

export const BASE = {
  version: 3,
  period: 5,
  keys: [
    {
      kid: 'k0',
      algorithm: 'EdDSA',
      state: 'retired',
      publishedAt: 1,
      activatedAt: 2,
      retiredAt: 3,
      removeAt: 4,
      publicJwk: ed25519(0, 'k0').publicJwk,
    },
    { kid: 'k1', algorithm: 'EdDSA', state: 'active', publishedAt: 5000, activatedAt: 5000, ...one },
    { kid: 'k2', algorithm: 'EdDSA', state: 'next', publishedAt: 5000, ...two },
  ],
  revoked: [{ kid: 'leaked', revokedAt: 4000 }],
}

/** The stored form: what `change` makes of it after it was sealed is what an attacker would do. */
export function sealed(
  set,
  { kek = 'a', change = (document) => document, inside = (jwk) => jwk, written = (text) => text } = {},
) {
  const plain = { ...set, keys: set.keys.map(({ privateJwk: _, ...key }) => key) }
  const keys = set.keys.map(({ privateJwk, ...key }, index) => {
    if (privateJwk === undefined) return key
    const id = typeof kek === 'string' ? kek : kek[index]
    const iv = Buffer.alloc(12, index + 1)
    const cipher = createCipheriv('aes-256-gcm', KEKS[id], iv)
    cipher.setAAD(Buffer.from(canonical({ kid: key.kid, set: plain })))
    const body = [cipher.update(written(canonical(inside(privateJwk)))), cipher.final(), cipher.getAuthTag()]
    return {
      ...key,
      sealed: { kek: id, iv: iv.toString('base64url'), ciphertext: Buffer.concat(body).toString('base64url') },
    }
  })
  return canonical(change(structuredClone({ format: 1, ...set, keys })))
}

export const secrets = {
  version: 1,
  period: 0,
  keys: [
    {
      kid: 's0',
      algorithm: 'HS512',
      state: 'retired',
      publishedAt: 1,
      activatedAt: 2,
      retiredAt: 3,
      removeAt: 4,
      privateJwk: secret('s0'),
    },
    { kid: 's1', algorithm: 'HS512', state: 'active', publishedAt: 1, activatedAt: 1, privateJwk: secret('s1') },
    { kid: 's2', algorithm: 'HS512', state: 'next', publishedAt: 1, privateJwk: secret('s2') },
  ],
  revoked: [],
}
