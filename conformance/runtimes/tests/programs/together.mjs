// In Node.js, Deno and Bun: Ed25519 with many calls under way, some of which must fail, beside the same one after the other.
import process from 'node:process'
import { createKit, generateKeyPair } from '@kit/jwt'

const { privateJwk } = await generateKeyPair()
const kit = createKit({ issuer: 'https://issuer.example', audience: 'api', privateKey: privateJwk })
const subjects = Array.from({ length: 64 }, (_, index) => `u${index}`)

/** Every third token has the claims of the next. */
const swapped = (tokens, index) => {
  const [header, , signature] = tokens[index].split('.')
  const [, payload] = tokens[(index + 1) % tokens.length].split('.')
  return index % 3 === 0 ? [header, payload, signature].join('.') : tokens[index]
}

const answerOf = (token) =>
  kit.verify(token).then(
    ({ sub }) => sub,
    ({ code }) => code,
  )

const tokens = await Promise.all(subjects.map((sub) => kit.sign({ sub, jti: `j-${sub}` })))
const shown = tokens.map((_, index) => swapped(tokens, index))
const together = await Promise.all(shown.map(answerOf))
const alone = []
for (const token of shown) alone.push(await answerOf(token))
process.stdout.write(`${JSON.stringify({ together, alone })}\n`)
