// What our client in TypeScript sees of an issuer that runs, and of a target that trusts it, as JSON. Where both are is told on
// standard input; the same as own.py.
import { text } from 'node:stream/consumers'
import { createTargetTokens, exchangeAt, tokenFetch } from '@kit/http'

const { issuer, target, secret, user, foreign } = JSON.parse(await text(process.stdin))
const tokensWith = (clientSecret) =>
  createTargetTokens({
    caller: 'gateway',
    source: exchangeAt({ endpoint: `${issuer}/auth/token`, clientId: 'gateway', clientSecret }),
  })
const tokens = tokensWith(secret)
const origins = [target]

async function seen(wanted, by = tokens, url = target) {
  try {
    const response = await tokenFetch(by, { target: 'orders', ...wanted }, { origins })(url)
    return response.status === 200 ? await response.json() : response.status
  } catch (error) {
    return error.code
  }
}

const own = await seen({ scopes: ['read'] })
const again = await seen({ scopes: ['read'] })
const delegated = await seen({ user })
process.stdout.write(
  JSON.stringify({
    own: [own.subject, own.scopes, own.act],
    isKept: own.jti === again.jti,
    delegated: [delegated.subject, delegated.act],
    isAnother: delegated.jti !== own.jti,
    beyond: await seen({ scopes: ['all'] }),
    foreign: await seen({ user: foreign }),
    unknown: await seen({}, tokensWith('wrong')),
    elsewhere: await seen({}, tokens, issuer),
  }),
)
