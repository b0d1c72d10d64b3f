// What users may use. In memory, for an example: a real service has a database, and `externalRef` is unique in it.

/** Credits that a user was given, for something that happened elsewhere: a payment, a support case. */
export interface Grant {
  /** The user's credits, this grant included. */
  readonly balance: number
  readonly credits: number
  /** Names what happened elsewhere. One name is credited once, however often it is sent. */
  readonly externalRef: string
  readonly user: string
}

export class Ledger {
  readonly #balances = new Map<string, number>()
  readonly #grants = new Map<string, Grant>()

  balanceOf(user: string): number {
    return this.#balances.get(user) ?? 0
  }

  /** The grant of this name, where there is one already. */
  find(externalRef: string): Grant | undefined {
    return this.#grants.get(externalRef)
  }

  credit(user: string, externalRef: string, credits: number): Grant {
    const grant = { balance: this.balanceOf(user) + credits, credits, externalRef, user }
    this.#balances.set(user, grant.balance)
    this.#grants.set(externalRef, grant)
    return grant
  }
}
