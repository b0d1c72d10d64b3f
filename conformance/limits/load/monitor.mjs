// What a server of Redis says of the draws it made, and when, by its own clock: MONITOR shows each command, those of a script
// with them.
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'

const LINE = /^\+(\d+)\.(\d{6}) \[\d+ ([^\]]+)\] "(\w+)"(?: "([^"]+)")?/

async function connected(port) {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  return socket
}

export class Monitor {
  /** Draws in their order: on which budget, and two moments in microseconds, between which the script asked for the time. */
  draws = []
  #socket
  #teller
  #awaited = new Map()
  #askedAt

  async start({ port }) {
    this.#socket = await connected(port)
    this.#teller = await connected(port)
    const lines = createInterface({ input: this.#socket })
    const isReady = once(lines, 'line')
    lines.on('line', (line) => this.#look(line))
    this.#socket.write('MONITOR\r\n')
    await isReady
  }

  /** The draws on the budget that the last one was on: all that were made by now. */
  async ofLast() {
    // What is shown to a monitor may come after the answers: it is all here once a command of our own is.
    const text = randomUUID()
    const isShown = new Promise((resolve) => this.#awaited.set(text, resolve))
    this.#teller.write(`ECHO ${text}\r\n`)
    await isShown
    const last = this.draws.at(-1)?.key
    return this.draws.filter(({ key }) => key === last)
  }

  end() {
    this.#socket.destroy()
    this.#teller?.destroy()
  }

  #look(line) {
    const [, seconds, micros, who, command, key] = LINE.exec(line) ?? []
    if (command === 'ECHO') this.#awaited.get(key)?.()
    if (who !== 'lua') return
    const at = Number(seconds) * 1e6 + Number(micros)
    // A command is shown before it is done: the time was told between this line and the next.
    if (command === 'TIME') this.#askedAt = at
    if (command === 'GET') this.draws.push({ key, from: this.#askedAt, to: at })
  }
}
