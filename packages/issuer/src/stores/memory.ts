import type { KeyStore, StoredDocument } from './key-store'

/**
 * A key store in the memory of this process: for development and tests, or where one process alone signs and its keys may
 * die with it.
 *
 * @returns the store
 * @example
 * const authority = await createAuthority({ store: memoryKeyStore(), keks })
 */
export function memoryKeyStore(): KeyStore {
  let stored: StoredDocument | undefined
  return {
    read: () => Promise.resolve(stored),
    writeIf: (version, text) => {
      const isNewest = (stored?.version ?? 0) === version
      if (isNewest) stored = { version: version + 1, text }
      return Promise.resolve(isNewest)
    },
  }
}
