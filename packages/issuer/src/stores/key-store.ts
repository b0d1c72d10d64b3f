/** What a store keeps: the text of a key document, and the number of the write that put it there. */
export interface StoredDocument {
  /** From 1. */
  readonly version: number
  /** Of the key document. */
  readonly text: string
}

/**
 * Where the keys of an authority are kept, shared by all of its processes.
 *
 * `writeIf` is the only way to change anything, and exactly one of those who write on the same version succeeds: that is all
 * that keeps two processes from rotating at once. Both answer or throw in bounded time: nothing is signed meanwhile, though
 * what is known would do while a store is away.
 */
export interface KeyStore {
  /**
   * The newest document.
   *
   * @returns undefined where there is none yet; what it throws counts as `key_store_unavailable`
   * @example
   * const stored = await memoryKeyStore().read() // undefined
   */
  read(): Promise<StoredDocument | undefined>
  /**
   * Writes version `version + 1` where the newest is `version`.
   *
   * @param version - of the document that was read, 0 where there was none
   * @param text - of the new one
   * @returns whether it was written; false where somebody else wrote meanwhile
   * @example
   * const written = await memoryKeyStore().writeIf(0, '{}') // true
   */
  writeIf(version: number, text: string): Promise<boolean>
}
