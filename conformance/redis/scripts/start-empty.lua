-- Says that no token was ever used, of a part of the store that knows nothing of itself. KEYS: where it says so.
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
if redis.call('SET', KEYS[1], run .. ' 0', 'NX') then
  return 1
end
return 0
