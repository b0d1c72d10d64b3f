// One body for what answers at once and for what must be awaited: an `await` costs a turn even where nothing is awaited.

/** What is there, or will be. */
export type Maybe<Value> = Value | Promise<Value>

/** Whether a value must be awaited. What others promise is made a promise of this realm where it comes in: {@link settled}. */
const isLater = <Value>(value: Maybe<Value>): value is Promise<Value> => value instanceof Promise

/** Goes on with a value, at once where it is there. */
export const after = <Value, Result>(value: Maybe<Value>, next: (value: Value) => Maybe<Result>): Maybe<Result> =>
  isLater(value) ? value.then(next) : next(value)

/**
 * What work comes to, or what is made of its failure.
 *
 * @param next - what is made of a success; it does not throw
 */
export function attempt<Value, Result = Value>(
  work: () => Maybe<Value>,
  recover: (error: unknown) => Maybe<Result>,
  next = (value: Value) => value as unknown as Result,
): Maybe<Result> {
  try {
    const value = work()
    return isLater(value) ? value.then(next, recover) : next(value)
  } catch (error) {
    return recover(error)
  }
}

/** What another's code gave: a promise of any kind, or a value. */
export const settled = <Value>(given: PromiseLike<Value> | Value): Maybe<Value> =>
  typeof (given as PromiseLike<Value> | undefined)?.then === 'function' ? Promise.resolve(given) : (given as Value)

/** What the first of some items comes to that comes to anything; each is asked once the one before has answered. */
export function firstOf<Item, Found>(
  items: readonly Item[],
  find: (item: Item) => Maybe<Found | undefined>,
  from = 0,
): Maybe<Found | undefined> {
  for (let index = from; index < items.length; index++) {
    const found = find(items[index] as Item)
    // Nothing follows the last one: what it comes to need not be looked at.
    if (index + 1 === items.length) return found
    if (isLater(found)) return found.then((one) => one ?? firstOf(items, find, index + 1))
    if (found !== undefined) return found
  }
  return undefined
}

/** All of some values. */
export const allOf = <Value>(values: readonly Maybe<Value>[]): Maybe<readonly Value[]> =>
  values.some(isLater) ? Promise.all(values) : (values as readonly Value[])
