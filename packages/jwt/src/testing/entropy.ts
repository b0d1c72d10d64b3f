/**
 * Bytes that repeat from run to run and differ from call to call: the number of the call, as a big-endian number of the
 * asked size. The first `jti` made of them is `00000000-0000-4000-8000-000000000001`. Never for anything but tests.
 *
 * @returns entropy for `createTestKit` and `createTokens`; shared by both, no `jti` comes twice
 * @example
 * const entropy = repeatingEntropy()
 * const [kit, tokens] = [createTestKit({ entropy }), createTokens({ entropy })]
 */
export function repeatingEntropy(): (size: number) => Uint8Array {
  let calls = 0
  return (size) => {
    calls += 1
    const bytes = new Uint8Array(size)
    for (let index = size - 1, rest = calls; index >= 0; index -= 1, rest = Math.floor(rest / 256)) bytes[index] = rest
    return bytes
  }
}
