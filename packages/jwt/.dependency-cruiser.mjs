import { layered, OPTIONS } from '../../scripts/house/layers.mjs'

// The layers of the core, from the bottom up. An import points down or stays in its layer.
const LAYERS = [
  ['errors', 'encoding'],
  ['crypto', 'keys'],
  ['token'],
  ['sources', 'stores'],
  ['auth'],
  ['config'],
  ['call-options', 'operations', 'kit', 'sync', 'environment'],
  ['index', 'verifier', 'node', 'workers', 'deno'],
  ['testing', 'conformance', 'command'],
]

export default {
  forbidden: [
    ...layered(LAYERS),
    {
      name: 'the core has one dependency',
      comment: 'What a platform has is for its adapter, the environment and the command; Vitest for its fixtures.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: '^src/(node\\.ts|workers/|environment/|crypto/backend/(?:node|pool)|command/|testing/vitest\\.ts)',
      },
      to: {
        dependencyTypesNot: ['local', 'type-only', 'aliased', 'aliased-subpath-import'],
        pathNot: '(^|/)node_modules/jose/',
      },
    },
  ],
  options: {
    ...OPTIONS,
    doNotFollow: { path: 'node_modules' },
  },
}
