// From the kit's fault, a code and a variable, to what a person did: which of many ways to be wrong it is.
import { type Algorithm, EDDSA, HS512 } from '../../crypto/algorithms'
import { looksSecret } from '../failure'
import { fileSymptoms } from './files'
import type { Symptom } from './findings'
import { fits, isSet, jwkSymptoms, kidOfPrivateKey } from './jwks'
import { numberSymptoms } from './numbers'
import { pinSymptoms } from './pins'
import { type Entry, itemsOf, type Reading, textIn } from './reading'
import { entrySymptoms, secretSymptoms } from './secrets'
import { DOCTOR } from './texts'
import { urlSymptoms } from './urls'
import { acceptSymptoms, listedAlgorithms, profileSymptoms } from './words'

/** A fault that the kit told. */
export interface Fault {
  readonly code: string
  readonly variable: string
}

/** What a fault is, and the row that has to be neutralised before the next one shows. */
export interface Diagnosis {
  readonly target: string
  readonly symptoms: readonly Symptom[]
}

/** The row that stands for what the service has to be able to do. */
export const ROLE = 'role'

/** Where public keys come from. */
const SOURCES = ['publicKeys', 'jwksUrl', 'jwksService']

/** Explains a fault. */
export function explain(fault: Fault, reading: Reading): Diagnosis {
  const entry = reading.rowOf(fault.variable)
  const plain: Symptom = [fault.code, fault.variable]
  if (entry === undefined) return { target: fault.variable, symptoms: [plain] }
  const found = formSymptoms(fault, entry, reading)
  if (found.length > 0) return { target: entry.name, symptoms: found }
  if (fault.code === 'config_missing') return missing(entry, reading)
  const symptoms = fault.code === 'config_conflict' ? conflict(entry, reading) : valueSymptoms(fault, entry, reading)
  return { target: entry.name, symptoms: symptoms.length > 0 ? symptoms : [plain] }
}

/** What is wrong before there is a value: nothing, two of them, a twin or a path that leads nowhere, a list's commas. */
function formSymptoms({ code, variable }: Fault, entry: Entry, reading: Reading): readonly Symptom[] {
  const { forms, supplier, twin, path, raw = '', kind } = entry
  if (textIn(reading.env, variable) === '') return [['empty', variable]]
  if (forms.length > 1)
    return forms.slice(1).map((other): Symptom => ['value_twice', other, { other: forms[0] as string }])
  if (supplier === path && code === 'config_invalid') return fileSymptoms(raw, path, reading.world)
  const ofBindings = supplier === twin ? bindingSymptoms(entry, reading) : []
  if (kind === 'list' && code === 'config_invalid') {
    // One item that is missing does not make the others right.
    const found = listSymptoms(raw, supplier)
    if (found.length > 0) return [...found, ...ofBindings, ...itemSymptoms(entry, reading)]
  }
  return ofBindings
}

function listSymptoms(raw: string, variable: string): readonly Symptom[] {
  const items = itemsOf(raw)
  const filled = items.filter((item) => item !== '')
  return [
    ...(filled.length < items.length ? [['list_empty_item', variable] as const] : []),
    ...(new Set(filled).size < filled.length ? [['list_repeated', variable] as const] : []),
  ]
}

/** What is wrong with the items of a list, one by one. */
function itemSymptoms(entry: Entry, reading: Reading): readonly Symptom[] {
  switch (entry.option) {
    case 'accept':
      return acceptSymptoms(reading)
    case 'acceptSecrets':
      return [...entrySymptoms(entry), ...secretSymptoms(entry, reading)]
    case 'allowedThumbprints':
      return pinSymptoms(entry)
    default:
      return []
  }
}

/** A twin's names: what is no name is a value in the wrong place. */
function bindingSymptoms({ name: other, supplier, kind, raw = '' }: Entry, { env }: Reading): readonly Symptom[] {
  const names = kind === 'list' ? itemsOf(raw) : [raw]
  return names.flatMap((name, index): Symptom[] => {
    if (name === '') return []
    const entry = names.length > 1 ? ` (entry ${index + 1})` : ''
    const value = textIn(env, name)
    if (value !== undefined) return value === '' ? [['binding_empty', supplier, { entry }]] : []
    const isName = /^[A-Za-z_$][A-Za-z0-9_$.-]*$/.test(name) && !looksSecret(name)
    return [[isName ? 'binding_missing' : 'binding_is_value', supplier, { entry, other }]]
  })
}

/** What is wrong with a value on its own. */
function valueSymptoms({ code }: Fault, entry: Entry, reading: Reading): readonly Symptom[] {
  if (code === 'runtime_unsupported')
    return entry.option === 'jwksService' ? [['service_unsupported', entry.supplier]] : []
  if (entry.kind === 'number') return numberSymptoms(entry, reading)
  switch (entry.option) {
    case 'profile':
      return profileSymptoms(reading)
    case 'secret':
      return secretSymptoms(entry, reading)
    case 'privateKey':
    case 'publicKeys':
      return code === 'key_weak' ? [] : jwkSymptoms(entry, reading)
    case 'jwksUrl':
      return urlSymptoms(entry)
    default:
      return itemSymptoms(entry, reading)
  }
}

/** Two settings contradict each other. */
function conflict({ name, option, supplier }: Entry, reading: Reading): readonly Symptom[] {
  if (option === 'profile') return [['profile_missing', name]]
  if (option === 'accept') return [['accept_missing', name]]
  if (option === 'kid') return [[isOtherKid(reading) ? 'kid_differs' : 'kid_without_key', name]]
  const other = SOURCES.find((source) => source !== option && reading.has(source))
  return other === undefined ? [] : [['sources_conflict', supplier, { other: reading.of(other).supplier }]]
}

function isOtherKid(reading: Reading): boolean {
  const signsPublic = (reading.of('profile').text ?? (reading.has('secret') ? 'HS512' : 'EdDSA')) === 'EdDSA'
  return signsPublic && (kidOfPrivateKey(reading) ?? reading.of('kid').text) !== reading.of('kid').text
}

/** Something is needed and is not there: the kit names what would be set, here it is said why. */
function missing({ option, name }: Entry, reading: Reading): Diagnosis {
  if (option === 'issuer') return { target: name, symptoms: [['issuer_missing', name]] }
  if (option === 'audience') return { target: name, symptoms: [['audience_missing', name]] }
  const hasSecrets = reading.has('secret') || reading.has('acceptSecrets')
  const hasPublic = reading.has('privateKey') || SOURCES.some((source) => reading.has(source))
  const profile = reading.of('profile').text
  const listed = listedAlgorithms(reading)
  if (!hasSecrets && !hasPublic) {
    const isPublic = profile === 'EdDSA' || (listed.length > 0 && !listed.includes(HS512))
    const target = isPublic ? 'JWT_PRIVATE_JWK' : 'JWT_SECRET'
    return { target, symptoms: [['no_key', target, { line: isPublic ? DOCTOR.lines.private : DOCTOR.lines.secret }]] }
  }
  if (profile !== undefined && !(profile === 'HS512' ? hasSecrets : hasPublic)) {
    const line = profile === 'HS512' ? DOCTOR.lines.secret : DOCTOR.lines.private
    return { target: 'JWT_PROFILE', symptoms: [['profile_without_key', 'JWT_PROFILE', { alg: profile, line }]] }
  }
  const unserved = listed.filter((algorithm) => !serves(reading, algorithm, hasSecrets))
  if (unserved.length > 0) {
    const values = {
      alg: unserved.map((algorithm) => algorithm.name).join(),
      line: unserved.includes(HS512) ? DOCTOR.lines.secret : DOCTOR.lines.keys,
    }
    return { target: 'JWT_ACCEPT', symptoms: [['accept_without_key', 'JWT_ACCEPT', values]] }
  }
  return { target: ROLE, symptoms: [['producer_without_key', name]] }
}

function serves(reading: Reading, algorithm: Algorithm, hasSecrets: boolean): boolean {
  if (algorithm === HS512) return hasSecrets
  if (algorithm === EDDSA && reading.has('privateKey')) return true
  const { text } = reading.of('publicKeys')
  if (reading.has('jwksUrl') || reading.has('jwksService')) return true
  return text !== undefined && (isSet(text) || fits(text, algorithm))
}
