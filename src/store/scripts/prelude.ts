/**
 * Lua shared by every script that moves entries. Keys are built from the prefix in ARGV[1]; all carry the workspace's
 * hash tag, which KEYS[1] also carries, so Redis Cluster sends the script to the right node.
 *
 * A lane is a sorted set of entry ids. The score is class * 2^40 + seq; the classes, in the order they are sent:
 *   0 unknown posts to look for   1 new cards and notes   2 completion alerts   3 new candidates and pages   4 edits
 * `lanes` says when a lane next needs a look; `lanever:<channel>` rises with every change of a lane, so that a worker
 * that is about to go to rest learns of an entry that came in meanwhile. What a lane holds of class 3 also stands in
 * `watch:<id>:waiting`, by seq, so that a long backlog of one watch cannot hide what another one has.
 */
export const prelude = `
local P = ARGV[1]
local CLASS = 1099511627776
-- Nothing is ever planned so far ahead (ms): such a time was written by a clock that was wrong, and counts as over.
local FAR = 900000
local function isAhead(time, now, far) return tonumber(time) > now and tonumber(time) <= now + (far or FAR) end
local function entryKey(id) return P .. 'entry:' .. id end
local function watchKey(id) return P .. 'watch:' .. id end

local function touchLane(channel, due)
  redis.call('INCR', P .. 'lanever:' .. channel)
  local at = redis.call('ZSCORE', P .. 'lanes', channel)
  if not at or tonumber(at) > tonumber(due) then redis.call('ZADD', P .. 'lanes', due, channel) end
end

local function waitingKey(watchId) return watchKey(watchId) .. ':waiting' end
local function indexWaiting(watchId, seq, id)
  redis.call('ZADD', waitingKey(watchId), seq, id)
  local left = redis.call('PTTL', watchKey(watchId))
  if left > 0 then redis.call('PEXPIRE', waitingKey(watchId), left) end
end

-- Takes an entry out of its lane.
local function laneRemove(id, channel)
  redis.call('ZREM', P .. 'lane:' .. channel, id)
  local watchId = redis.call('HGET', entryKey(id), 'watchId')
  if watchId then redis.call('ZREM', waitingKey(watchId), id) end
end

-- Puts an entry into its lane, in the class its fields ask for, unless its watch is not to be served now.
local function lanePut(id)
  local e = redis.call('HMGET', entryKey(id), 'channel', 'kind', 'state', 'ts', 'seq', 'notBefore', 'watchId')
  if not e[1] then return false end
  local channel, kind, state, ts = e[1], e[2], e[3], e[4]
  if state ~= 'pending' and state ~= 'unknown' then return false end
  local watch = redis.call('HMGET', watchKey(e[7]), 'state', 'channel', 'pauseReason', 'editsRefused')
  local watchState = watch[1]
  -- A person's pause holds what is new; a channel that refuses, also looking for what is unknown, and edits once it has
  -- refused one. Only what goes to a person directly may be said then.
  local isHeld = watch[4] or (not ts and (watch[3] or state ~= 'unknown'))
  if watchState == 'paused' and isHeld and (kind ~= 'note' or channel == watch[2]) then return false end
  -- Nothing new is posted after a stop; what is in Slack is still kept true, since people go on reviewing it.
  if watchState == 'stopped' and kind ~= 'note' and kind ~= 'card' and state ~= 'unknown' and not ts then return false end
  local class = 4
  if state == 'unknown' then class = 0
  elseif kind == 'card' or kind == 'note' then if not ts then class = 1 end
  elseif kind == 'completion' then if not ts then class = 2 end
  elseif not ts then class = 3 end
  redis.call('ZADD', P .. 'lane:' .. channel, class * CLASS + tonumber(e[5]), id)
  if class == 3 then indexWaiting(e[7], e[5], id) else redis.call('ZREM', waitingKey(e[7]), id) end
  touchLane(channel, e[6] or '0')
  return true
end

-- An entry lives as long as its watch, also one that is made after the watch's end.
local function inheritLife(id, watchId)
  local left = redis.call('PTTL', watchKey(watchId))
  if left > 0 then redis.call('PEXPIRE', entryKey(id), left) end
end

-- A page whose candidates were all withdrawn before it was sent comes back when one of them is wanted again.
local function pageBack(id, watchId, notBefore)
  local p = redis.call('HMGET', entryKey(id), 'state', 'members')
  if p[1] ~= 'skipped' then return 0 end
  redis.call('HSET', entryKey(id), 'state', 'pending', 'notBefore', notBefore)
  redis.call('HINCRBY', watchKey(watchId), 'open', #cjson.decode(p[2]))
  lanePut(id)
  return 1
end

-- Adds an entry once. A skipped one that is wanted again comes back. Returns 1 when it is to be sent now.
local function entryAdd(id, watchId, channel, kind, subject, notBefore)
  local key = entryKey(id)
  local state = redis.call('HGET', key, 'state')
  if state == 'paged' then return pageBack(redis.call('HGET', key, 'page'), watchId, notBefore) end
  if state == 'skipped' then
    redis.call('HSET', key, 'state', 'pending', 'notBefore', notBefore, 'addedAt', notBefore)
  elseif state then
    return 0
  else
    local seq = redis.call('INCR', P .. 'seq')
    redis.call('HSET', key, 'watchId', watchId, 'channel', channel, 'kind', kind, 'subject', subject,
      'state', 'pending', 'seq', seq, 'wanted', 1, 'shown', 0, 'attempts', 0, 'looks', 0, 'notBefore', notBefore,
      'addedAt', notBefore)
    redis.call('ZADD', P .. 'watch:' .. watchId .. ':entries', seq, id)
    inheritLife(id, watchId)
  end
  if kind == 'candidate' then
    redis.call('HINCRBY', watchKey(watchId), 'open', 1)
    redis.call('SREM', watchKey(watchId) .. ':held', subject)
  end
  lanePut(id)
  return 1
end

-- A filter holds a candidate back that is not in the thread and not on its way. Returns 1 when it was not held before.
local function hold(watchId, id, candidateId)
  local state = redis.call('HGET', entryKey(id), 'state')
  if state and state ~= 'skipped' then return 0 end
  local held = watchKey(watchId) .. ':held'
  local isNew = redis.call('SADD', held, candidateId)
  local left = redis.call('PTTL', watchKey(watchId))
  if left > 0 then redis.call('PEXPIRE', held, left) end
  return isNew
end

-- Asks for a message to be shown anew. A message that is clean waits until notBefore; one that is already dirty keeps
-- its earlier time, and one that failed keeps the time it backed off to. A candidate on a page asks for its page.
local entryDirty
entryDirty = function(id, notBefore)
  local key = entryKey(id)
  local e = redis.call('HMGET', key, 'state', 'page', 'ts', 'notBefore', 'attempts')
  if not e[1] or e[1] == 'dead' then return false end
  if e[1] == 'paged' then return entryDirty(e[2], notBefore) end
  redis.call('HINCRBY', key, 'wanted', 1)
  if e[1] == 'sent' then
    redis.call('HSET', key, 'state', 'pending', 'notBefore', notBefore)
    lanePut(id)
  elseif e[1] == 'pending' and e[3] and e[5] == '0' and tonumber(e[4] or '0') > tonumber(notBefore) then
    redis.call('HSET', key, 'notBefore', notBefore)
    lanePut(id)
  end
  return true
end

-- What is kept of a watch besides itself and its entries.
local OF_WATCH = {':entries', ':waiting', ':reviews', ':notes', ':held'}

-- What had an end is kept without one again: the watch with all that belongs to it, and its run.
local function keepForNow(watchId, channel, runId)
  local key, runKey = watchKey(watchId), P .. 'run:' .. runId
  redis.call('PERSIST', key)
  for _, suffix in ipairs(OF_WATCH) do redis.call('PERSIST', key .. suffix) end
  for _, id in ipairs(redis.call('ZRANGE', key .. ':entries', 0, -1)) do redis.call('PERSIST', entryKey(id)) end
  for _, suffix in ipairs({'', ':known', ':candidates', ':order', ':watches'}) do redis.call('PERSIST', runKey .. suffix) end
  redis.call('PERSIST', P .. 'channel:' .. channel .. ':watches')
end

-- Makes a run's poll due. A poll that is under way began at another time, and so learns that it was asked for anew.
local function pollNow(runId, now)
  local at = tonumber(now)
  if tonumber(redis.call('HGET', P .. 'run:' .. runId, 'pollDue') or '0') == at then at = at - 1 end
  redis.call('ZADD', P .. 'due', at, runId)
end
`;
