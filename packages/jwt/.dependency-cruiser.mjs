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

const rooms = (names) => `^src/(${names.join('|')})(/|\\.ts$)`

export default {
  forbidden: [
    ...LAYERS.slice(0, -1).map((names, level) => ({
      name: `${names.join(', ')} import nothing from above`,
      severity: 'error',
      from: { path: rooms(names) },
      to: { path: rooms(LAYERS.slice(level + 1).flat()) },
    })),
    {
      name: 'every room has a layer',
      severity: 'error',
      from: {},
      to: { path: '^src/', pathNot: rooms(LAYERS.flat()) },
    },
    { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'the core has one dependency',
      comment: 'What a platform has is for its adapter, the environment and the command; Vitest for its fixtures.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: '^src/(node\\.ts|workers/|environment/|crypto/backend/node|command/|testing/vitest\\.ts)',
      },
      to: {
        dependencyTypesNot: ['local', 'type-only', 'aliased', 'aliased-subpath-import'],
        pathNot: '(^|/)node_modules/jose/',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types'] },
    tsConfig: { fileName: 'tsconfig.json' },
    // An import of a type alone is an import: it says what a room knows of.
    tsPreCompilationDeps: true,
  },
}
