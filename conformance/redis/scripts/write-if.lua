-- Writes the next version of a document where the newest is the one that was read. KEYS: the document. ARGV: the version that
-- was read, '0' where there was none; the text.
local memory = redis.call('INFO', 'memory')
if string.match(memory, 'maxmemory:(%d+)') ~= '0' and string.match(memory, 'maxmemory_policy:allkeys') then
  return -1
end
if (redis.call('HGET', KEYS[1], 'version') or '0') ~= ARGV[1] then
  return 0
end
redis.call('HSET', KEYS[1], 'version', string.format('%d', tonumber(ARGV[1]) + 1), 'text', ARGV[2])
return 1
