// How the demo speaks: plain sentences in a terminal's width, colour only on a terminal.
const colourful = process.stdout.isTTY && !process.env.NO_COLOR
const width = Math.min(process.stdout.columns || 80, 100)
const paint = (code) => (text) => (colourful ? `\u001b[${code}m${text}\u001b[0m` : text)
const bold = paint(1)
const dim = paint(2)
const green = paint(32)
const red = paint(31)

// Whoever reads no further (`| head`) has seen enough.
process.stdout.on('error', () => process.exit(0))

export const say = (text) => process.stdout.write(`${text}\n`)
export const complain = (text) => process.stderr.write(`${text}\n`)

/** Breaks a sentence into lines that fit, each with the same margin. */
function wrap(text, margin) {
  const lines = ['']
  for (const word of text.split(' ')) {
    if (lines.at(-1) && margin.length + lines.at(-1).length + 1 + word.length > width) lines.push('')
    lines[lines.length - 1] += (lines.at(-1) && ' ') + word
  }
  return lines.map((line) => margin + line).join('\n')
}

const PROFILE = {
  HS512:
    'All three share one secret (HS512). Each can check the others, and could forge them: this is for services that trust each other fully.',
  EdDSA:
    'Each signs with a key of its own (EdDSA) and trusts only the one that calls it: none can speak in the name of another.',
  issuer:
    'None has a key: an issuer, started by its command, signs for all of them (EdDSA). They fetch its keys from a URL, and each exchanges the token that came to it for one in which it acts for the user.',
}

const CHAPTERS = { HS512: 'HS512', EdDSA: 'EdDSA', issuer: 'By an issuer' }

export function title(text) {
  say(bold(text))
  say(
    wrap(
      'Alice logs in at an outside issuer (ES256, by another library). Her token reaches a gateway, which asks "orders" on her behalf, which asks the "ledger" on her behalf. Every hop is HTTP; every service checks for itself.',
      '',
    ),
  )
}

export function chapter(profile, services) {
  say(`\n${bold(`${CHAPTERS[profile]}: ${services.join(' → ')}`)}`)
  say(wrap(PROFILE[profile], '  '))
  say('')
}

export function heading(text) {
  say(`\n  ${bold(text)}`)
}

export function step({ service, event, subject, chain, code }, from) {
  const who = `${service.name} (${service.language.name})`
  if (event !== 'allowed') return say(`  ${red('✗')} ${who} refused: ${code}`)
  const acting = chain.length ? `, acted for by ${chain.join(', before that ')}` : ''
  const text = `${who} lets in ${subject}${acting}; called by ${from}`
  say(`  ${green('✓')} ${wrap(text, '    ').trimStart()}`)
}

export function result(what, body, ok) {
  const text = ok
    ? `${what}: ${body.subject} may ${body.permissions.join(', ')}; the way: ${[...body.chain].reverse().join(' → ')}`
    : `${what}: ${JSON.stringify(body)}`
  say(`${ok ? `  ${green('✓')}` : `  ${red('✗')}`} ${wrap(text, '    ').trimStart()}`)
}

export function refusal(name, event, status, ok) {
  const dots = dim('.'.repeat(Math.max(2, 48 - name.length)))
  say(`  ${ok ? green('✓') : red('✗')} ${name} ${dots} ${event.code ?? 'let in'} ${dim(String(status))}`)
}

export function rotation(seconds) {
  const wait = seconds > 1 ? ` That is in ${Math.ceil(seconds)} seconds: a key is published before it signs.` : ''
  say(`\n${bold('The keys of the issuer rotate')}`)
  say(
    wrap(
      `All the while "reports" was asked in both languages, with tokens that the issuer handed out. When the next key is due, 'kit-issuer rotate' lets it sign.${wait}`,
      '  ',
    ),
  )
  say('')
}

export function fact(text, ok) {
  say(`  ${ok ? green('✓') : red('✗')} ${wrap(text, '    ').trimStart()}`)
}
