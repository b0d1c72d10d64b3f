// What is timed: operations by name, and for each of them the candidates that can do it and have passed the gate.
import { faultOfSigner, faultOfVerifier } from './gate.mjs'
import { pass, RULES } from './rules.mjs'

const SIZES = [
  ['0.5', ''],
  ['2', '.2kB'],
  ['8', '.8kB'],
]
const STRICT = ['kit', 'strict-floor', 'strict-floor-pool']

/** Calls a function with one token after the other. */
function inTurn(call, tokens) {
  let at = 0
  return () => {
    at = at + 1 === tokens.length ? 0 : at + 1
    return call(tokens[at])
  }
}

/** Calls a function with the same token, in a text that is new each time: so it comes out of a request's header. */
function repeated(call, token) {
  const bytes = new TextEncoder().encode(token)
  // `latin1Slice` where there is one: a decoder costs more than what is measured here.
  const buffer = globalThis.Buffer?.from(bytes)
  const decoder = new TextDecoder()
  const fresh = buffer ? () => buffer.latin1Slice() : () => decoder.decode(bytes)
  return () => call(fresh())
}

/** Verifies, then holds the claims against the five rules, in the way of the verifier. */
function withRules(verify) {
  return (token) => {
    const claims = verify(token)
    return typeof claims?.then === 'function' ? claims.then(pass) : pass(claims)
  }
}

/** What one candidate does in one profile, by operation: an async function that gives what is called without arguments. */
function operationsOf(candidate, material, profile) {
  const { claims, tokens } = material
  const of = (size) => tokens[profile][size]
  const operations = {}
  for (const [size, suffix] of SIZES) {
    if (candidate.sign)
      operations[`${profile}.sign${suffix}`] = async () => {
        const sign = await candidate.sign(material, profile)
        return sign && { check: 'sign', call: sign, run: () => sign(claims[size]) }
      }
    if (candidate.verify)
      operations[`${profile}.verify${suffix}`] = async () => {
        const verify = await candidate.verify(material, profile)
        return verify && { check: 'verify', call: verify, run: inTurn(verify, of(size)) }
      }
  }
  if (candidate.verify && candidate.isRepeated)
    operations[`${profile}.verify.repeated`] = async () => {
      const verify = await candidate.verify(material, profile, { isCached: true })
      return verify && { check: 'verify', call: verify, run: repeated(verify, of('0.5')[0]) }
    }
  if (candidate.checkAuth || candidate.verify)
    operations[`${profile}.checkAuth`] = async () => {
      const verify = candidate.checkAuth ? undefined : await candidate.verify(material, profile)
      const check = candidate.checkAuth ? await candidate.checkAuth(material, profile) : verify && withRules(verify)
      return check && { check: 'verify', call: check, run: inTurn(check, of('0.5')) }
    }
  if (profile === 'eddsa' && candidate.hasKeySets)
    for (const [size, keySet] of Object.entries(material.keySets))
      operations[`${profile}.verify.jwks-${size}`] = async () => {
        const verify = await candidate.verify(material, profile, { keySet })
        return verify && { check: 'verify', call: verify, run: inTurn(verify, of('0.5')) }
      }
  if (candidate.delegate)
    operations[`${profile}.createDelegatedToken`] = async () => {
      const run = await candidate.delegate(material, profile, of('0.5')[0], RULES)
      return run && { check: 'none', call: run, run }
    }
  return operations
}

/** The operations of some candidates, in the order in which they are shown. */
export function operationNames(candidates, material) {
  const names = new Set()
  for (const profile of ['hs512', 'eddsa'])
    for (const candidate of candidates)
      for (const name of Object.keys(operationsOf(candidate, material, profile))) names.add(name)
  return [...names]
}

/**
 * The candidates of an operation.
 *
 * @param referee - a candidate whose verifier judges what the others mint
 * @returns `ready`, each with a name and what to call, and `refused`: who is not timed, and why
 */
export async function openOperation(operation, candidates, material, referee) {
  const [profile] = operation.split('.')
  const ready = []
  const refused = []
  for (const candidate of candidates) {
    const open = operationsOf(candidate, material, profile)[operation]
    if (open === undefined) continue
    if (candidate.missing) {
      refused.push({ operation, candidate: candidate.name, reason: candidate.missing })
      continue
    }
    const opened = await open()
    if (!opened) continue
    const fault = await faultOf(opened, candidate, material, profile, referee)
    if (fault) refused.push({ operation, candidate: candidate.name, reason: fault })
    else ready.push({ name: candidate.name, run: opened.run })
  }
  return { ready, refused }
}

async function faultOf({ check, call }, candidate, material, profile, referee) {
  if (check === 'sign') {
    const verify = await referee.verify(material, profile)
    return faultOfSigner(call, verify, material, profile, candidate.isBare)
  }
  if (check === 'verify') return faultOfVerifier(call, material, profile, STRICT.includes(candidate.name))
  const token = await call()
  return token.split('.').length === 3 ? undefined : 'gives no token'
}
