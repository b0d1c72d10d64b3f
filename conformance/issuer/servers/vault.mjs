// Signers of a Vault, and kits that use them. Lines on stdin, each with one thing to do, and the answer to each on stdout: see
// conformance/issuer/servers.mjs.
import { createInterface } from 'node:readline'
import { inspect } from 'node:util'
import { vaultSigner } from '@kit/issuer/signers'
import { createKit } from '@kit/jwt'

const NAMES = { issuer: 'https://auth.example', audience: 'orders' }
const signers = new Map()

const TASKS = {
  async start({ name, options }) {
    const signer = await vaultSigner(options)
    signers.set(name, signer)
    return { kid: signer.kid, publicJwk: signer.publicJwk }
  },
  async mint({ name }) {
    return { token: await createKit({ ...NAMES, signer: signers.get(name) }).sign({ sub: 'u1' }) }
  },
  async verify({ token, publicJwk }) {
    return { sub: (await createKit({ ...NAMES, publicKeys: publicJwk }).verify(token)).sub }
  },
}

for await (const line of createInterface({ input: process.stdin })) {
  const { task, ...given } = JSON.parse(line)
  const answer = await TASKS[task](given).catch((error) => ({
    code: error.code ?? 'another',
    ...(error.variable && { variable: error.variable }),
    said: inspect(error),
  }))
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}
