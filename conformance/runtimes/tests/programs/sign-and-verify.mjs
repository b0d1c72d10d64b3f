// In Node.js, Deno and Bun: a kit of an adapter and the kit of the environment, or the code of what refuses them.
import process from 'node:process'
import { sign, verify } from '@kit/jwt'

const { makeKit } = await import(`@kit/jwt/${process.argv[2]}`)

async function roundTrip() {
  const kit = makeKit()
  const { sub } = await kit.verify(await kit.sign({ sub: 'adapter' }))
  const shared = await verify(await sign({ sub: 'environment' }))
  return { subjects: [sub, shared.sub], signs: (await kit.describe()).signs.alg }
}

const refusalOf = ({ code, variable, message }) => ({ code, variable, ...(code === undefined && { message }) })
process.stdout.write(`${JSON.stringify(await roundTrip().catch(refusalOf))}\n`)
