import type { JsonValue } from '../encoding/json-value'
import { type AnyPolicy, asPolicy, Policy, type PolicyRules } from './policy'

/**
 * A policy being built. Each call gives a new builder, so a builder can be shared and extended; a second call of a method
 * adds a rule under `allOf`, it never widens the first. Every method throws `MisuseError` for a wrong type.
 */
export class PolicyBuilder {
  readonly #rules: PolicyRules

  /** @internal */
  constructor(rules: PolicyRules = {}) {
    this.#rules = rules
    Object.freeze(this)
  }

  /** All of these permissions. */
  needAll(...permissions: string[]): PolicyBuilder {
    return this.#with({ permissionsAll: permissions })
  }

  /** At least one of these permissions. */
  needAny(...permissions: string[]): PolicyBuilder {
    return this.#with({ permissionsAny: permissions })
  }

  /** All of these roles. */
  rolesAll(...roles: string[]): PolicyBuilder {
    return this.#with({ rolesAll: roles })
  }

  /** At least one of these roles. */
  rolesAny(...roles: string[]): PolicyBuilder {
    return this.#with({ rolesAny: roles })
  }

  /** All of these scopes. */
  scopesAll(...scopes: string[]): PolicyBuilder {
    return this.#with({ scopesAll: scopes })
  }

  /** At least one of these scopes. */
  scopesAny(...scopes: string[]): PolicyBuilder {
    return this.#with({ scopesAny: scopes })
  }

  /** This subject, or `{ ref: name }` for one from the context of the check. */
  subject(subject: string | { readonly ref: string }): PolicyBuilder {
    return this.#with({ subject })
  }

  /** This outermost actor. */
  actor(actor: { readonly sub: string; readonly iss?: string }): PolicyBuilder {
    return this.#with({ actor })
  }

  /** No actor at all. */
  noActor(): PolicyBuilder {
    return this.#with({ noActor: true })
  }

  /** A claim that deeply equals a JSON value. */
  claim(name: string, value: JsonValue): PolicyBuilder {
    // A computed member, unlike an assigned one, may be named `__proto__`.
    return this.#with({ claims: { [name]: value } })
  }

  /** At least one of these policies. */
  anyOf(...policies: AnyPolicy[]): PolicyBuilder {
    return this.#with({ anyOf: policies.map((one) => asPolicy(one).toJSON()) })
  }

  /** All of these policies. */
  allOf(...policies: AnyPolicy[]): PolicyBuilder {
    return this.#add(...policies.map((one) => asPolicy(one).toJSON()))
  }

  /** Not this policy. */
  not(policy: AnyPolicy): PolicyBuilder {
    return this.#with({ not: asPolicy(policy).toJSON() })
  }

  /** Anybody with a valid token. */
  authenticated(): PolicyBuilder {
    return this.#add()
  }

  /**
   * The policy, checked.
   *
   * @throws MisuseError - nothing was asked for
   */
  build(): Policy {
    return new Policy(this.#rules)
  }

  /** The rules so far, as plain JSON. */
  toJSON(): PolicyRules {
    return this.#rules
  }

  #with(rule: PolicyRules): PolicyBuilder {
    const checked = new Policy(rule).toJSON()
    return Object.keys(checked).some((name) => name in this.#rules)
      ? this.#add(checked)
      : new PolicyBuilder(Object.freeze({ ...this.#rules, ...checked }))
  }

  #add(...rules: PolicyRules[]): PolicyBuilder {
    return new PolicyBuilder(Object.freeze({ ...this.#rules, allOf: [...(this.#rules.allOf ?? []), ...rules] }))
  }
}

/**
 * Starts building a policy.
 *
 * @example
 * policy().needAll('read:data').rolesAny('admin', 'finance')
 */
export const policy = (): PolicyBuilder => new PolicyBuilder()
