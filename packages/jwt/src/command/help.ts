import type { Style } from './style'
import type { CommandText, OptionText, Texts } from './texts'

const WIDTH = 80

/** The help of the whole program. */
export function overview(texts: Texts, style: Style): string {
  const width = Math.max(...texts.commands.map(({ name }) => name.length))
  const rows = texts.commands.map(({ name, summary }) => `  ${style('cyan', name.padEnd(width))}  ${summary}\n`)
  return [
    `${texts.summary}\n\n`,
    `${style('bold', 'Usage')}\n  ${texts.name} COMMAND [OPTION…]\n\n`,
    `${style('bold', 'Commands')}\n${rows.join('')}\n`,
    `'${texts.name} COMMAND --help' explains one of them; '${texts.name} --version' tells the version.\n`,
    ...(texts.more === undefined ? [] : [`${texts.more}\n`]),
  ].join('')
}

/** The help of one command. */
export function helpOf(texts: Texts, command: CommandText, style: Style): string {
  const { name, operands, summary, about, options, examples } = command
  const all = [...options, ...texts.everywhere]
  const usage = [texts.name, name, '[OPTION…]', ...(operands ? [operands] : [])].join(' ')
  const width = Math.max(...all.map((option) => spelled(option).length))
  const rows = all.flatMap((option) => {
    const [first, ...more] = wrap(option.summary, WIDTH - width - 4)
    return [
      `  ${style('cyan', spelled(option).padEnd(width))}  ${first}`,
      ...more.map((line) => ' '.repeat(width + 4) + line),
    ]
  })
  const shown = examples.map(({ line, about: text }) => `  ${style('dim', `# ${text}`)}\n  ${line}\n`)
  return [
    `${summary}\n\n`,
    `${style('bold', 'Usage')}\n  ${usage}\n\n`,
    ...about.map((paragraph) => `${wrap(paragraph, WIDTH).join('\n')}\n\n`),
    `${style('bold', 'Options')}\n${rows.join('\n')}\n\n`,
    `${style('bold', 'Examples')}\n${shown.join('')}`,
  ].join('')
}

const spelled = ({ name, short, value }: OptionText): string =>
  `${short ? `-${short}, ` : ''}--${name}${value ? ` ${value}` : ''}`

/** Lines of at most so many characters, broken at blanks. */
function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
