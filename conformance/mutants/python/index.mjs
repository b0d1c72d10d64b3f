import auth from './auth.mjs'
import claims from './claims.mjs'
import config from './config.mjs'
import crypto from './crypto.mjs'
import delegation from './delegation.mjs'
import encoding from './encoding.mjs'
import keys from './keys.mjs'
import mint from './mint.mjs'
import providers from './providers.mjs'
import signatureCache from './signature-cache.mjs'
import sources from './sources.mjs'
import timelines from './timelines.mjs'
import token from './token.mjs'

export default [
  ...encoding,
  ...keys,
  ...crypto,
  ...token,
  ...signatureCache,
  ...claims,
  ...mint,
  ...sources,
  ...timelines,
  ...auth,
  ...delegation,
  ...config,
  ...providers,
]
