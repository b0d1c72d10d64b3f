// What a kit accepts, and a careful operator would not leave so.
import type { KitDescription } from '../../config/describe'
import type { Role } from '../../config/role'
import { decodeBase64url } from '../../encoding/base64url'
import type { Symptom } from './findings'
import { setSymptoms } from './jwks'
import { pinnedOut } from './pins'
import type { Entry, Reading } from './reading'
import { weakSecrets } from './secrets'
import { revealed } from './shown'
import { VARIABLES } from './texts'

const HOUR = 3600
const DAY = 86_400
const THUMBPRINT_BYTES = 32

/** What is seen in the variables, whether or not a kit can be made of them. */
export function carelessValues(reading: Reading, role: Role | undefined): readonly Symptom[] {
  return [...names(reading, role), ...times(reading), ...weakSecrets(reading), ...setSymptoms(reading)]
}

function names(reading: Reading, role: Role | undefined): readonly Symptom[] {
  const symptoms: Symptom[] = []
  const { text: issuer = '', supplier } = reading.of('issuer')
  if (/^[ \t\n\v\f\r]|[ \t\n\v\f\r]$/.test(issuer)) symptoms.push(['issuer_spaced', supplier])
  for (const option of ['issuer', 'audience', 'kid']) symptoms.push(...inTheOpen(reading.of(option)))
  if (role === undefined && !reading.has('audience')) symptoms.push(['audience_unset', 'JWT_AUD'])
  if (role === 'consumer' && reading.has('privateKey'))
    symptoms.push(['consumer_can_sign', reading.of('privateKey').supplier])
  return symptoms
}

/** What is written into each token, and could be a secret in the wrong place; a thumbprint may be a `kid`. */
const inTheOpen = ({ kind, supplier, text = '', items }: Entry): readonly Symptom[] =>
  (kind === 'list' ? items : [text]).flatMap((item = '', index): Symptom[] => {
    const entry = kind === 'list' ? ` (entry ${index + 1})` : ''
    const isHarmless = revealed(item) === item || decodeBase64url(item)?.length === THUMBPRINT_BYTES
    return isHarmless ? [] : [['secret_in_the_open', supplier, { entry }]]
  })

const numberOr = (reading: Reading, option: string): number =>
  reading.number(option) ?? VARIABLES.get(reading.of(option).name)?.default ?? 0

function times(reading: Reading): readonly Symptom[] {
  const [ttl, leeway] = [numberOr(reading, 'ttl'), numberOr(reading, 'leeway')]
  const [lifetime, cache] = [numberOr(reading, 'maxLifetime'), numberOr(reading, 'jwksCacheTtl')]
  const symptoms: Symptom[] = []
  if (ttl > HOUR && ttl <= lifetime) symptoms.push(['ttl_long', 'JWT_TTL_SECONDS', { seconds: ttl, meant: 900 }])
  if (ttl > 0 && ttl < leeway && leeway <= 90)
    symptoms.push(['ttl_within_leeway', 'JWT_TTL_SECONDS', { seconds: ttl, leeway, meant: Math.floor(ttl / 2) }])
  if (lifetime > DAY) symptoms.push(['lifetime_long', 'JWT_MAX_LIFETIME_SECONDS', { seconds: lifetime, meant: DAY }])
  if (cache > HOUR) symptoms.push(['cache_long', 'JWT_JWKS_CACHE_TTL_SECONDS', { seconds: cache, meant: 300 }])
  if (reading.has('jwksCacheTtl') && !reading.has('jwksUrl'))
    symptoms.push(['cache_unused', 'JWT_JWKS_CACHE_TTL_SECONDS'])
  return symptoms
}

/** What is seen in a kit that could be made. */
export function carelessKit(reading: Reading, kit: KitDescription): readonly Symptom[] {
  return [...idle(reading, kit), ...pinnedOut(reading, kit)]
}

/** Keys that neither sign nor verify, and a signature that the kit itself does not accept. */
function idle(reading: Reading, { accept, signs }: KitDescription): readonly Symptom[] {
  const symptoms: Symptom[] = []
  const acceptsSecrets = accept.includes('HS512')
  const unused = (option: string, code: string): void => {
    if (reading.has(option)) symptoms.push([code, reading.of(option).supplier])
  }
  if (signs && accept.length > 0 && !accept.includes(signs.alg))
    symptoms.push(['signs_unaccepted', 'JWT_ACCEPT', { alg: signs.alg, meant: [...accept, signs.alg].join() }])
  if (!acceptsSecrets) {
    if (signs?.alg !== 'HS512') unused('secret', 'secret_idle')
    unused('acceptSecrets', 'key_idle')
  }
  if (!accept.includes('EdDSA') && signs?.alg !== 'EdDSA') unused('privateKey', 'key_idle')
  if (!accept.some((name) => name !== 'HS512'))
    for (const option of ['publicKeys', 'jwksUrl', 'jwksService']) unused(option, 'key_idle')
  return symptoms
}
