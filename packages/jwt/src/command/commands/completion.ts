import type { Command } from '../command'
import { bashCompletion, zshCompletion } from '../completions'
import { CommandFailure, EXIT, quoted } from '../failure'

/** `kit-jwt completion`: the completion script of a shell. */
export const completion: Command = async ({ operands }, _world, output) => {
  const shell = operands[0] as string
  if (shell !== 'bash' && shell !== 'zsh') throw new CommandFailure(`SHELL is bash or zsh, not ${quoted(shell)}`)
  const script = shell === 'bash' ? bashCompletion() : zshCompletion()
  output.result({ script, shell }, script)
  return EXIT.ok
}
