-- Endpoints and secrets of a tenant. The keys are described in outbox.lua.
--
-- Uses
--   context  prefix, now

-- The endpoint as it was saved, or nil.
local function read_endpoint(tenant, id)
  local json = id ~= '' and redis.call('HGET', prefix .. 'endpoints:' .. tenant, id)
  return json and cjson.decode(json) or nil
end

-- The keys that sign the delivery now, newest first. delivery: tenant, secret
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

-- Finds a secret, or creates it with this key. Returns its keys and "FOUND" or "CREATED"; or nil and why not. key: "" to create
-- none. limit: secrets per tenant
local function find_or_create_secret(tenant, name, key, limit)
  local secrets = prefix .. 'secrets:' .. tenant
  local known = redis.call('HGET', secrets, name)
  if known then
    return known, 'FOUND'
  elseif key == '' then
    return nil, 'NO_SECRET'
  elseif redis.call('HLEN', secrets) >= tonumber(limit) then
    return nil, 'TOO_MANY_SECRETS'
  end
  redis.call('HSET', secrets, name, key)
  return key, 'CREATED'
end

-- ID of an endpoint that uses the secret, or nil.
local function find_user_of_secret(tenant, name)
  local all = redis.call('HGETALL', prefix .. 'endpoints:' .. tenant)
  for i = 1, #all, 2 do
    if cjson.decode(all[i + 1]).secret == name then
      return all[i]
    end
  end
end
