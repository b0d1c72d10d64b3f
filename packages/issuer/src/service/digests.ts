const utf8 = new TextEncoder()

/** SHA-256 of a text. */
export const digestOf = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', utf8.encode(text)))

/**
 * Whether a digest is one of several. What is compared is not the secret, and it takes the same time wherever they differ
 * and whichever it is.
 */
export function isAmong(digest: Uint8Array, others: readonly Uint8Array[]): boolean {
  let found = 0
  for (const other of others) {
    let difference = digest.length ^ other.length
    for (let index = 0; index < digest.length; index++) difference |= (digest[index] as number) ^ (other[index] ?? 0)
    found |= Number(difference === 0)
  }
  return found === 1
}
