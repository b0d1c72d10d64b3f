// Servers that hold a key, as examples ask them: AWS KMS by a client, Vault by a transport.
const HEAD = Buffer.from('302a300506032b6570032100', 'hex')

/** `client` and `transport` of a private key; the client is that of a Redis too. */
export function remoteOf(key, publicJwk, redis) {
  const bytes = Buffer.from(publicJwk.x, 'base64url')
  const data = { type: 'ed25519', latest_version: 1, keys: { 1: { public_key: bytes.toString('base64') } } }
  return {
    client: {
      ...redis,
      getPublicKey: async () => ({ PublicKey: Buffer.concat([HEAD, bytes]) }),
      sign: async ({ Message }) => ({ Signature: await key.sign(Message) }),
    },
    transport: async (_, { body }) => {
      if (!body) return Response.json({ data })
      const signature = await key.sign(new Uint8Array(Buffer.from(JSON.parse(body).input, 'base64')))
      return Response.json({ data: { signature: `vault:v1:${Buffer.from(signature).toString('base64')}` } })
    },
  }
}
