import { layered, OPTIONS } from '../../scripts/house/layers.mjs'

// The layers of the stores, from the bottom up. An import points down or stays in its layer.
const LAYERS = [
  ['errors'],
  ['commands', 'names'],
  ['settings'],
  ['deadline', 'ioredis', 'node-redis', 'renewal'],
  ['scripts'],
  ['consume'],
  ['key-store', 'limiter', 'replay-store', 'revocation-list'],
  ['connection'],
  ['stores'],
  ['index'],
]

export default {
  forbidden: [
    ...layered(LAYERS),
    {
      name: 'a client of Redis is loaded where one is configured, and nowhere else',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '/(ioredis|redis|@redis)/', dependencyTypesNot: ['dynamic-import', 'type-only'] },
    },
  ],
  options: {
    ...OPTIONS,
    doNotFollow: { path: ['node_modules', '^\\.\\./(http|issuer|jwt)/'] },
  },
}
