-- Uses a token up. KEYS: what this part of the store knows of itself; the token. ARGV: a nonce of the caller, '' to look at
-- the first key alone; for how long to remember, in milliseconds; the second at which the token was issued, or ''; by how many
-- seconds clocks may differ; how many replicas there have to be.
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')

-- Since when nothing was forgotten here. A process that started again, another one that took over, and a record that is gone
-- may each have lost what was known.
local record = redis.call('GET', KEYS[1])
local since
if record and string.sub(record, 1, #run) == run then
  since = tonumber(string.sub(record, #run + 2))
else
  local memory = redis.call('INFO', 'memory')
  local isBounded = string.match(memory, 'maxmemory:(%d+)') ~= '0'
  if isBounded and string.match(memory, 'maxmemory_policy:([%w-]+)') ~= 'noeviction' then
    return 'evicting'
  end
  local time = redis.call('TIME')
  since = tonumber(time[1])
  redis.call('SET', KEYS[1], run .. ' ' .. string.format('%d', since))
end

if ARGV[1] == '' then
  return 'looked'
end

local issued = tonumber(ARGV[3])
if since > 0 and not (issued and issued > since + tonumber(ARGV[4])) then
  return 'forgetful'
end

-- Where there are too few, the token is not used up.
local least = tonumber(ARGV[5])
if least > 0 and tonumber(string.match(redis.call('INFO', 'replication'), 'connected_slaves:(%d+)') or '0') < least then
  return 'unreplicated'
end

-- The nonce makes a repeated command the same use.
local holder = redis.call('SET', KEYS[2], ARGV[1], 'NX', 'GET', 'PX', ARGV[2])
if holder and holder ~= ARGV[1] then
  return 'replayed'
end
if holder and least > 0 then
  -- Replicas are waited for by what this connection wrote: so WAIT is described, and not by what another one did.
  redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
end
return 'fresh'
