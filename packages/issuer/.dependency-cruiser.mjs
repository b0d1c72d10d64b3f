// The layers of the issuer, from the bottom up. An import points down or stays in its layer.
const LAYERS = [
  ['errors', 'json', 'utf8'],
  ['sealing', 'stores'],
  ['authority'],
  ['http'],
  ['service'],
  ['index', 'node'],
  ['command'],
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
      name: 'the issuer stands on the core alone',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(stores/file\\.ts|command/)' },
      to: { dependencyTypesNot: ['local', 'type-only'], pathNot: '^\\.\\./jwt/' },
    },
    {
      name: 'the file store has files, and nothing else of a platform',
      severity: 'error',
      from: { path: '^src/stores/file\\.ts' },
      to: { dependencyTypesNot: ['local', 'type-only'], pathNot: '^(node:)?(fs|fs/promises|path)$' },
    },
    {
      name: 'what runs everywhere has no files',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(node\\.ts|command/)' },
      to: { path: '^src/stores/file\\.ts' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^\\.\\./jwt/'] },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types'] },
    tsConfig: { fileName: 'tsconfig.json' },
    // An import of a type alone is an import: it says what a room knows of.
    tsPreCompilationDeps: true,
  },
}
