import type { JsonValue } from '../encoding/json-value'
import { type AnyPolicy, asPolicy, Policy, type PolicyRules } from './policy'

/**
 * A policy being built. Each call gives a new builder, so a builder can be shared and extended; a second call of a method
 * adds a rule under `allOf`, it never widens the first. Every method throws `MisuseError` for a wrong type.
 */
export class PolicyBuilder {
  readonly #rules: PolicyRules
  #built: Policy | undefined

  /** @internal */
  constructor(rules: PolicyRules = {}) {
    this.#rules = rules
    Object.freeze(this)
  }

  /**
   * Asks for all of these permissions.
   *
   * @param permissions - exact names; with none the rule holds
   * @returns a builder with the rule added
   * @throws MisuseError - not strings
   * @example
   * policy().needAll('orders:read', 'orders:write')
   */
  needAll(...permissions: string[]): PolicyBuilder {
    return this.#with({ permissionsAll: permissions })
  }

  /**
   * Asks for at least one of these permissions.
   *
   * @param permissions - exact names; with none nobody passes
   * @returns a builder with the rule added
   * @throws MisuseError - not strings
   * @example
   * policy().needAny('orders:read', 'orders:admin')
   */
  needAny(...permissions: string[]): PolicyBuilder {
    return this.#with({ permissionsAny: permissions })
  }

  /**
   * Asks for all of these roles.
   *
   * @param roles - exact names; with none the rule holds
   * @returns a builder with the rule added
   * @throws MisuseError - not strings
   * @example
   * policy().rolesAll('staff', 'finance')
   */
  rolesAll(...roles: string[]): PolicyBuilder {
    return this.#with({ rolesAll: roles })
  }

  /**
   * Asks for at least one of these roles.
   *
   * @param roles - exact names; with none nobody passes
   * @returns a builder with the rule added
   * @throws MisuseError - not strings
   * @example
   * policy().rolesAny('admin', 'finance')
   */
  rolesAny(...roles: string[]): PolicyBuilder {
    return this.#with({ rolesAny: roles })
  }

  /**
   * Asks for all of these scopes.
   *
   * @param scopes - exact names; with none the rule holds
   * @returns a builder with the rule added
   * @throws MisuseError - not strings
   * @example
   * policy().scopesAll('openid', 'orders')
   */
  scopesAll(...scopes: string[]): PolicyBuilder {
    return this.#with({ scopesAll: scopes })
  }

  /**
   * Asks for at least one of these scopes.
   *
   * @param scopes - exact names; with none nobody passes
   * @returns a builder with the rule added
   * @throws MisuseError - not strings
   * @example
   * policy().scopesAny('orders', 'orders.read')
   */
  scopesAny(...scopes: string[]): PolicyBuilder {
    return this.#with({ scopesAny: scopes })
  }

  /**
   * Asks for this subject.
   *
   * @param subject - the exact `sub`, or `{ ref: name }` for one from the context of the check
   * @returns a builder with the rule added
   * @throws MisuseError - neither of them
   * @example
   * await checkAuth(token, policy().subject({ ref: 'owner' }), { context: { owner: 'u1' } })
   */
  subject(subject: string | { readonly ref: string }): PolicyBuilder {
    return this.#with({ subject })
  }

  /**
   * Asks for this outermost actor (RFC 8693 section 4.1).
   *
   * @param actor - the exact `sub`, and `iss` where it matters
   * @returns a builder with the rule added
   * @throws MisuseError - no `sub`, another member, or not strings
   * @example
   * policy().actor({ sub: 'gateway' })
   */
  actor(actor: { readonly sub: string; readonly iss?: string }): PolicyBuilder {
    return this.#with({ actor })
  }

  /**
   * Asks for a subject that comes by itself: no actor at all.
   *
   * @returns a builder with the rule added
   * @example
   * policy().needAll('account:delete').noActor()
   */
  noActor(): PolicyBuilder {
    return this.#with({ noActor: true })
  }

  /**
   * Asks for a claim that deeply equals a JSON value.
   *
   * @param name - of the claim
   * @param value - what it must be; numbers by value, a missing claim equals nothing, not even null
   * @returns a builder with the rule added
   * @throws MisuseError - a value that JSON cannot carry exactly
   * @example
   * policy().claim('tid', 'tenant-7')
   */
  claim(name: string, value: JsonValue): PolicyBuilder {
    // A computed member, unlike an assigned one, may be named `__proto__`.
    return this.#with({ claims: { [name]: value } })
  }

  /**
   * Asks for at least one of these policies.
   *
   * @param policies - with none nobody passes
   * @returns a builder with the rule added
   * @throws MisuseError - not a policy
   * @example
   * policy().anyOf(policy().rolesAny('admin'), policy().subject('u1'))
   */
  anyOf(...policies: AnyPolicy[]): PolicyBuilder {
    return this.#with({ anyOf: policies.map((one) => asPolicy(one).toJSON()) })
  }

  /**
   * Asks for all of these policies.
   *
   * @param policies - with none the rule holds
   * @returns a builder with the rules added
   * @throws MisuseError - not a policy
   * @example
   * policy().allOf(policy().rolesAny('staff'), { noActor: true })
   */
  allOf(...policies: AnyPolicy[]): PolicyBuilder {
    return this.#add(...policies.map((one) => asPolicy(one).toJSON()))
  }

  /**
   * Asks for the opposite of a policy.
   *
   * @param policy - what must not hold
   * @returns a builder with the rule added
   * @throws MisuseError - not a policy
   * @example
   * policy().needAll('orders:read').not({ rolesAny: ['suspended'] })
   */
  not(policy: AnyPolicy): PolicyBuilder {
    return this.#with({ not: asPolicy(policy).toJSON() })
  }

  /**
   * Lets anybody with a valid token pass: says aloud that nothing else is asked for.
   *
   * @returns a builder with the rule added
   * @example
   * await checkAuth(token, policy().authenticated())
   */
  authenticated(): PolicyBuilder {
    return this.#add()
  }

  /**
   * The policy, checked.
   *
   * @returns the policy, immutable
   * @throws MisuseError - nothing was asked for
   * @example
   * const rule = policy().needAll('orders:read').build()
   */
  build(): Policy {
    this.#built ??= new Policy(this.#rules)
    return this.#built
  }

  /**
   * The rules so far, as plain JSON.
   *
   * @returns the same policy for `parsePolicy`, in either language
   * @example
   * JSON.stringify(policy().noActor()) // '{"noActor":true}'
   */
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
 * @returns a builder that asks for nothing yet
 * @example
 * policy().needAll('read:data').rolesAny('admin', 'finance')
 */
export const policy = (): PolicyBuilder => new PolicyBuilder()
