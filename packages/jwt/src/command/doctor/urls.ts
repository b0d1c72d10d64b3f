// Why a URL is none that keys are fetched from: judged as it is written, like the kit does.
import { isJwksUrl } from '../../sources/transport'
import type { Symptom } from './findings'
import type { Entry } from './reading'

const FORMS: readonly (readonly [code: string, form: RegExp])[] = [
  ['url_spaced', /[ \t\n\v\f\r]/],
  ['url_scheme', /^(?!https?:\/\/)/],
  ['url_credentials', /^https?:\/\/[^/?#]*@/],
  ['url_fragment', /#/],
]

/** What is wrong with the URL of a key set. */
export function urlSymptoms({ supplier, text = '' }: Entry): readonly Symptom[] {
  const code = FORMS.find(([, form]) => form.test(text))?.[0]
  if (code !== undefined) return [[code, supplier]]
  const isPlain = text.startsWith('http:') && isJwksUrl(`https:${text.slice('http:'.length)}`)
  return [[isPlain ? 'url_http' : 'url_malformed', supplier]]
}

/** Whether keys are fetched from this machine itself. */
export const isLoopback = (url: string): boolean =>
  isJwksUrl(url) && /^https?:\/\/(?:localhost|127\.[0-9.]+|\[::1\])(?:[:/?]|$)/.test(url)
