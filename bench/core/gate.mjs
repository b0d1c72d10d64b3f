// What a candidate must refuse before it is timed: whoever checks less is not faster, but does something else.

const answer = async (call) => {
  try {
    return { value: await call() }
  } catch {
    // Whatever it threw, it refused.
    return { refused: true }
  }
}

/**
 * Why a verifier is not timed, or undefined.
 *
 * @param isStrict - whether it must also refuse what only a strict verifier refuses, and take what is merely unusual
 */
export async function faultOfVerifier(verify, { tokens, wrong, odd, unusual, claims }, profile, isStrict) {
  for (const token of tokens[profile]['0.5'].slice(0, 3)) {
    const { value, refused } = await answer(() => verify(token))
    if (refused) return 'refuses a good token'
    if ((value?.claims ?? value)?.sub !== claims['0.5'].sub) return 'does not give the claims'
  }
  const lists = [wrong[profile], ...(isStrict ? [odd[profile]] : [])]
  for (const [what, token] of lists.flatMap(Object.entries)) {
    // Twice: what is answered from a cache must be refused as well.
    for (let i = 0; i < 2; i++) if (!(await answer(() => verify(token))).refused) return `accepts ${what}`
  }
  if (isStrict)
    for (const [what, token] of Object.entries(unusual[profile]))
      if ((await answer(() => verify(token))).refused) return `refuses ${what}`
  return undefined
}

const HEADERS = { hs512: { alg: 'HS512', typ: 'JWT' }, eddsa: { alg: 'EdDSA', typ: 'JWT' } }

/** Why a signer is not timed, or undefined. `verify` is another's. */
export async function faultOfSigner(sign, verify, { claims, issuer, audience, kid }, profile, isBare) {
  const minted = []
  for (let i = 0; i < 2; i++) {
    const token = await sign(claims['0.5'])
    const header = JSON.parse(atob(token.split('.')[0].replaceAll('-', '+').replaceAll('_', '/')))
    for (const [member, value] of Object.entries({ ...HEADERS[profile], ...(profile === 'eddsa' ? { kid } : {}) }))
      if (header[member] !== value) return `mints another ${member}`
    const { value } = await answer(() => verify(token))
    if (value === undefined) return 'mints what another refuses'
    minted.push(value)
  }
  const [one, other] = minted
  for (const [name, value] of Object.entries({ ...claims['0.5'], iss: issuer, aud: audience }))
    if (JSON.stringify(one[name]) !== JSON.stringify(value)) return `mints another ${name}`
  if (one.exp - one.iat !== 900) return 'mints another lifetime'
  if (typeof one.jti !== 'string' || (!isBare && one.jti === other.jti)) return 'mints no jti of its own'
  return undefined
}
