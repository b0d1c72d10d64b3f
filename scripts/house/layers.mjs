// What holds for the layers of every package: dependency-cruiser is told so by each of them.

const rooms = (names) => `^src/(${names.join('|')})(/|\\.ts$)`

/** @param layers - from the bottom up: an import points down or stays in its layer */
export const layered = (layers) => [
  ...layers.slice(0, -1).map((names, level) => ({
    name: `${names.join(', ')} import nothing from above`,
    severity: 'error',
    from: { path: rooms(names) },
    to: { path: rooms(layers.slice(level + 1).flat()) },
  })),
  {
    name: 'every room has a layer',
    severity: 'error',
    from: {},
    to: { path: '^src/', pathNot: rooms(layers.flat()) },
  },
  { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
]

export const OPTIONS = {
  enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types'] },
  tsConfig: { fileName: 'tsconfig.json' },
  // An import of a type alone is an import: it says what a room knows of.
  tsPreCompilationDeps: true,
}
