// Processes of both languages that are killed and started again, and the one address under which they serve the set.
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { SPEED, TIMES } from './times.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = join(here, '..', '..', '..')
const interpreter =
  process.env.KIT_PYTHON ?? join(root, '.venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')

const PROGRAMS = {
  typescript: (args) => [process.execPath, ['--no-warnings', join(here, 'worker.mjs'), ...args]],
  python: (args) => [interpreter, [join(here, 'worker.py'), ...args, String(SPEED), JSON.stringify(TIMES)]],
}

/** Processes whose clocks reach a rotation at once, and before all others. */
const RACERS = 6

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

export class Crowd {
  members = []
  #url
  #server
  #isOver = false

  /** @param told - called with each line of a process, and the process */
  constructor({ place, keks, origin, random, told }) {
    Object.assign(this, { place, keks, origin, random, told })
  }

  /** @param languages - one for each process */
  async start(languages) {
    this.#server = createServer((_, response) => this.#serve(response))
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    this.#url = `http://127.0.0.1:${this.#server.address().port}/jwks.json`
    this.members = languages.map((language, index) => ({
      language,
      // Clocks are apart by up to the leeway; some are ahead together, so that each rotation is a race.
      offset: index < RACERS ? TIMES.leeway : Math.round(this.random() * TIMES.leeway),
    }))
    for (const member of this.members) this.#run(member)
    for (let tries = 0; tries < 600 && this.up().length < this.members.length; tries++) await pause(50)
    if (this.up().length < this.members.length) throw new Error('not all processes came up')
  }

  up() {
    return this.members.filter(({ port }) => port !== undefined)
  }

  /** Kills one, at whatever it is, and starts it again a little later. */
  async kill(member) {
    member.port = undefined
    member.child.kill('SIGKILL')
    await pause(this.random() * 500)
    if (!this.#isOver) this.#run(member)
  }

  ask(member, line) {
    member.child.stdin.write(`${JSON.stringify(line)}\n`)
  }

  async end() {
    this.#isOver = true
    const ended = this.members.map(({ child }) => new Promise((resolve) => child.once('close', resolve)))
    for (const { child } of this.members) child.kill('SIGKILL')
    await Promise.all(ended)
    this.#server.closeAllConnections()
    this.#server.close()
  }

  #run(member) {
    const args = [this.place, this.keks, String(this.origin), String(member.offset), this.#url]
    const [command, whole] = PROGRAMS[member.language](args)
    const child = spawn(command, whole, { stdio: ['pipe', 'pipe', 'inherit'] })
    const life = {}
    Object.assign(member, { child, life })
    // Who is killed does not read any more.
    child.stdin.on('error', () => {})
    createInterface({ input: child.stdout }).on('line', (line) => {
      // The last line of one that was killed may be half a line.
      if (!line.endsWith('}')) return
      const { type, port, ...what } = JSON.parse(line)
      if (type === 'ready' && member.child === child) member.port = port
      this.told({ type, ...what }, member, life)
    })
  }

  /** As a balancer does: whoever is up answers, and another one where it dies meanwhile. */
  async #serve(response) {
    for (let tries = 0; tries < 40; tries++) {
      const up = this.up()
      const member = up[Math.floor(this.random() * up.length)]
      try {
        if (!member) throw new Error('nobody is up')
        const answer = await fetch(`http://127.0.0.1:${member.port}/`)
        const body = await answer.text()
        if (!answer.ok) throw new Error(String(answer.status))
        response.writeHead(200, {
          'content-type': answer.headers.get('content-type'),
          'cache-control': answer.headers.get('cache-control'),
        })
        response.end(body)
        return
      } catch {
        await pause(25)
      }
    }
    response.writeHead(503).end()
  }
}
