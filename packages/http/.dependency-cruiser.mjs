import { layered, OPTIONS } from '../../scripts/house/layers.mjs'

// The layers of the guards, from the bottom up. An import points down or stays in its layer.
const LAYERS = [
  ['limits', 'openapi', 'outgoing'],
  ['guard'],
  ['fetch'],
  ['node'],
  ['express', 'fastify', 'hono', 'koa'],
  ['index'],
]

export default {
  forbidden: [
    ...layered(LAYERS),
    {
      name: 'guards stand on the core alone',
      comment: 'A framework is known to its own entry, and there by its types alone.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypesNot: ['local', 'type-only'], pathNot: '^\\.\\./jwt/' },
    },
  ],
  options: {
    ...OPTIONS,
    doNotFollow: { path: ['node_modules', '^\\.\\./jwt/'] },
  },
}
