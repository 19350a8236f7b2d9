/**
 * PEEK LANE: what a channel has to send, for the planner to choose from. Changes nothing but that ids of entries that
 * have expired are forgotten.
 *
 * Of each class the first entries are given, and as many more as it takes to meet one that is due: those that back off
 * must not hide it. Of new candidates the first of each watch are given: a long backlog of one watch that cannot go out
 * now must not hide those of another.
 *
 * KEYS[1] the lane   ARGV prefix, channel, heads per class, now (ms), candidates on the largest page
 * Returns JSON: {version, pace, edits, inflight: {entry, lease} | nothing, waiting, heads: [[fields]], watches: [[fields]],
 *         settings: [field, value, …] of the channel}
 */
export const peekLane = `
local channel, most, now, page = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local READ_AT_MOST, READ_OF_WATCHES = 5000, 1000
local heads, given, watchIds, seen = {}, {}, {}, {}
local waiting = redis.call('ZCOUNT', KEYS[1], 3 * CLASS, 4 * CLASS - 1)
local function entryOf(id)
  return redis.call('HMGET', entryKey(id), 'kind', 'state', 'ts', 'watchId', 'notBefore', 'subject', 'addedAt', 'seq')
end
local function give(id, class, e)
  heads[#heads + 1] = {id, class, e[1], e[2], e[3], e[4], e[5], e[6], e[7]}
  given[id] = true
  if not seen[e[4]] then seen[e[4]] = true; watchIds[#watchIds + 1] = e[4] end
end
local function readClass(class)
  local read, isDueMet = 0, false
  repeat
    local ids = redis.call('ZRANGEBYSCORE', KEYS[1], class * CLASS, (class + 1) * CLASS - 1, 'LIMIT', read, most)
    for _, id in ipairs(ids) do
      local e = entryOf(id)
      if e[1] then
        read = read + 1
        local isDue = not isAhead(e[5] or '0', now)
        isDueMet = isDueMet or isDue
        if read <= most or isDue then give(id, class, e) end
      else
        redis.call('ZREM', KEYS[1], id)
      end
    end
  until #ids < most or (read >= most and isDueMet) or read >= READ_AT_MOST
end
local function isCandidate(id)
  local at = tonumber(redis.call('ZSCORE', KEYS[1], id) or '0')
  return at >= 3 * CLASS and at < 4 * CLASS
end
-- The watches with new candidates that wait. A version that does not know of the index leaves it wrong: it is made anew then.
local function watchesWaiting()
  local ids, indexed = {}, 0
  for _, id in ipairs(redis.call('SMEMBERS', P .. 'channel:' .. channel .. ':watches')) do
    local count = redis.call('ZCARD', waitingKey(id))
    if count > 0 then ids[#ids + 1] = id; indexed = indexed + count end
  end
  if indexed == redis.call('ZCOUNT', KEYS[1], 3 * CLASS, 4 * CLASS - 1) then return ids end
  for _, id in ipairs(ids) do redis.call('DEL', waitingKey(id)) end
  local met = {}
  ids = {}
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], 3 * CLASS, 4 * CLASS - 1)) do
    local e = redis.call('HMGET', entryKey(id), 'watchId', 'seq')
    if e[1] then indexWaiting(e[1], e[2], id) else redis.call('ZREM', KEYS[1], id) end
    if e[1] and not met[e[1]] then met[e[1]] = true; ids[#ids + 1] = e[1] end
  end
  return ids
end
local function readCandidates()
  local found, gone = {}, 0
  repeat
    gone = 0
    for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], 3 * CLASS, 4 * CLASS - 1, 'LIMIT', 0, most)) do
      local e = entryOf(id)
      if e[1] then given[id] = true; found[#found + 1] = {id, e} else gone = gone + redis.call('ZREM', KEYS[1], id) end
    end
  until #found > 0 or gone == 0
  if waiting > most then
    local read = 0
    -- Reads a watch's first entries, and again when all of them were gone.
    local function readWatch(watchId, from, to)
      repeat
        local met, lost = 0, 0
        for _, id in ipairs(redis.call('ZRANGE', waitingKey(watchId), from, to)) do
          local e = given[id] and {} or entryOf(id)
          if e[1] and isCandidate(id) then
            given[id] = true
            found[#found + 1] = {id, e}
            read = read + 1
          elseif not given[id] then
            lost = lost + redis.call('ZREM', waitingKey(watchId), id)
            if not e[1] then redis.call('ZREM', KEYS[1], id) end
          end
          if given[id] then met = met + 1 end
        end
      until met > 0 or lost == 0
    end
    local waitingHere = watchesWaiting()
    -- The first of each, so that none is hidden; then what a page takes, as far as is bearable for a single look.
    for _, watchId in ipairs(waitingHere) do readWatch(watchId, 0, 0) end
    local limit = read + READ_OF_WATCHES
    for _, watchId in ipairs(waitingHere) do
      if read < limit then readWatch(watchId, 1, page) end
    end
    table.sort(found, function(a, b) return tonumber(a[2][8]) < tonumber(b[2][8]) end)
  end
  for _, each in ipairs(found) do give(each[1], 3, each[2]) end
end
for class = 0, 2 do readClass(class) end
readCandidates()
readClass(4)
local watches = {}
for _, id in ipairs(watchIds) do
  local w = redis.call('HMGET', watchKey(id), 'threadTs', 'open', 'cardEntry', 'ended', 'mutedUntil', 'overrides', 'state')
  local c = redis.call('HMGET', entryKey(w[3] or ''), 'state', 'notBefore', 'ts', 'attempts')
  watches[#watches + 1] = {id, w[1], w[2], w[3], c[1], c[2], c[3], c[4], w[4], w[5], w[6], w[7]}
end
local inflight = redis.call('HMGET', P .. 'inflight:' .. channel, 'entry', 'lease')
return cjson.encode({
  version = redis.call('GET', P .. 'lanever:' .. channel) or '0',
  pace = redis.call('GET', P .. 'pace:' .. channel) or '0',
  edits = redis.call('GET', P .. 'edits') or '0',
  looks = redis.call('GET', P .. 'looks') or '0',
  inflight = inflight,
  waiting = waiting,
  heads = heads, watches = watches, settings = redis.call('HGETALL', P .. 'channel:' .. channel .. ':settings'),
})
`;

/**
 * EXPIRE: the worker that held a lane's message is gone or frozen. An edit may simply be made again; a post may be in
 * Slack already, so it becomes unknown and is looked for.
 *
 * KEYS[1] the lane   ARGV prefix, channel, now
 * Returns the entry's id, or false when the lease still holds.
 */
export const expireLease = `
local channel, now = ARGV[2], tonumber(ARGV[3])
local inflight = P .. 'inflight:' .. channel
local held = redis.call('HMGET', inflight, 'entry', 'lease', 'token', 'mode')
if not held[1] or isAhead(held[2], now) then return false end
redis.call('DEL', inflight)
local key = entryKey(held[1])
if redis.call('HGET', key, 'token') ~= held[3] then return held[1] end
redis.call('HDEL', key, 'token')
if held[4] == 'post' then redis.call('HSET', key, 'state', 'unknown', 'looks', 0, 'notBefore', now)
elseif held[4] == 'edit' then redis.call('HSET', key, 'state', 'pending', 'notBefore', now) end
lanePut(held[1])
return held[1]
`;

/**
 * REST LANE: says when a lane next needs a look, unless something came in since it was peeked at.
 *
 * KEYS[1] the lane   ARGV prefix, channel, version seen, next look (ms) or ""
 * Returns 1, or 0 when the lane changed and should be looked at again.
 */
export const restLane = `
local channel = ARGV[2]
if (redis.call('GET', P .. 'lanever:' .. channel) or '0') ~= ARGV[3] then return 0 end
if ARGV[4] == '' then redis.call('ZREM', P .. 'lanes', channel)
else redis.call('ZADD', P .. 'lanes', ARGV[4], channel) end
if redis.call('EXISTS', KEYS[1]) == 0 and redis.call('EXISTS', P .. 'inflight:' .. channel) == 0 then
  redis.call('ZREM', P .. 'lanes', channel)
  redis.call('PEXPIRE', P .. 'lanever:' .. channel, 3600000)
end
return 1
`;
