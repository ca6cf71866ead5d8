-- Whom a tenant wants called whatever ends, and what signs. Their keys are told in outbox.

-- Why its endpoint is not to be called any more, if so: endpoint.
local function stopped(delivery)
  local endpoint = delivery.endpoint ~= ''
    and (redis.call('HGET', prefix .. 'endpoints:' .. delivery.tenant, delivery.endpoint) or 'deleted')
  return endpoint == 'deleted' and endpoint or endpoint and cjson.decode(endpoint).disabled and 'disabled'
end

-- The keys that sign it now: secret.
local function signing_keys(delivery)
  local keys = {}
  for key in string.gmatch(redis.call('HGET', prefix .. 'secrets:' .. delivery.tenant, delivery.secret) or '', '%S+') do
    local text, till = string.match(key, '^([^@]+)@?(%d*)$')
    if till == '' or tonumber(till) > now then
      keys[#keys + 1] = text
    end
  end
  return keys
end
