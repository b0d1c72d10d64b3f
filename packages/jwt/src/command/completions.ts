// The completion scripts of bash and zsh, made of the same texts as the help.
import { type CommandText, type OptionText, TEXTS } from './texts'

/** What can stand in the place of a value or an operand: files, folders, or one of these words. Nothing else is known. */
const VALUES: Readonly<Record<string, 'files' | 'folders' | readonly string[]>> = {
  FILE: 'files',
  POLICY: 'files',
  CLAIMS: 'files',
  DIR: 'folders',
  ALG: ['RS256', 'PS256'],
  ROLE: ['producer', 'consumer'],
  SHELL: ['bash', 'zsh'],
}

const optionsOf = ({ options }: CommandText): readonly OptionText[] => [...options, ...TEXTS.everywhere]
const bare = (operand: string): string => operand.replace(/[[\]…]/g, '')
const operandsOf = ({ operands = '' }: CommandText): readonly string[] => operands.split(' ').filter(Boolean)

/** A script for bash 3.2 (that of macOS) and later. */
export function bashCompletion(): string {
  const names = TEXTS.commands.map(({ name }) => name).join(' ')
  const values = TEXTS.commands.flatMap((command) => {
    const given = optionsOf(command).filter(({ value }) => value !== undefined)
    return given.map(({ name, value = '' }) => `    ${command.name}:--${name}) ${bashWords(value)} ;;\n`)
  })
  const rest = TEXTS.commands.map((command) => {
    const options = optionsOf(command).flatMap(({ name, short }) => [...(short ? [`-${short}`] : []), `--${name}`])
    const [operand] = operandsOf(command)
    return `    ${command.name}) options='${options.join(' ')}'; ${operand ? bashWords(bare(operand)) : ':'} ;;\n`
  })
  return `# Completion of ${TEXTS.name} for bash: source <(${TEXTS.name} completion bash)
_kit_jwt_words() { COMPREPLY=($(compgen -W "$1" -- "$current")); }
_kit_jwt_paths() {
  local IFS=$'\\n'
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen "$1" -- "$current"))
}
_kit_jwt() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} name=\${COMP_WORDS[1]} options=''
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    _kit_jwt_words '${names} --help --version'
    return
  fi
  # --option=value comes as three words.
  if [[ $previous == '=' ]]; then previous=\${COMP_WORDS[COMP_CWORD - 2]}; fi
  if [[ $current == '=' ]]; then current=''; fi
  case $name:$previous in
${values.join('')}    *) previous='' ;;
  esac
  if [[ -n $previous ]]; then return; fi
  case $name in
${rest.join('')}  esac
  if [[ $current == -* ]]; then _kit_jwt_words "$options"; fi
}
complete -F _kit_jwt ${TEXTS.name}
`
}

function bashWords(value: string): string {
  const known = VALUES[value]
  if (known === undefined) return ':'
  if (known === 'files') return '_kit_jwt_paths -f'
  return known === 'folders' ? '_kit_jwt_paths -d' : `_kit_jwt_words '${(known).join(' ')}'`
}

/** A script for zsh: for a folder in `fpath`, or to be sourced after `compinit`. */
export function zshCompletion(): string {
  const names = TEXTS.commands.map(({ name, summary }) => `    '${name}:${zshText(summary)}'\n`)
  const cases = TEXTS.commands.map((command) => {
    const given = [...optionsOf(command).map(zshOption), ...operandsOf(command).map(zshOperand)]
    return `    ${command.name})\n      _arguments -s -S \\\n${given.map((line) => `        ${line}`).join(' \\\n')}\n      ;;\n`
  })
  return `#compdef ${TEXTS.name}
# Completion of ${TEXTS.name} for zsh: ${TEXTS.name} completion zsh > ~/.zfunc/_${TEXTS.name}, where ~/.zfunc is in fpath.
_kit-jwt() {
  local -a commands
  commands=(
${names.join('')}  )
  if ((CURRENT == 2)); then
    if [[ $PREFIX == -* ]]; then
      _arguments '--help[explain the command]' '--version[tell the version]'
    else
      _describe -t commands command commands
    fi
    return
  fi
  local name=$words[2]
  shift words
  ((CURRENT--))
  case $name in
${cases.join('')}  esac
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _kit-jwt "$@"
else
  compdef _kit-jwt ${TEXTS.name}
fi
`
}

function zshOption({ name, short, value, many, summary }: OptionText): string {
  const told = `[${zshText(summary)}]`
  if (short) return `'(-${short} --${name})'{-${short},--${name}}'${told}'`
  if (value === undefined) return `'--${name}${told}'`
  return `'${many ? '*' : ''}--${name}=${told}:${value}:${zshAction(value)}'`
}

function zshOperand(operand: string): string {
  const repeated = operand.includes('…') ? '*' : operand.startsWith('[') ? ':' : ''
  return `'${repeated}:${bare(operand)}:${zshAction(bare(operand))}'`
}

function zshAction(value: string): string {
  const known = VALUES[value]
  if (known === undefined) return ' '
  if (known === 'files') return '_files'
  return known === 'folders' ? '_files -/' : `(${(known).join(' ')})`
}

/** Text between quotes within a description: what ends one of them is escaped. */
const zshText = (text: string): string => text.replace(/[\\:[\]]/g, '\\$&').replaceAll("'", "'\\''")
