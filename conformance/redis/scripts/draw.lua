-- Draws on a budget by GCRA, on the clock of this server, in whole microseconds. KEYS: the budget. ARGV: microseconds of one
-- unit; units that may be drawn at once; units to draw. Gives whether there was enough, what is left, and the microseconds
-- until it is full again and until the same draw would be allowed; -1 alone where this server would drop budgets, which are full
-- again then.
local memory = redis.call('INFO', 'memory')
local isBounded = string.match(memory, 'maxmemory:(%d+)') ~= '0'
if isBounded and string.match(memory, 'maxmemory_policy:([%w-]+)') ~= 'noeviction' then
  return { -1 }
end

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local interval, burst, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local full = interval * burst

local arrival = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now)
local after = arrival + interval * cost
local wait = after - now - full
if wait > 0 then
  return { 0, math.max(math.floor((full - (arrival - now)) / interval), 0), arrival - now, wait }
end
redis.call('SET', KEYS[1], string.format('%.0f', after), 'PX', math.ceil((after - now) / 1000))
return { 1, math.floor((full - (after - now)) / interval), after - now, 0 }
