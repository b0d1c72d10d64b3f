-- Remembers that a token was revoked, and never for a shorter time than before. KEYS: the token. ARGV: the millisecond from
-- which on it need not be remembered.
local memory = redis.call('INFO', 'memory')
local isBounded = string.match(memory, 'maxmemory:(%d+)') ~= '0'
if isBounded and string.match(memory, 'maxmemory_policy:([%w-]+)') ~= 'noeviction' then
  return -1
end
if not redis.call('SET', KEYS[1], '1', 'NX', 'PXAT', ARGV[1]) then
  redis.call('PEXPIREAT', KEYS[1], ARGV[1], 'GT')
end
return 1
