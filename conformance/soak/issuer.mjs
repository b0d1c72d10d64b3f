// An issuer whose keys rotate: published before they sign, kept for a while after, and now and then revoked.
import { generateKeyPairSync, sign } from 'node:crypto'

const RETAINED = 2
const REMEMBERED = 20

/** What a set may have beside its keys: of no use to anyone, and no reason to refuse the rest. */
const ODD = [
  { kty: 'RSA', kid: 'odd' },
  { kty: 'oct', k: 'AAAA', kid: 'odd' },
  { kty: 'OKP', crv: 'X25519', x: 'AA' },
  5,
]

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A key that nobody published. */
export function newKey(kid) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return { kid, privateKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid, alg: 'EdDSA', use: 'sig' } }
}

/** A token by node:crypto alone. */
export function mint(key, payload, header = { alg: 'EdDSA', typ: 'JWT', kid: key.kid }) {
  const input = `${encode(header)}.${encode(payload)}`
  return `${input}.${sign(null, Buffer.from(input), key.privateKey).toString('base64url')}`
}

export class Issuer {
  /** Those that are gone too, for a while: their tokens must be refused. */
  keys = []
  version = 0
  #count = 0

  constructor(name, clock) {
    this.name = name
    this.iss = `https://${name}.example`
    this.clock = clock
    this.#publish('active')
    this.#publish('next')
  }

  /** The next key signs, the one after it is published, and the oldest retired one goes. */
  rotate() {
    const now = this.clock()
    for (const key of this.inState('retired')) {
      key.rotations += 1
      if (key.rotations >= RETAINED) this.#remove(key, now)
    }
    for (const key of this.inState('active')) key.state = 'retired'
    this.#promote()
    const gone = this.inState('removed')
    for (const key of gone.slice(0, -REMEMBERED)) this.keys.splice(this.keys.indexOf(key), 1)
  }

  /** A key is gone at once, whatever it was for. */
  revoke(r) {
    const key = r.pick([...this.inState('active'), ...this.inState('retired')])
    const wasActive = key.state === 'active'
    this.#remove(key, this.clock())
    if (wasActive) this.#promote()
  }

  inState(...states) {
    return this.keys.filter(({ state }) => states.includes(state))
  }

  /** What the endpoint has to say, and which keys that are. */
  set() {
    const published = this.inState('next', 'active', 'retired')
    return {
      version: this.version,
      kids: new Set(published.map(({ kid }) => kid)),
      body: JSON.stringify({ keys: [...ODD, ...published.map(({ jwk }) => jwk)] }),
    }
  }

  #promote() {
    for (const key of this.inState('next')) key.state = 'active'
    this.#publish('next')
  }

  #publish(state) {
    this.#count += 1
    this.version += 1
    // The same ids at every issuer: only the signature tells whose key it is.
    this.keys.push({ ...newKey(`k${this.#count}`), state, rotations: 0, published: this.clock(), removed: undefined })
  }

  #remove(key, now) {
    this.version += 1
    Object.assign(key, { state: 'removed', removed: now })
  }
}
