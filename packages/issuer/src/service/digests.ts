interface Hashing {
  readonly hash?: (name: 'sha256', text: string, encoding: 'buffer') => Uint8Array
}
interface Host {
  getBuiltinModule?(name: 'node:crypto'): Hashing | undefined
}

const utf8 = new TextEncoder()

// WebCrypto of Node.js sends every digest through a pool of threads, which costs more than all else that a token takes.
const host = (globalThis as { readonly process?: Host }).process
const hash = host?.getBuiltinModule?.('node:crypto')?.hash

/** SHA-256 of a text. */
export const digestOf = async (text: string): Promise<Uint8Array> =>
  hash?.('sha256', text, 'buffer') ?? new Uint8Array(await crypto.subtle.digest('SHA-256', utf8.encode(text)))

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
