-- How captures that may come in get their ranks.
--
-- Uses
--   context  prefix, micros_text, totals, increment
--   events   refresh_followed
--   queue    join_ring

-- Counts so many captures as waiting. Returns the rank of the first; the others follow without a gap. plan and load: see
-- intake.lua
local function admit(tenant, tenant_key, plan, load, captures)
  if load.has_new_plan then -- for the claims to come
    redis.call('HSET', tenant_key, 'weight', plan.weight, 'maxRunning', plan.max_running)
    if redis.call('ZREM', prefix .. 'parked', tenant) == 1 then
      join_ring(tenant) -- it may run more than when it was parked
    end
    load.followed = refresh_followed(tenant) -- the hash may be new
  end
  -- A rank is a time in microseconds, so a low priority waits for a while and not for ever. Each is greater than the last.
  local rank = math.max(load.rank + 1, tonumber(micros_text))
  redis.call('HSET', totals, 'rank', string.format('%d', rank + captures - 1), 'submitted', load.submitted + captures)
  increment(tenant_key, 'waiting', captures)
  return rank
end
