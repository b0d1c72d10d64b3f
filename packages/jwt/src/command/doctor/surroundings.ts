// What stands around a configuration: where its values come from, who can read them, what else the environment says.
import { isOpen, type Variables } from '../variables'
import type { World } from '../world'
import { isTracked } from './files'
import type { Symptom } from './findings'
import { itemsOf, namesOf, type Reading, ROWS, textIn } from './reading'
import { VARIABLES } from './texts'
import { isLoopback } from './urls'

const PLACEHOLDER = 'https://issuer.example'

/** Whether the environment says that this is production. */
const isProduction = ({ values }: Variables): boolean => values['NODE_ENV'] === 'production'

/** The variables that a twin points to. */
const bound = ({ values }: Variables, twin: string | undefined): readonly string[] =>
  twin === undefined ? [] : itemsOf(textIn(values, twin) ?? '')

/** Every variable whose value must be kept from view, and that the file sets. */
function secretsOfFile(variables: Variables): readonly string[] {
  const secret = ROWS.filter(({ name }) => VARIABLES.get(name)?.secret)
  const names = secret.flatMap(({ name, twin }) => [name, ...bound(variables, twin)])
  return names.filter((name) => textIn(variables.ofFile, name))
}

/** What is seen around a configuration. */
export function aroundIt(variables: Variables, reading: Reading, world: World): readonly Symptom[] {
  const { values } = variables
  const symptoms: Symptom[] = [...ofFile(variables, world), ...inBoth(variables)]
  if (textIn(values, 'DEV_AUTH_OPEN')) symptoms.push(['dev_auth_open', 'DEV_AUTH_OPEN'])
  if (isProduction(variables)) symptoms.push(...inProduction(reading))
  return symptoms
}

function ofFile(variables: Variables, world: World): readonly Symptom[] {
  const { file } = variables
  if (file === undefined || secretsOfFile(variables).length === 0) return []
  return [
    ...(isOpen(file, world) ? [['dotenv_mode', null] as const] : []),
    ...(isTracked(file, world) ? [['dotenv_not_ignored', null] as const] : []),
    ...(isProduction(variables) ? [['production_dotenv', null] as const] : []),
  ]
}

function inBoth(variables: Variables): readonly Symptom[] {
  const { ofFile, ofProcess } = variables
  const names = ROWS.flatMap((row) => [...namesOf(row), ...bound(variables, row.twin)])
  return names.flatMap((name): Symptom[] => {
    const [one, other] = [textIn(ofProcess, name), textIn(ofFile, name)]
    return one === undefined || other === undefined || one === other ? [] : [['variable_in_both', name]]
  })
}

function inProduction(reading: Reading): readonly Symptom[] {
  const { text, supplier } = reading.of('issuer')
  const { text: url = '', supplier: from } = reading.of('jwksUrl')
  return [
    ...(text === PLACEHOLDER ? [['issuer_placeholder', supplier] as const] : []),
    ...(isLoopback(url) ? [['url_loopback', from] as const] : []),
  ]
}
