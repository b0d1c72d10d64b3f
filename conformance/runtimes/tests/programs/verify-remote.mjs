// In Deno: verifies a token with the keys of a URL, or says why that fails.
import process from 'node:process'
import { makeKit } from '@kit/jwt/deno'

const refusalOf = ({ code, message }) => ({ code, ...(code === undefined && { message }) })
const outcome = await makeKit()
  .verify(process.argv[2])
  .then(({ sub }) => ({ sub }), refusalOf)
process.stdout.write(`${JSON.stringify(outcome)}\n`)
