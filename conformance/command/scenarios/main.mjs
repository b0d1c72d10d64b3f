// The command line before a command is found.
export default () => [
  { name: 'nothing', argv: [] },
  { name: 'help', argv: ['--help'] },
  { name: 'help by one letter', argv: ['-h'] },
  { name: 'help as a word', argv: ['help'] },
  { name: 'help on a terminal', argv: ['--help'], terminal: ['stdout'] },
  { name: 'help without colours', argv: ['--help'], terminal: ['stdout'], env: { NO_COLOR: '1' } },
  { name: 'NO_COLOR that is empty says nothing', argv: ['--help'], terminal: ['stdout'], env: { NO_COLOR: '' } },
  { name: 'help on a dumb terminal', argv: ['--help'], terminal: ['stdout'], env: { TERM: 'dumb' } },
  { name: 'the version', argv: ['--version'] },
  { name: 'an unknown command', argv: ['mint'] },
  { name: 'an unknown command on a terminal', argv: ['mint'], terminal: ['stderr'] },
  { name: 'an unknown command for machines', argv: ['mint', '--json'] },
  { name: 'an unknown option', argv: ['--verbose'] },
  { name: 'a token in the place of a command', argv: ['eyJhbGciOiJIUzUxMiJ9.e30.c2ln'] },
]
