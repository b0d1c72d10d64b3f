// `kit-jwt completion`. The scripts are made of the texts: after a change of those, accept them again.
export default () => [
  { name: 'bash', argv: ['completion', 'bash'] },
  { name: 'zsh', argv: ['completion', 'zsh'] },
  { name: 'bash, for machines', argv: ['completion', '--json', 'bash'] },
  { name: 'help', argv: ['completion', '--help'] },
  { name: 'help on a terminal', argv: ['completion', '--help'], terminal: ['stdout'] },
  { name: 'without colours', argv: ['completion', '--help'], terminal: ['stdout'], env: { NO_COLOR: '1' } },
  { name: 'on a dumb terminal', argv: ['completion', '--help'], terminal: ['stdout'], env: { TERM: 'dumb' } },
  { name: 'no shell', argv: ['completion'] },
  { name: 'another shell', argv: ['completion', 'fish'] },
  { name: 'another shell, for machines', argv: ['completion', 'fish', '--json'] },
  { name: 'two shells', argv: ['completion', 'bash', 'zsh'] },
]
