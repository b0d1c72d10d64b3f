import { bearer, exceeded, get, missing, passed, test, token } from './world.mjs'

const POLICY = { 'ratelimit-policy': '"read";q=120;w=60' }
const drawn = (address, isAllowed) => ({
  key: JSON.stringify(['address', address]),
  limit: 'read',
  cost: 1,
  gives: { allowed: isAllowed, remaining: isAllowed ? 1 : 0, resetAfter: 1, retryAfter: isAllowed ? 0 : 1 },
})
const allowed = (address) => drawn(address, true)
const refused = (address) => drawn(address, false)

/** Limits by address, where the peer is 127.0.0.1: to the guard `plain` nobody, to the guard `proxied` a trusted proxy. */
export async function addresses() {
  const me = bearer(await token())
  const forwarded = (text) => [...me, ['X-Forwarded-For', text]]
  const left = { ...POLICY, ratelimit: '"read";r=1;t=1' }
  const open = passed('u1', left)
  // What was drawn is told, whatever is answered.
  const anonymous = { ...missing(), headers: { ...missing().headers, ...left } }
  const full = exceeded('read', { ...POLICY, ratelimit: '"read";r=0;t=1', 'retry-after': '1' })
  const asked = (path, headers, answer, ...draws) => get(path, headers, answer, { draws })
  return [
    test(
      'plain',
      'by address: of the peer, whatever it says of others',
      asked('/address', me, open, allowed('127.0.0.1')),
      asked('/address', forwarded('203.0.113.7'), open, allowed('127.0.0.1')),
      asked('/address', [...me, ['Forwarded', 'for=203.0.113.7']], open, allowed('127.0.0.1')),
      asked('/address', forwarded('not an address'), full, refused('127.0.0.1')),
    ),
    test(
      'proxied',
      'behind a trusted proxy: of whom it names, and of the proxy where it names nobody',
      asked('/address', me, open, allowed('127.0.0.1')),
      asked('/address', forwarded('203.0.113.7'), open, allowed('203.0.113.7')),
      asked('/address', forwarded('2001:db8:1:2ff::1'), open, allowed('2001:db8:1:200::/56')),
      asked('/address', forwarded('203.0.113.7'), full, refused('203.0.113.7')),
    ),
    test(
      'proxied',
      'behind several trusted proxies: what stands left of the last that is not trusted was written by anybody',
      asked('/address', forwarded('198.51.100.1, 203.0.113.7, 10.1.2.3'), open, allowed('203.0.113.7')),
      asked(
        '/address',
        [...forwarded('198.51.100.1, 203.0.113.7'), ['X-Forwarded-For', '10.1.2.3']],
        open,
        allowed('203.0.113.7'),
      ),
      asked('/address', forwarded('203.0.113.7, nonsense'), open, allowed('127.0.0.1')),
      asked('/address', forwarded('10.1.2.3'), open, allowed('127.0.0.1')),
    ),
    test(
      'proxied',
      'before the token: who has none draws, too',
      asked('/door', [['X-Forwarded-For', '203.0.113.7']], anonymous, allowed('203.0.113.7')),
      asked('/door', [['X-Forwarded-For', '203.0.113.7']], full, refused('203.0.113.7')),
    ),
  ]
}
