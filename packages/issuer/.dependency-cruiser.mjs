import { layered, OPTIONS } from '../../scripts/house/layers.mjs'

// The layers of the issuer, from the bottom up. An import points down or stays in its layer.
const LAYERS = [
  ['errors', 'json', 'utf8'],
  ['sealing', 'stores', 'signers'],
  ['authority'],
  ['http'],
  ['service'],
  ['index', 'node'],
  ['command'],
]

export default {
  forbidden: [
    ...layered(LAYERS),
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
    ...OPTIONS,
    doNotFollow: { path: ['node_modules', '^\\.\\./jwt/'] },
  },
}
