// memory.mjs MATERIAL.json: bytes that a cache keeps for each token that it has seen, as a line of JSON by candidate.
import { readFileSync } from 'node:fs'
import * as fastJwt from '../candidates/fast-jwt.mjs'
import * as kit from '../candidates/kit.mjs'

/** What fast-jwt keeps unless told otherwise. */
const TOKENS = 1000

const material = JSON.parse(readFileSync(process.argv[2], 'utf8'))

function kept() {
  globalThis.gc()
  globalThis.gc()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

async function bytesEach(candidate) {
  const sign = fastJwt.sign(material, 'hs512')
  const tokens = Array.from({ length: TOKENS }, () => Buffer.from(sign(material.claims['0.5'])))
  const verify = await candidate.verify(material, 'hs512', { isCached: true })
  await verify(tokens[0].toString())
  const before = kept()
  for (const token of tokens) await verify(token.toString())
  const after = kept()
  // Once more at the end: what is still in use is not collected.
  await verify(tokens[0].toString())
  return Math.round((after - before) / TOKENS)
}

const bytes = {
  kit: kit.CACHE === undefined ? null : await bytesEach(kit),
  'fast-jwt': await bytesEach(fastJwt),
}
process.stdout.write(`${JSON.stringify(bytes)}\n`)
