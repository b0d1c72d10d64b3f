// A network between a client and a server that is slow, silent, or breaks in the middle of a reply.
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export class Network {
  #server
  #sockets = new Set()
  /** `pass`, `delay` (milliseconds, each way), `drop` (nothing comes through, nothing is closed), `cut` (within a reply). */
  mode = 'pass'
  milliseconds = 0

  static async before(port) {
    const network = new Network()
    network.#server = createServer((near) => network.#join(near, connect({ port, host: '127.0.0.1' })))
    network.#server.listen(0, '127.0.0.1')
    await once(network.#server, 'listening')
    network.port = network.#server.address().port
    return network
  }

  #join(near, far) {
    const close = () => {
      near.destroy()
      far.destroy()
    }
    for (const socket of [near, far]) {
      this.#sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', close)
      socket.on('close', () => {
        this.#sockets.delete(socket)
        close()
      })
    }
    this.#carry(near, far, close, false)
    this.#carry(far, near, close, true)
  }

  #carry(from, to, close, isReply) {
    // What was dropped once leaves a hole: nothing that comes after may be let through on this connection.
    let isLost = false
    // What is delayed is not overtaken.
    let before = Promise.resolve()
    let waiting = 0
    from.on('data', (chunk) => {
      isLost ||= this.mode === 'drop'
      if (isLost) return
      const send = (bytes, then) => to.writable && to.write(bytes, then)
      if (this.mode === 'cut' && isReply) send(chunk.subarray(0, Math.ceil(chunk.length / 2)), close)
      else if (this.mode !== 'delay' && waiting === 0) send(chunk)
      else {
        const ready = pause(this.mode === 'delay' ? this.milliseconds : 0)
        waiting += 1
        before = before
          .then(() => ready)
          .then(() => {
            waiting -= 1
            send(chunk)
          })
      }
    })
  }

  end() {
    this.#server.close()
    for (const socket of this.#sockets) socket.destroy()
  }
}
