// Reads and writes folders of keys as the other language's program does. Lines on stdin, each with one thing to do, and the
// answer to each on stdout: see conformance/issuer/across.mjs.
import { createInterface } from 'node:readline'
import { AuthorityError, createAuthority, readKeks } from '@kit/issuer'
import { fileKeyStore } from '@kit/issuer/node'

async function answer({ folder, keks, now, algorithm, data, revoke }) {
  const authority = await createAuthority({
    store: fileKeyStore(folder),
    keks: await readKeks(keks),
    algorithm,
    clock: () => now,
  })
  if (revoke !== undefined) await authority.revoke(revoke)
  const { kid, ...signer } = await authority.signer()
  const signature = await signer.sign(new TextEncoder().encode(data))
  const plan = (await authority.plan()).map(({ at, change, kid: one }) => [at, change, one ?? null])
  const keys = (await authority.keys()).map(({ kid: one, state }) => [one, state])
  return { kid, signature: Buffer.from(signature).toString('base64url'), keys, plan, jwks: await authority.jwks() }
}

for await (const line of createInterface({ input: process.stdin })) {
  const said = await answer(JSON.parse(line)).catch((error) => ({
    code: AuthorityError.is(error) ? error.code : String(error),
  }))
  process.stdout.write(`${JSON.stringify(said)}\n`)
}
