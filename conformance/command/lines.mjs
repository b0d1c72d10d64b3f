// Random command lines: what people mistype, and what nobody would type. Both languages must answer alike.
import { readFileSync } from 'node:fs'
import { random } from '../across/random.mjs'

const { commands: all, everywhere } = JSON.parse(readFileSync(new URL('../command.json', import.meta.url), 'utf8'))

const commands = all.filter(({ name }) => !(process.env.KIT_SKIP ?? '').split(',').includes(name))
const OPTIONS = [...commands.flatMap(({ options }) => options), ...everywhere]
const VALUES = ['64', 'k1', 'a b', 'k.json', 'folder', 'RS256', 'bash', '.env', '0', '65', '1e2', 'x=y', 'read:data']
const ODD = [
  '-',
  '--',
  '---',
  '=',
  '--=',
  '--=x',
  '-=',
  '-x',
  '-hx',
  '-h=1',
  '-jh',
  '',
  ' ',
  '-1',
  '-64',
  '--no-json',
  '-é',
  'ü',
  '\u{1f511}',
  '\u202e',
  '\ud800',
  '\u0000',
  '\ufffd',
  '\n',
  '--\n',
  '--é=1',
  '__proto__',
  '--__proto__',
  '--constructor',
  '--toString=1',
  'constructor',
  '--json=',
  '--help=1',
  '--len=',
  '--len=--',
  'eyJhbGciOiJIUzUxMiJ9.e30.c2ln',
  'A'.repeat(40),
  '{"kty":"oct"}',
  '--kid={}',
  '--iss=-----BEGIN',
  "--aud=it's",
  '@file',
  '@k.json',
  '--json --help',
  '-vv',
  '--h',
  '--hel',
  '--jso',
  '-j',
  '--vers',
  '--version',
  'help',
  '--out=..',
  '..',
  '/',
  '//',
  './k.json',
  'a\\b',
  '\t',
  '--len 64',
]

/** So many scenarios of one seed. */
export function randomLines(seed, count) {
  const { pick, chance, below } = random(seed)
  const spelled = ({ name, short }) => (short && chance(0.3) ? `-${short}` : `--${name}`)
  const words = (options) => {
    const option = pick(chance(0.7) ? options : OPTIONS)
    const value = pick(chance(0.7) ? VALUES : ODD)
    if (chance(0.25)) return [`${spelled(option)}=${value}`]
    if (option.value !== undefined ? chance(0.85) : chance(0.1)) return [spelled(option), value]
    return [spelled(option)]
  }
  return Array.from({ length: count }, (_, index) => {
    const command = pick(commands)
    const options = [...command.options, ...everywhere]
    const line = Array.from({ length: below(6) }, () => {
      if (chance(0.55)) return words(options)
      return [pick(chance(0.5) ? VALUES : ODD)]
    }).flat()
    return {
      name: `line ${index}`,
      argv: chance(0.95) ? [command.name, ...line] : line,
      files: {
        'k.json': '{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}',
        folder: { folder: true },
      },
      stdin: chance(0.5) ? '{}' : '',
      terminal: chance(0.2) ? ['stdout', 'stderr'] : [],
    }
  })
}
