// What others' clients in JavaScript do with an issuer that runs: each a function that throws where something is wrong.
import assert from 'node:assert/strict'
import { createRemoteJWKSet, decodeProtectedHeader, errors, jwtVerify } from 'jose'
import * as oauth from 'oauth4webapi'
import * as openid from 'openid-client'

const GRANT = 'urn:ietf:params:oauth:grant-type:token-exchange'
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'
// Of loopback alone: TLS is the proxy's.
const plain = { [oauth.allowInsecureRequests]: true }

async function discovered(issuer) {
  const url = new URL(issuer)
  const response = await oauth.discoveryRequest(url, { algorithm: 'oauth2', ...plain })
  return oauth.processDiscoveryResponse(url, response)
}

async function oauth4webapi({ issuer, secret, privateKey, run }) {
  const as = await discovered(issuer)
  const client = { client_id: 'gateway' }
  const auth = oauth.ClientSecretBasic(secret)
  const granted = async (id, method, parameters) => {
    const response = await oauth.clientCredentialsGrantRequest(as, id, method, new URLSearchParams(parameters), plain)
    return oauth.processClientCredentialsResponse(as, id, response)
  }
  const own = await granted(client, auth, { scope: 'read' })
  assert.deepEqual([own.scope, own.expires_in], ['read', 900])

  const key = await crypto.subtle.importKey('jwk', privateKey.export({ format: 'jwk' }), 'Ed25519', false, ['sign'])
  const worker = await granted({ client_id: 'worker' }, oauth.PrivateKeyJwt({ key, kid: 'w1' }), {})

  const user = run('typescript', 'mint', '--sub', 'u1', '--aud', 'gateway', '--roles', 'admin').trim()
  const parameters = { subject_token: user, subject_token_type: ACCESS_TOKEN, audience: 'orders' }
  const asked = await oauth.genericTokenEndpointRequest(as, client, auth, GRANT, parameters, plain)
  const delegated = await oauth.processGenericTokenEndpointResponse(as, client, asked)
  assert.equal(delegated.issued_token_type, ACCESS_TOKEN)

  for (const [token, sub] of [
    [own.access_token, 'gateway'],
    [worker.access_token, 'worker'],
    [delegated.access_token, 'u1'],
  ]) {
    const request = new Request('https://orders.example', { headers: { authorization: `Bearer ${token}` } })
    const claims = await oauth.validateJwtAccessToken(as, request, 'orders', plain)
    assert.equal(claims.sub, sub)
  }

  const looked = async () => {
    const orders = { client_id: 'orders' }
    const response = await oauth.introspectionRequest(as, orders, auth, delegated.access_token, plain)
    return oauth.processIntrospectionResponse(as, orders, response)
  }
  assert.deepEqual((await looked()).act, { sub: 'gateway' })
  const revoked = await oauth.revocationRequest(as, client, auth, delegated.access_token, plain)
  await oauth.processRevocationResponse(revoked)
  assert.equal((await looked()).active, false)

  const wrong = granted(client, oauth.ClientSecretBasic('wrong'), {})
  await assert.rejects(wrong, (error) => error.cause?.[0]?.parameters !== undefined || error.error === 'invalid_client')
}

async function openidClient({ issuer, secret, run }) {
  const options = { algorithm: 'oauth2', execute: [openid.allowInsecureRequests] }
  const known = (id) => openid.discovery(new URL(issuer), id, {}, openid.ClientSecretBasic(secret), options)
  const gateway = await known('gateway')
  const own = await openid.clientCredentialsGrant(gateway, { scope: 'read write' })
  assert.equal(own.scope, 'read write')
  const user = run('python', 'mint', '--sub', 'u1', '--aud', 'gateway').trim()
  const delegated = await openid.genericGrantRequest(gateway, GRANT, {
    subject_token: user,
    subject_token_type: ACCESS_TOKEN,
  })
  const orders = await known('orders')
  assert.equal((await openid.tokenIntrospection(orders, delegated.access_token)).sub, 'u1')
  await openid.tokenRevocation(gateway, delegated.access_token)
  assert.equal((await openid.tokenIntrospection(orders, delegated.access_token)).active, false)
  const refused = openid.clientCredentialsGrant(gateway, { scope: 'all' })
  await assert.rejects(refused, (error) => error.error === 'invalid_scope')
}

/** A key is taken back in the middle, and nobody notices but those who hold its tokens. */
async function joseRemoteJwks({ issuer, run }) {
  const { jwks_uri } = await discovered(issuer)
  const keys = createRemoteJWKSet(new URL(jwks_uri), { cooldownDuration: 0 })
  const minted = (language) => run(language, 'mint', '--sub', 'u1').trim()
  const verified = (token) => jwtVerify(token, keys, { issuer, audience: 'orders', typ: 'at+jwt' })
  const before = minted('typescript')
  await verified(before)
  const { kid } = decodeProtectedHeader(before)
  run('python', 'revoke', '--', kid)
  const after = minted('python')
  assert.notEqual(decodeProtectedHeader(after).kid, kid)
  assert.equal((await verified(after)).payload.sub, 'u1')
  await keys.reload()
  await assert.rejects(verified(before), errors.JWKSNoMatchingKey)
}

export const CLIENTS = { oauth4webapi, 'openid-client': openidClient, 'jose createRemoteJWKSet': joseRemoteJwks }
