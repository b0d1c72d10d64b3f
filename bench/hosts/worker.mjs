// In workerd: the loop runs in here, a request starts it. The clock of a Worker stands still while it computes, so the time is
// taken by whoever sends the request.
import * as floor from '../candidates/floor-webcrypto.mjs'
import * as jose from '../candidates/jose.mjs'
import * as kit from '../candidates/kit.mjs'
import * as kitVerify from '../candidates/kit-verify.mjs'
import * as strictFloor from '../candidates/strict-floor-webcrypto.mjs'
import { openOperation } from '../core/operations.mjs'
import { loopOf } from '../core/rounds.mjs'

let material
let opened

const answers = {
  '/material': (body) => {
    material = body
    return {}
  },
  '/open': async ({ operation }) => {
    opened = await openOperation(operation, [kit, kitVerify, jose, floor, strictFloor], material, jose)
    return { ready: opened.ready.map(({ name }) => name), refused: opened.refused }
  },
  '/run': async ({ candidate, mode, times }) => {
    const { run } = opened.ready.find(({ name }) => name === candidate)
    await loopOf(run, mode)(run, times)
    return {}
  },
  '/nothing': () => ({}),
}

export default {
  fetch: async (request) => {
    const { pathname } = new URL(request.url)
    return Response.json(await answers[pathname](await request.json()))
  },
}
