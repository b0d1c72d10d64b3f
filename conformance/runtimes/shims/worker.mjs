// In workerd: a request brings a vector file, its answer the results.
import { runFile } from '@kit/jwt/conformance'

export default {
  fetch: async (request) => Response.json(await runFile(await request.json())),
}
