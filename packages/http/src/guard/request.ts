/** What a guard looks at in a request. Each server and framework has its own way of saying it. */
export interface GuardRequest {
  /** Of the URL, without its question mark; not decoded. */
  readonly query: string
  /** Address of whoever opened the connection, where that is known. */
  readonly peer?: string | undefined
  /**
   * All values of a header, in the order in which they came: a framework that shows the first of two shows half of the truth.
   *
   * @param name - in lower case
   * @returns none where the header is not there
   * @example
   * const request: GuardRequest = { query: '', header: (name) => (name === 'authorization' ? ['Bearer x'] : []) }
   * request.header('cookie') // []
   */
  header(name: string): readonly string[]
}
