import { describe, test } from 'vitest'
import { ask, frameworks, listening } from './servers'
import { file, headersOf, World } from './vectors'

describe.each(frameworks)('behind $name, by real HTTP', ({ listener }) => {
  test.each(file.tests)('$id: $comment', async ({ guard, now, requests }) => {
    const world = new World<unknown>(guard, now)
    const { server, port } = await listening(await listener(world))
    try {
      for (const step of requests) {
        world.expects(step)
        const target = step.query === undefined ? step.path : `${step.path}?${step.query}`
        world.check(await ask(port, target, headersOf(step)), step)
      }
    } finally {
      server.close()
    }
  })
})
