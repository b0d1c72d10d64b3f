import {
  type Command,
  CommandFailure,
  dotenvText,
  EXIT,
  FileFault,
  faultSentence,
  printable,
  quoted,
} from '@kit/jwt/command'
import { encodeBase64url } from '@kit/jwt/encoding'
import { isIssuer } from '../../service/config'
import { Settings } from '../settings'
import { TEXTS } from '../texts'
import type { IssuerWorld } from '../world'

const FILE = '.env'
const OWNER_ONLY = 0o600
const SECRET_BYTES = 32
const MILLISECONDS = 1000
/** Characters of a date. */
const MONTH = 7

/** `kit-issuer init`: the first keys, the secrets, and a `.env` file that names them. */
export const init: Command<IssuerWorld> = async ({ values }, world, output) => {
  const issuer = values['issuer']?.[0] ?? 'http://127.0.0.1:8787'
  if (!isIssuer(issuer))
    throw new CommandFailure('--issuer is an https: URL, or an http: one on loopback, without query and fragment')
  const folder = values['keys']?.[0] ?? 'keys'
  const lines = {
    AUTH_ISSUER: issuer,
    AUTH_AUDIENCE: values['audience']?.[0] ?? 'internal-api',
    JWKS_DIR: folder,
    DEFAULT_TTL: '900',
    ISSUER_KEK: `${new Date(world.now() * MILLISECONDS).toISOString().slice(0, MONTH)}=${randomText(world)}`,
    ISSUER_ADMIN_SECRET: randomText(world),
  }
  const text = dotenvText(Object.entries(lines))
  // What the keys are encrypted with is there before they are.
  write(world, text)
  const authority = await new Settings({ values: lines, ofProcess: {}, ofFile: lines, file: FILE }, world).authority()
  const { kid } = await authority.signer()
  const { style } = output
  output.result(
    { file: FILE, folder, issuer, kid },
    [
      `${style('bold', 'settings')}  ${FILE} (only its owner can read it)\n`,
      `${style('bold', 'keys')}      ${printable(folder)} (encrypted)\n`,
      `${style('bold', 'issuer')}    ${printable(issuer)}\n`,
      `${style('bold', 'signs')}     ${printable(kid)}\n`,
    ].join(''),
  )
  output.note(`'${TEXTS.name} serve' answers requests; '${TEXTS.name} mint --sub u1' makes a token.\n`)
  return EXIT.ok
}

const randomText = (world: IssuerWorld): string => encodeBase64url(world.entropy(SECRET_BYTES))

function write(world: IssuerWorld, text: string): void {
  try {
    world.writeNew(FILE, text, OWNER_ONLY)
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    if (error.reason === 'exists')
      throw new CommandFailure(`${quoted(FILE)} is there already, and a secret is never replaced: go to another folder`)
    throw new CommandFailure(faultSentence('write', quoted(FILE), error.reason))
  }
}
