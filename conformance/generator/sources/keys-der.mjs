// DER of a key in the place of a shared secret: base64url of it is canonical text like any other, and long enough.
import { createPublicKey } from 'node:crypto'
import { keyCase } from '../key-case.mjs'

const notes = {
  DER_AS_SECRET: {
    description: 'A key in DER, encoded as a secret is: what everybody knows is no secret.',
    bugType: 'FORGERY',
    spec: ['rfc8725#2.1', 'rfc8725#3.5'],
    cves: ['CVE-2023-48223', 'CVE-2026-34950', 'CVE-2026-48526'],
  },
  NOT_QUITE_DER: {
    description: 'Bytes that begin like DER and are none: random secrets may do that.',
    bugType: 'BASIC',
    spec: ['rfc7518#3.2'],
    cves: [],
  },
}

const rows = keyCase('kder', 'importSecret')

export default ({ keys, b64u, fixedBytes }) => {
  const der = (key, type) => key.export({ format: 'der', type })
  const publicDer = (pair, type = 'spki') => der(createPublicKey(pair.privateKey), type)
  const result = (bytes) => ({ alg: 'HS512', kid: null, bytes })
  const rsa = publicDer(keys.rs256.a)
  const sequence = (inner, size) =>
    Buffer.concat([Buffer.from([0x30, size - 2, ...inner]), fixedBytes('der', size - 2 - inner.length)])
  const forms = [
    [1, 'SubjectPublicKeyInfo of an RSA key', rsa],
    [2, 'PKCS #1 of a public RSA key', publicDer(keys.rs256.a, 'pkcs1')],
    [3, 'PKCS #8 of a private RSA key', der(keys.rs256.a.privateKey, 'pkcs8')],
    [4, 'PKCS #1 of a private RSA key', der(keys.rs256.a.privateKey, 'pkcs1')],
    [5, 'SubjectPublicKeyInfo of a P-256 key', publicDer(keys.es256.a)],
    [6, 'SubjectPublicKeyInfo of a P-521 key', publicDer(keys.es512.a ?? keys.es512)],
    [7, 'PKCS #8 of a private P-256 key', der(keys.es256.a.privateKey, 'pkcs8')],
    [8, 'SEC 1 of a private P-256 key', der(keys.es256.a.privateKey, 'sec1')],
    [9, 'SubjectPublicKeyInfo of an Ed25519 key, which is short too', publicDer(keys.ed.a)],
    [10, 'a SEQUENCE in a SEQUENCE that fills 64 bytes', sequence([0x30], 64)],
    [11, 'a number in a SEQUENCE that fills 64 bytes', sequence([0x02], 64)],
  ].map(([number, comment, bytes]) => [number, comment, b64u(bytes), 'key_invalid'])
  // 30 83 010000 02, and 65535 zero bytes.
  const large = { prefix: b64u(Buffer.from([0x30, 0x83, 1, 0, 0, 0x02])), repeat: 'AAAA', times: 21845 }
  forms.push([12, 'a number in a SEQUENCE with three octets of length', { text: large }, 'key_invalid'])
  const others = [
    [20, 'a byte follows the SEQUENCE', Buffer.concat([rsa, Buffer.alloc(1)])],
    [21, 'the SEQUENCE is cut short', rsa.subarray(0, -1)],
    [22, 'another tag than SEQUENCE', Buffer.concat([Buffer.from([0x31]), rsa.subarray(1)])],
    [23, 'neither SEQUENCE nor number within', sequence([0x04], 64)],
    [24, 'a length of no octets', Buffer.concat([Buffer.from([0x30, 0x80]), fixedBytes('der', 62)])],
    [
      25,
      'a length of more octets than a key needs',
      Buffer.concat([Buffer.from([0x30, 0x84, 0, 0, 0, 64, 0x30]), fixedBytes('der', 63)]),
    ],
  ].map(([number, comment, bytes]) => [number, comment, b64u(bytes), result(bytes.length)])
  return {
    suite: 'keys-der',
    kind: 'keys',
    prefix: 'kder',
    notes,
    groups: [
      { name: 'keys in DER', tests: forms.map(rows('DER_AS_SECRET')) },
      { name: 'almost DER', tests: others.map(rows('NOT_QUITE_DER')) },
    ],
  }
}
