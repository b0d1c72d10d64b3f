// Whoever asks: some connections that are kept, one request after the other on each.
import { Agent, request } from 'node:http'

const AT_ONCE = 16
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })

/** The status of one answer. */
export const statusOf = (port, authorization) =>
  new Promise((resolve, reject) => {
    const asked = request({ agent, host: '127.0.0.1', port, headers: { authorization } }, (answer) => {
      answer.resume().on('error', reject)
      answer.on('end', () => resolve(answer.statusCode))
    })
    asked.on('error', reject)
    asked.end()
  })

/** So many requests, each with the next token: nobody is faster because he has just seen this one. */
export async function askAll(port, count, headers) {
  let sent = 0
  const one = async () => {
    while (sent < count) {
      sent += 1
      const status = await statusOf(port, headers[sent % headers.length])
      if (status !== 200) throw new Error(`a route answered ${status}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
}
