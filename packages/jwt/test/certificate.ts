// A certificate of the moment, for a server on loopback that a test starts (RFC 5280, in as little DER as it takes).
import { createSign, generateKeyPairSync, randomBytes } from 'node:crypto'

const der = (tag: number, ...parts: (Buffer | number[])[]): Buffer => {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part)))
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}
const sequence = (...parts: Buffer[]): Buffer => der(0x30, ...parts)
const bits = (content: Buffer): Buffer => der(0x03, [0], content)

const ECDSA_SHA256 = sequence(der(0x06, [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]))
const COMMON_NAME = der(0x06, [0x55, 0x04, 0x03])
const ALTERNATIVE_NAME = der(0x06, [0x55, 0x1d, 0x11])
const DAY = 86_400_000

/** YYMMDDhhmmssZ */
const time = (moment: number): Buffer =>
  der(0x17, Buffer.from(`${new Date(moment).toISOString().replace(/\D/g, '').slice(2, 14)}Z`))

/**
 * A self-signed certificate, and its key.
 *
 * @param until - milliseconds from now at which it expires; negative: it has
 * @param address - whose it is, in IPv4
 */
export function selfSigned(until: number, address = '127.0.0.1'): { readonly cert: string; readonly key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(address)))))
  const owner = sequence(ALTERNATIVE_NAME, der(0x04, sequence(der(0x87, address.split('.').map(Number)))))
  const body = sequence(
    der(0xa0, der(0x02, [2])),
    der(0x02, [1], randomBytes(8)),
    ECDSA_SHA256,
    name,
    sequence(time(Date.now() - 30 * DAY), time(Date.now() + until)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(owner)),
  )
  const signature = createSign('sha256').update(body).sign(privateKey)
  const text = sequence(body, ECDSA_SHA256, bits(signature)).toString('base64')
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${text.replace(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  }
}
