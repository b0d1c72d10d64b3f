// The body of a request for a grant.

const MOST_CREDITS = 1_000_000
const REFERENCE = /^[\w.:-]{1,100}$/

/** What is asked for; undefined where it is not `{ "externalRef": "order-17", "credits": 25 }`. */
export function readGrant(text: string): { readonly externalRef: string; readonly credits: number } | undefined {
  const { externalRef, credits } = parsed(text)
  if (typeof externalRef !== 'string' || !REFERENCE.test(externalRef)) return undefined
  if (!isCount(credits)) return undefined
  return { externalRef, credits }
}

function parsed(text: string): { readonly externalRef?: unknown; readonly credits?: unknown } {
  try {
    return Object(JSON.parse(text))
  } catch {
    return {}
  }
}

const isCount = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MOST_CREDITS
