/**
 * WRITE SETTINGS: what a channel has set, the cards of its watches, and when it is next reminded, in one step. That the
 * filter must be applied to what the watches know is noted until it has been (END REFILTER).
 *
 * KEYS[1] the channel's settings
 * ARGV    prefix, channel, now, settings as JSON, next reminder (ms), "" for none or "keep" for as it is
 * Returns how many watches of the channel are running.
 */
export const writeSettings = `
local channel, now = ARGV[2], tonumber(ARGV[3])
for field, value in pairs(cjson.decode(ARGV[4])) do redis.call('HSET', KEYS[1], field, value) end
if ARGV[5] == '' then redis.call('ZREM', P .. 'reminders', channel)
elseif ARGV[5] ~= 'keep' then redis.call('ZADD', P .. 'reminders', ARGV[5], channel) end
local running = 0
for _, id in ipairs(redis.call('SMEMBERS', P .. 'channel:' .. channel .. ':watches')) do
  local w = redis.call('HMGET', watchKey(id), 'state', 'ended', 'cardEntry')
  if ARGV[5] ~= 'keep' and w[1] and w[1] ~= 'stopped' and w[1] ~= 'lost' then redis.call('ZADD', P .. 'refilters', now, id) end
  if w[1] == 'active' or w[1] == 'paused' then
    if w[2] ~= '1' then running = running + 1 end
    entryDirty(w[3], now)
  end
end
touchLane(channel, now)
return running
`;

/**
 * SET OVERRIDES: what holds for one watch alone; its filter is noted as in WRITE SETTINGS.
 *
 * KEYS[1] the watch   ARGV prefix, watch id, now, overrides as JSON
 */
export const setOverrides = `
local w = redis.call('HMGET', KEYS[1], 'channel', 'cardEntry')
if not w[1] then return 0 end
redis.call('HSET', KEYS[1], 'overrides', ARGV[4])
redis.call('ZADD', P .. 'refilters', ARGV[3], ARGV[2])
entryDirty(w[2], ARGV[3])
touchLane(w[1], ARGV[3])
return 1
`;

/**
 * REFILTER: after a filter was changed. What passes now goes on its way in the order given; what does not pass any more
 * and has not been sent is held back.
 *
 * KEYS[1] the watch
 * ARGV    prefix, watch id, now, pairs to release and to hold as JSON [[entry id, candidate id]] each, entry id of the
 *         completion alert, which counts them, and when that is shown anew (ms)
 * Returns {released, held}: how many of each were not so before.
 */
export const refilter = `
local watchId, now = ARGV[2], tonumber(ARGV[3])
local w = redis.call('HMGET', KEYS[1], 'channel', 'cardEntry')
if not w[1] then return {0, 0} end
local held, released, withheld = KEYS[1] .. ':held', 0, 0
-- Whether a candidate waits to be sent, alone or on a page that Slack has not taken; it is taken off the page then.
local function takeBack(id, candidateId)
  local e = redis.call('HMGET', entryKey(id), 'state', 'ts', 'page')
  if e[1] == 'pending' then return not e[2] end
  if e[1] ~= 'paged' then return false end
  local page = redis.call('HMGET', entryKey(e[3]), 'state', 'ts', 'members')
  if page[1] ~= 'pending' or page[2] then return false end
  local kept = {}
  for _, member in ipairs(cjson.decode(page[3])) do if member ~= candidateId then kept[#kept + 1] = member end end
  redis.call('HDEL', entryKey(id), 'page')
  if #kept > 0 then redis.call('HSET', entryKey(e[3]), 'members', cjson.encode(kept))
  else
    -- Nothing is left of it: the same candidates may make the same page again.
    laneRemove(e[3], w[1])
    redis.call('ZREM', KEYS[1] .. ':entries', e[3])
    redis.call('DEL', entryKey(e[3]))
  end
  return true
end
for _, row in ipairs(cjson.decode(ARGV[4])) do
  if redis.call('SREM', held, row[2]) == 1 then released = released + entryAdd(row[1], watchId, w[1], 'candidate', row[2], now) end
end
for _, row in ipairs(cjson.decode(ARGV[5])) do
  if takeBack(row[1], row[2]) then
    redis.call('HSET', entryKey(row[1]), 'state', 'skipped')
    laneRemove(row[1], w[1])
    redis.call('HINCRBY', KEYS[1], 'open', -1)
    withheld = withheld + hold(watchId, row[1], row[2])
  end
end
if released + withheld > 0 then
  entryDirty(w[2], now)
  entryDirty(ARGV[6], ARGV[7])
  touchLane(w[1], now)
end
return {released, withheld}
`;

/**
 * END REFILTER: a changed filter has been applied, unless it was changed again meanwhile.
 *
 * KEYS[1] the sorted set of filters to apply   ARGV prefix, watch id, when the change was written (ms)
 */
export const endRefilter = `
local at = redis.call('ZSCORE', KEYS[1], ARGV[2])
if not at or tonumber(at) > tonumber(ARGV[3]) then return 0 end
return redis.call('ZREM', KEYS[1], ARGV[2])
`;

/**
 * ADD NOTE: a message of the app beside the candidates, once.
 *
 * KEYS[1] the watch   ARGV prefix, watch id, now, entry id, subject
 * Returns 1 when it is new.
 */
export const addNote = `
local channel = redis.call('HGET', KEYS[1], 'channel')
if not channel then return 0 end
return entryAdd(ARGV[4], ARGV[2], channel, 'note', ARGV[5], ARGV[3])
`;
