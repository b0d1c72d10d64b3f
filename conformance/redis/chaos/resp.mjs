// An independent client of Redis, of a few lines: what is judged must not be asked through what is tested.
import { once } from 'node:events'
import { connect } from 'node:net'

/** The end of a reply that begins at `at`, and its value; undefined while it is not all there. */
function read(bytes, at) {
  const end = bytes.indexOf('\r\n', at)
  if (end < 0) return undefined
  const [kind, line] = [bytes[at], bytes.slice(at + 1, end)]
  const next = end + 2
  if (kind === '+') return { value: line, next }
  if (kind === '-') return { value: new Error(line), next }
  if (kind === ':') return { value: Number(line), next }
  const count = Number(line)
  if (count < 0) return { value: null, next }
  if (kind === '$') {
    return bytes.length < next + count + 2
      ? undefined
      : { value: bytes.slice(next, next + count), next: next + count + 2 }
  }
  const value = []
  let place = next
  for (let i = 0; i < count; i++) {
    const item = read(bytes, place)
    if (item === undefined) return undefined
    value.push(item.value)
    place = item.next
  }
  return { value, next: place }
}

const written = (args) => `*${args.length}\r\n${args.map((arg) => `$${Buffer.byteLength(arg)}\r\n${arg}\r\n`).join('')}`

/** One connection; commands one after the other. */
export class Probe {
  #socket
  #bytes = ''
  #waiting = []

  static async to(port, milliseconds = 1000) {
    const probe = new Probe()
    const socket = connect({ port, host: '127.0.0.1' })
    probe.#socket = socket
    socket.setTimeout(milliseconds, () => socket.destroy(new Error('no answer')))
    socket.on('data', (chunk) => probe.#take(chunk))
    socket.on('error', (error) => probe.#fail(error))
    socket.on('close', () => probe.#fail(new Error('closed')))
    await once(socket, 'connect')
    return probe
  }

  #take(chunk) {
    this.#bytes += chunk.toString('latin1')
    for (let found = read(this.#bytes, 0); found && this.#waiting.length > 0; found = read(this.#bytes, 0)) {
      this.#bytes = this.#bytes.slice(found.next)
      const { resolve, reject } = this.#waiting.shift()
      if (found.value instanceof Error) reject(found.value)
      else resolve(found.value)
    }
  }

  #fail(error) {
    for (const { reject } of this.#waiting.splice(0)) reject(error)
  }

  command(...args) {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject })
      this.#socket.write(written(args.map(String)))
    })
  }

  end() {
    this.#socket.destroy()
  }
}

/** What a server answers to one command on a connection of its own. */
export async function ask(port, ...args) {
  const probe = await Probe.to(port)
  try {
    return await probe.command(...args)
  } finally {
    probe.end()
  }
}
