// What a Worker has to load: bytes of a minified bundle, gzipped.
import { gzipSync } from 'node:zlib'
import { bundleOf } from './bundle.mjs'
import { bench } from './programs.mjs'

const BUNDLES = {
  'sign, verify': {
    kit: "export { sign, verify } from '@kit/jwt'",
    jose: "export { SignJWT, jwtVerify } from 'jose'",
    hono: "export { sign, verify } from 'hono/jwt'",
  },
  verify: {
    kit: "export { verify } from '@kit/jwt'",
    'kit/verifier': "export { createVerifier } from '@kit/jwt/verifier'",
    jose: "export { jwtVerify } from 'jose'",
  },
  'sign, verify, checkAuth': { kit: "export { sign, verify, checkAuth } from '@kit/jwt'" },
  'createKit, policy': { kit: "export { createKit, policy } from '@kit/jwt'" },
}

export async function bundleSizes() {
  const sizes = {}
  for (const [what, candidates] of Object.entries(BUNDLES)) {
    sizes[what] = {}
    for (const [name, contents] of Object.entries(candidates)) {
      const text = await bundleOf({ stdin: { contents, resolveDir: bench } }, ['workerd'], true)
      sizes[what][name] = gzipSync(text, { level: 9 }).length
    }
  }
  return sizes
}
