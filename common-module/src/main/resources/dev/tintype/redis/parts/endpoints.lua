-- Whom a tenant wants called whatever ends, and what signs. Their keys are told in outbox.

-- As it was saved; nothing if there is none.
local function read_endpoint(tenant, id)
  local json = id ~= '' and redis.call('HGET', prefix .. 'endpoints:' .. tenant, id)
  return json and cjson.decode(json) or nil
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
