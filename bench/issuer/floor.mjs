// The least that a token endpoint can be: node:http that reads the form, signs the same claims with node:crypto and answers JSON.
// It asks nobody who they are, and tells nobody what it did.
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { createServer } from 'node:http'

const TTL = 900
const { privateKey } = generateKeyPairSync('ed25519')
const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
const HEADER = encode({ alg: 'EdDSA', kid: 'DvqbH6M85dotjOrhyRS_C4t4sC0Nr5EyrgPxp3EPIpM', typ: 'JWT' })
const CLAIMS = JSON.parse(process.env.CLAIMS)

function token() {
  const iat = Math.floor(Date.now() / 1000)
  const input = `${HEADER}.${encode({ ...CLAIMS, iat, exp: iat + TTL, jti: randomUUID() })}`
  return `${input}.${sign(null, Buffer.from(input), privateKey).toString('base64url')}`
}

const server = createServer((request, response) => {
  let form = ''
  request.setEncoding('utf8')
  request.on('data', (text) => {
    form += text
  })
  request.on('end', () => {
    if (new URLSearchParams(form).get('grant_type') !== 'client_credentials') {
      response.writeHead(400).end()
      return
    }
    const body = JSON.stringify({ access_token: token(), token_type: 'Bearer', expires_in: TTL })
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
    response.end(body)
  })
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${JSON.stringify({ port: server.address().port })}\n`))
