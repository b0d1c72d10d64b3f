// In workerd: tokens that pass once, remembered by Durable Objects.
import { createKit } from '@kit/jwt'
import { durableObjectReplayStore, ReplayObject } from '@kit/jwt/workers/replay'

export { ReplayObject }

/** Can be looked into. */
export class WatchedObject extends ReplayObject {
  held() {
    return [...this.ctx.storage.sql.exec('SELECT name FROM used')].length
  }
  wakesAt() {
    return this.ctx.storage.getAlarm()
  }
  async sweep() {
    await this.alarm()
  }
}

/** Never answers. */
export class FrozenObject extends ReplayObject {
  consume() {
    return new Promise(() => {})
  }
}

/** Answers with what is no answer. */
export class LyingObject extends ReplayObject {
  consume() {
    return 'fresh!'
  }
}

const issuer = 'https://issuer.example'
/** Hundreds of objects at once are not done within the second that a store waits unless told otherwise. */
const PATIENT = { deadlineMilliseconds: 30_000 }

const OPERATIONS = {
  consume: ({ binding = 'REPLAY', uses }, env) => {
    const store = durableObjectReplayStore(env[binding], PATIENT)
    return Promise.all(uses.map((use) => store.consume({ issuer, now: 0, ...use })))
  },
  once: async ({ binding = 'REPLAY', options, times = 1 }, env) => {
    const replay = durableObjectReplayStore(env[binding], { ...PATIENT, ...options })
    const kit = createKit({ issuer, audience: 'a', secret: 'A'.repeat(86), replay })
    const claims = await kit.verify(await kit.sign({ sub: 'u1' }))
    const tries = Array.from({ length: times }, () =>
      kit.consumeOnce(claims).then(
        () => 'passed',
        ({ code }) => code,
      ),
    )
    return Promise.all(tries)
  },
  misuse: (_, env) =>
    [
      [{}],
      [null],
      [env.REPLAY, { deadlineMilliseconds: 0 }],
      [env.REPLAY, { deadlineMilliseconds: Number.NaN }],
      [env.REPLAY, { deadline: 1 }],
    ].map((given) => {
      try {
        durableObjectReplayStore(...given)
        return 'made'
      } catch (error) {
        return error.name
      }
    }),
  /** What one object holds and when it wakes, before and after it was woken, where these expire in so many seconds. */
  watched: async ({ inSeconds }, env) => {
    const object = env.WATCHED.get(env.WATCHED.idFromName(crypto.randomUUID()))
    const now = Date.now() / 1000
    for (const [index, seconds] of inSeconds.entries()) await object.consume(`t${index}`, now + seconds)
    const before = { held: await object.held(), wakesIn: (await object.wakesAt()) / 1000 - now }
    await object.sweep()
    return { before, after: await object.held() }
  },
}

export default {
  async fetch(request, env) {
    const { operation, ...given } = await request.json()
    return Response.json(await OPERATIONS[operation](given, env))
  },
}
