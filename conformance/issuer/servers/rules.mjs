// What a signer must do beside a server that runs. Each rule is given the signers of one language, a verifier of the other, and
// what the operator of the server does.
import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** The rights that the documentation asks for, of one key. */
const RIGHTS = readFileSync(new URL('../../../docs/remote-signers.md', import.meta.url), 'utf8').match(
  /^path "\S+" .+$/gm,
)
const policyOf = (key, rights = RIGHTS) => rights.join('\n').replaceAll('/tokens"', `/${key}"`)

/** Whether the server's own public key, and no code of either language, holds a token. */
async function isSignedBy(token, { ask }, key, version) {
  const { data } = await ask('GET', `transit/keys/${key}`)
  const x = Buffer.from(data.keys[version].public_key, 'base64').toString('base64url')
  const [header, payload, signature] = token.split('.')
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  return verify(null, Buffer.from(`${header}.${payload}`), publicKey, Buffer.from(signature, 'base64url'))
}

/** A token of the server that may do what a policy says, and nothing else. */
async function tokenFor({ ask }, name, policy) {
  await ask('PUT', `sys/policies/acl/${name}`, { policy })
  const { auth } = await ask('POST', 'auth/token/create', { policies: [name], no_default_policy: true })
  return auth.client_token
}

const refused = async (answer, code, variable) => {
  const { said, ...told } = await answer
  assert.deepEqual(told, { code, ...(variable && { variable }) })
}

export const RULES = {
  'the two rights that are documented are enough': async ({ signers, verifier, server, key }) => {
    const token = await tokenFor(server, key, policyOf(key))
    const { publicJwk } = await signers.start('first', { token, key })
    const minted = (await signers.mint('first')).token
    assert.equal(await isSignedBy(minted, server, key, 1), true)
    assert.deepEqual(await verifier.verify(minted, publicJwk), { sub: 'u1' })
  },
  'a rotation changes nothing until there is another signer': async ({ signers, verifier, server, key }) => {
    const { kid, publicJwk } = await signers.start('before', { key })
    await server.ask('POST', `transit/keys/${key}/rotate`)
    const before = (await signers.mint('before')).token
    assert.equal(await isSignedBy(before, server, key, 1), true)
    const after = await signers.start('after', { key })
    const minted = (await signers.mint('after')).token
    assert.equal(await isSignedBy(minted, server, key, 2), true)
    assert.deepEqual(await verifier.verify(minted, after.publicJwk), { sub: 'u1' })
    await refused(verifier.verify(minted, publicJwk), 'key_not_found')
    assert.equal((await signers.start('first again', { key, version: 1 })).kid, kid)
  },
  'a key that is not there': async ({ signers, key }) => {
    await refused(signers.start('none', { key: `${key}-none` }), 'key_not_found')
    await refused(signers.start('none', { key, version: 9 }), 'key_not_found')
  },
  'a key of another algorithm, or a derived one': async ({ signers, server, key }) => {
    await server.ask('POST', `transit/keys/${key}-p256`, { type: 'ecdsa-p256' })
    await refused(signers.start('none', { key: `${key}-p256` }), 'key_unsuitable', 'key')
    await server.ask('POST', `transit/keys/${key}-derived`, { type: 'ed25519', derived: true })
    await refused(signers.start('none', { key: `${key}-derived` }), 'key_unsuitable', 'key')
  },
  'a token that the server does not know, or that may only read': async ({ signers, server, key }) => {
    await refused(signers.start('none', { key, token: 'hvs.another' }), 'key_store_unavailable')
    const reader = await tokenFor(server, `${key}-reader`, policyOf(key, [RIGHTS[0]]))
    await refused(signers.start('none', { key, token: reader }), 'key_store_unavailable')
  },
  'a token that is taken back while it is in use': async ({ signers, server, key }) => {
    const token = await tokenFor(server, key, policyOf(key))
    await signers.start('revoked', { key, token })
    await server.ask('POST', 'auth/token/revoke', { token })
    await refused(signers.mint('revoked'), 'key_store_unavailable')
  },
  'an engine of another path, in a namespace': async ({ signers, verifier, server, key }) => {
    await server.ask('POST', `sys/namespaces/${key}`)
    await server.ask('POST', 'sys/mounts/signing/tokens', { type: 'transit' }, key)
    await server.ask('POST', `signing/tokens/keys/${key}`, { type: 'ed25519' }, key)
    const place = { key, mount: 'signing/tokens', namespace: key }
    const { publicJwk } = await signers.start('elsewhere', place)
    const { token } = await signers.mint('elsewhere')
    assert.deepEqual(await verifier.verify(token, publicJwk), { sub: 'u1' })
    await refused(signers.start('none', { ...place, namespace: `${key}-none` }), 'key_not_found')
  },
  'a version that may sign no more, and a key that is deleted': async ({ signers, server, key }) => {
    await signers.start('old', { key, version: 1 })
    await server.ask('POST', `transit/keys/${key}/config`, { min_encryption_version: 2, deletion_allowed: true })
    await refused(signers.mint('old'), 'key_store_unavailable')
    await signers.start('deleted', { key })
    await server.ask('DELETE', `transit/keys/${key}`)
    await refused(signers.mint('deleted'), 'key_store_unavailable')
    await refused(signers.start('none', { key }), 'key_not_found')
  },
}
