// A matrix that could not fail would prove nothing: each way in which a runtime can be wrong is noticed.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { indexOf, judge, readExpectations } from './expectations.mjs'

const index = indexOf([
  {
    kits: { outside: { trust: [{ algorithms: ['ES512'] }] } },
    groups: [{ tests: [{ id: 'a-0001' }, { id: 'a-0002', kit: 'outside' }] }],
  },
])
const result = (id, passed, got = {}) => ({ id, passed, expected: {}, got })
const entry = { test: 'a-0002', code: 'runtime_unsupported', reason: 'no P-521', issue: 'https://runtime.example/1' }
const rejections = new Map([['a-0002', entry]])
const rejected = result('a-0002', false, { fault: { code: 'runtime_unsupported' } })
const empty = { format: 1, runtime: 'x', HS512: [], EdDSA: [], outside: [] }
const read = (file) => readExpectations('x', () => JSON.stringify(file))

test('all tests passed', () => {
  assert.deepEqual(judge([result('a-0001', true), result('a-0002', true)], new Map(), index), {
    passed: 2,
    failures: [],
  })
})

test('an expected rejection passes, with its code alone', () => {
  assert.deepEqual(judge([result('a-0001', true), rejected], rejections, index), { passed: 2, failures: [] })
  const other = result('a-0002', false, { fault: { code: 'key_invalid' } })
  assert.equal(judge([result('a-0001', true), other], rejections, index).failures.length, 1)
})

test('an unexpected pass fails', () => {
  const { failures } = judge([result('a-0001', true), result('a-0002', true)], rejections, index)
  assert.match(failures[0], /^a-0002: passes, though runtime_unsupported is expected/)
})

test('what failed, did not run or ran twice fails', () => {
  assert.match(
    judge([result('a-0001', false), result('a-0002', true)], new Map(), index).failures[0],
    /^a-0001: expected/,
  )
  assert.deepEqual(judge([result('a-0001', true)], new Map(), index).failures, ['a-0002: did not run'])
  const twice = [result('a-0001', true), result('a-0001', true), result('a-0002', true)]
  assert.equal(judge(twice, new Map(), index).failures.length, 1)
})

test('a rejection of a test that is gone, or of a core profile, fails', () => {
  const all = [result('a-0001', true), result('a-0002', true)]
  const gone = new Map([['a-0003', { ...entry, test: 'a-0003' }]])
  assert.deepEqual(judge(all, gone, index).failures, ['a-0003: a rejection of a test that does not exist'])
  const core = new Map([['a-0001', { ...entry, test: 'a-0001' }]])
  const one = result('a-0001', false, { fault: { code: 'runtime_unsupported' } })
  assert.match(judge([one, all[1]], core, index).failures[0], /of no algorithm of outside issuers/)
})

test('a file of expectations says of each rejection why, and where the runtime knows of it', () => {
  assert.equal(read({ ...empty, outside: [entry] }).get('a-0002').reason, 'no P-521')
  for (const outside of [
    [{ ...entry, issue: '' }],
    [{ ...entry, issue: 'soon' }],
    [entry, entry],
    [{ test: 'a-0002' }],
  ])
    assert.throws(() => read({ ...empty, outside }), /^Error: expectations\/x\.json: /)
})

test('nothing is excused for HS512 and EdDSA', () => {
  for (const list of ['HS512', 'EdDSA']) assert.throws(() => read({ ...empty, [list]: [entry] }), /every runtime/)
  assert.throws(() => read({ ...empty, runtime: 'y' }), /not the file of this runtime/)
})
