import type { KitDescription } from '../../config/describe'
import { configFromEnvironment } from '../../config/environment'
import type { Role } from '../../config/role'
import { ConfigError } from '../../errors/errors'
import { createKit } from '../../kit'
import { keyFileReader } from '../environment'
import type { World } from '../world'
import { explain, type Fault, ROLE } from './explain'
import type { Symptom } from './findings'
import { Reading } from './reading'
import { neutralised } from './stand-ins'

/** Every fault of one kind in each variable would be fewer. */
const MOST_FAULTS = 64
/** A fault that comes back although its variable was set right is the shadow of another one. */
const MOST_ATTEMPTS = 3

/** What the kit says of an environment. */
export interface Judgement {
  readonly symptoms: readonly Symptom[]
  /** What it would be; undefined where it cannot be made. */
  readonly kit: KitDescription | undefined
}

/**
 * Asks the kit for its first fault, puts something right in the place of what is wrong, and asks again, until there is no
 * fault left. So all that it tells is its own judgement, in its own order.
 */
export async function judge(
  env: Readonly<Record<string, string>>,
  world: World,
  role: Role | undefined,
): Promise<Judgement> {
  const symptoms: Symptom[] = []
  const attempts = new Map<string, number>()
  let [current, wanted] = [env, role]
  for (let faults = 0; faults < MOST_FAULTS; faults++) {
    const answer = await ask(current, world, wanted)
    if (!('code' in answer)) return { symptoms, kit: faults === 0 ? answer : undefined }
    const reading = new Reading(current, world)
    const { target, symptoms: found } = explain(answer, reading)
    const attempt = attempts.get(target) ?? 0
    // What is told of a variable that was set right is a consequence, and would lead astray.
    if (attempt === 0) symptoms.push(...found)
    if (attempt === MOST_ATTEMPTS) break
    // One of two forms was left out: what the other holds was not judged yet.
    if (!found.some(([code]) => code === 'value_twice')) attempts.set(target, attempt + 1)
    if (target === ROLE) wanted = undefined
    current = neutralised(current, target, reading)
  }
  return { symptoms, kit: undefined }
}

async function ask(env: object, world: World, role: Role | undefined): Promise<Fault | KitDescription> {
  try {
    const options = { readFile: keyFileReader(world), ...(role !== undefined && { role }) }
    return await createKit(configFromEnvironment({ ...env }, options)).describe()
  } catch (error) {
    if (!ConfigError.is(error)) throw error
    return { code: error.code, variable: error.variable ?? '' }
  }
}
