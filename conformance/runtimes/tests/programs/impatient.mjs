// In workerd: a Worker that keeps its kit from one request to the next, and may answer before its kit has the keys.
import { makeKit } from '@kit/jwt/workers'

let kit

export default {
  fetch: async (request, env) => {
    kit ??= makeKit(env)
    const verifying = kit.verify(await request.text()).then(
      ({ sub }) => sub,
      ({ code, message }) => code ?? message,
    )
    return new Response(new URL(request.url).pathname === '/early' ? 'early' : await verifying)
  },
}
