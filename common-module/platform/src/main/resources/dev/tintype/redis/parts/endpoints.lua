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

-- The keys of a secret, which is made of this one if there is none. Without keys a word that says why.
local function secret_or(tenant, name, key, most)
  local secrets = prefix .. 'secrets:' .. tenant
  local known = redis.call('HGET', secrets, name)
  if known then
    return known, 'FOUND'
  elseif key == '' then
    return nil, 'NO_SECRET'
  elseif redis.call('HLEN', secrets) >= tonumber(most) then
    return nil, 'TOO_MANY_SECRETS'
  end
  redis.call('HSET', secrets, name, key)
  return key, 'CREATED'
end

-- An endpoint that the secret signs for, if there is one.
local function user_of_secret(tenant, name)
  local all = redis.call('HGETALL', prefix .. 'endpoints:' .. tenant)
  for i = 1, #all, 2 do
    if cjson.decode(all[i + 1]).secret == name then
      return all[i]
    end
  end
end
