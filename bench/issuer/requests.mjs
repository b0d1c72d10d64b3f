// Whoever asks: some connections that are kept, and one request after the other on each.
import { Agent, request } from 'node:http'

const AT_ONCE = 32
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
const ISSUED = /"access_token": ?"ey/
export const CREDENTIALS = 'grant_type=client_credentials'

export const exchangeOf = (token) =>
  new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: token,
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
  }).toString()

function post({ port, authorization = 'Basic bm9ib2R5Og==' }, body) {
  const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length }
  return new Promise((resolve, reject) => {
    const sent = request({ agent, port, host: '127.0.0.1', path: '/auth/token', method: 'POST', headers }, (answer) => {
      const chunks = []
      answer.on('data', (chunk) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        if (answer.statusCode === 200 && ISSUED.test(text)) resolve(text)
        else reject(new Error(`a server answered ${answer.statusCode}`))
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** One token, as it was answered. */
export const ask = async (server, body = CREDENTIALS) => JSON.parse(await post(server, body))

/** So many tokens; `bodyOf` says which request is the nth. */
export async function askFor(server, count, bodyOf = () => CREDENTIALS) {
  let sent = 0
  const one = async () => {
    while (sent < count) {
      sent += 1
      await post(server, bodyOf(sent))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
}
