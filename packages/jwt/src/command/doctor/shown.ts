// What of a configuration may be shown: issuers, audiences and ids are no secrets, but anything may stand in their place.
import { looksSecret, looksToken } from '../failure'
import { printable } from '../style'
import { DOCTOR } from './texts'

const LONGEST = 200
const LONGEST_PATH = 80
const LONG_RUN = 32
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const URL_FORM = /^[a-z][a-z0-9+.-]*:\/\//

/** A value as it may be shown: never what could be a secret in the wrong place. */
export const revealed = (text: string): string => (isHarmless(text) ? text : DOCTOR.hidden)

/** Names of words, short ids, URLs; no long run of letters and digits but a UUID. */
function isHarmless(text: string): boolean {
  if ([...text].length > LONGEST || printable(text) !== text || looksToken(text) || /[{}]|-----/.test(text))
    return false
  const runs = text.replace(UUID, ' ').split(URL_FORM.test(text) ? /[^A-Za-z0-9+=_-]+/ : /[^A-Za-z0-9+/=_-]+/)
  return runs.every((run) => run.length < LONG_RUN || !/[A-Z0-9]/.test(run))
}

/** A value as it may be shown, up to a `?`: what stands behind it in a URL may be a key. */
export const revealedStart = (text: string): string => revealed(text.replace(/\?.*$/, '?…'))

/** A path as it may stand in a line that is copied to a shell. */
export const safePath = (path: string): string =>
  path.length <= LONGEST_PATH && /^[A-Za-z0-9_./][A-Za-z0-9_./-]*$/.test(path) && !looksSecret(path)
    ? path
    : '(that file)'
