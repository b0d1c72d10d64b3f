import { isJsonObject, isNonEmpty, type JsonObject, type JsonValue } from '../encoding/json-value'
import { TokenError } from '../errors/errors'

/** An actor: a service that acts on behalf of the subject (RFC 8693 section 4.1). Other members are kept. */
export interface Actor {
  /** Who acts. */
  readonly sub: string
  /** Whose `sub` it is. */
  readonly iss?: string
  /** Who acted before. Only the outermost actor counts for access control. */
  readonly act?: Actor
  readonly [member: string]: JsonValue | Actor | undefined
}

/**
 * Checks the chain of actors, outermost first; what is deeper than allowed is not read.
 *
 * @throws TokenError - `claim_invalid` with `act`, `delegation_too_deep`
 */
export function checkActors(act: JsonValue | undefined, maxDepth: number): void {
  let depth = 0
  for (let actor = act; actor !== undefined; actor = actor['act']) {
    if (++depth > maxDepth) throw new TokenError('delegation_too_deep')
    if (!isActor(actor)) throw new TokenError('claim_invalid', { claim: 'act' })
  }
}

const isActor = (value: JsonValue): value is JsonObject =>
  isJsonObject(value) && isNonEmpty(value['sub']) && (value['iss'] === undefined || isNonEmpty(value['iss']))

/** The actors of a checked chain, outermost first. */
export function actorsOf(act: Actor | undefined): readonly Actor[] {
  const actors: Actor[] = []
  for (let actor = act; actor !== undefined; actor = actor.act) actors.push(actor)
  return actors
}
