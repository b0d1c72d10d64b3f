import { createPrivateKey, type JsonWebKey, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface VaultAnswer {
  readonly status: number
  readonly body?: object
  readonly text?: string
  readonly location?: string
  readonly spaces?: number
}

/** The example of RFC 8037: its private key is what the servers hold. */
const { known } = JSON.parse(
  readFileSync(new URL('../../../conformance/issuer/vault-signers.json', import.meta.url), 'utf8'),
) as { known: { privateJwk: JsonWebKey; input: string; signature: string } }
export const INPUT = new TextEncoder().encode(known.input)
export const SIGNATURE = known.signature
export const X = known.privateJwk.x
const KEY = createPrivateKey({ format: 'jwk', key: known.privateJwk })

export const signed = (data: Uint8Array): Buffer => sign(null, data, KEY)

/** A server on loopback that answers what a vector says, and what it was asked. */
export async function startVault(keys: VaultAnswer, signatures: readonly VaultAnswer[], elsewhere?: VaultAnswer) {
  const requests: { method?: string; path?: string; headers: IncomingMessage['headers']; body?: unknown }[] = []
  let asked = 0
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method, url, headers } = request
    const sent = await text(request)
    const body = sent === '' ? undefined : (JSON.parse(sent) as { input: string })
    requests.push({ method: method as string, path: url as string, headers, ...(body && { body }) })
    const signature = () => signatures[Math.min(asked++, signatures.length - 1)]
    const given = url === '/v1/elsewhere' ? elsewhere : method === 'POST' ? signature() : keys
    if (given === undefined) throw new Error('nobody was to sign')
    const written = given.text ?? JSON.stringify(given.body ?? {})
    const made = body ? signed(Buffer.from(body.input, 'base64')).toString('base64') : ''
    response.writeHead(given.status, { ...(given.location && { location: given.location }) })
    response.end(given.status === 204 ? '' : written.replace('<signature>', made) + ' '.repeat(given.spaces ?? 0))
  }
  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()))
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}`,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
