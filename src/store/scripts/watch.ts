import { era } from "./era.ts";

/**
 * START WATCH: makes a watch durable together with its card entry and its first poll, or re-opens the one there is.
 *
 * KEYS[1] the watch
 * ARGV    prefix, watch id, now (ms), the watch's fields as JSON, card entry id, "1" when the run is active,
 *         run as JSON (stored when newer than what is known here), spec as JSON (stored when none is known)
 * Returns `created`, `reopened` (was stopped, paused, lost, or its ended run is active again) or `exists`; the run is
 * polled in each case, since a person wants to see how it is now.
 */
export const startWatch = `${era}
local watchId, now, cardId, isActive = ARGV[2], tonumber(ARGV[3]), ARGV[5], ARGV[6] == '1'
local given = cjson.decode(ARGV[4])
local key = watchKey(watchId)
local runKey = P .. 'run:' .. given.runId
local old = redis.call('HMGET', key, 'state', 'epoch', 'ended', 'cardTs')
local function reviveCard()
  local cardKey = entryKey(cardId)
  local card = redis.call('HMGET', cardKey, 'state', 'ts')
  if card[1] == 'dead' then
    redis.call('HDEL', cardKey, 'ts', 'hash', 'claimedAt')
    redis.call('HSET', cardKey, 'state', 'pending', 'notBefore', 0, 'attempts', 0)
    redis.call('HDEL', key, 'cardReposted', 'cardTs')
    lanePut(cardId)
  end
end
local function isNewer()
  local known = redis.call('HGET', runKey, 'run')
  if not known then return true end
  local before, after = cjson.decode(known).modifiedAt, cjson.decode(ARGV[7]).modifiedAt
  return type(before) == 'string' and type(after) == 'string' and after > before
end
local function schedulePoll()
  -- What the person's command read is what a card that is posted before the poll shows.
  if isNewer() then
    redis.call('HSET', runKey, 'run', ARGV[7], 'seenAt', now)
    redis.call('HSETNX', runKey, 'changedAt', now)
    if ARGV[8] ~= '' then redis.call('HSETNX', runKey, 'spec', ARGV[8]) end
  end
  redis.call('HSET', runKey, 'missing', 0)
  pollNow(given.runId, now)
end
if not old[1] then
  for field, value in pairs(given) do redis.call('HSET', key, field, value) end
  redis.call('HSET', key, 'state', 'active', 'createdAt', now, 'cardEntry', cardId, 'epoch', 1, 'ended', 0, 'primed', 0,
    'open', 0, 'posted', 0, 'era', eraAt(tonumber(now)))
  redis.call('SADD', runKey .. ':watches', watchId)
  redis.call('SADD', P .. 'channel:' .. given.channel .. ':watches', watchId)
  redis.call('ZADD', P .. 'watches', now, watchId)
  keepForNow(watchId, given.channel, given.runId)
  entryAdd(cardId, watchId, given.channel, 'card', '', 0)
  schedulePoll()
  return 'created'
end
local state = old[1]
local goesOn = state == 'resting' and isActive
if state == 'active' or (state == 'resting' and not goesOn) then
  reviveCard()
  -- Who asks again may know more than we do: a run at rest is looked at once more.
  if state == 'resting' then
    keepForNow(watchId, given.channel, given.runId)
    schedulePoll()
  end
  return 'exists'
end
keepForNow(watchId, given.channel, given.runId)
if goesOn or (isActive and old[3] == '1') then redis.call('HSET', key, 'epoch', tonumber(old[2]) + 1, 'ended', 0) end
redis.call('HSET', key, 'state', 'active', 'primed', 0, 'requester', given.requester,
  'requesterName', given.requesterName, 'responseUrl', given.responseUrl or '', 'askedAt', now)
redis.call('HDEL', key, 'stoppedByName', 'pauseReason', 'editsRefused', 'pausedByName', 'mutedUntil', 'before', 'told', 'toldMode')
redis.call('ZREM', P .. 'paused', watchId)
reviveCard()
for _, id in ipairs(redis.call('ZRANGE', key .. ':entries', 0, -1)) do lanePut(id) end
entryDirty(cardId, now)
schedulePoll()
return 'reopened'
`;

/**
 * STOP WATCH: nothing more is posted but the card's last edit. Entries stay, for the case that it is started again.
 *
 * KEYS[1] the watch   ARGV prefix, watch id, now, name of who said stop
 * Returns `stopped`, `over` (was stopped or lost before) or `none`.
 */
export const stopWatch = `
local watchId, now = ARGV[2], ARGV[3]
local key = watchKey(watchId)
local w = redis.call('HMGET', key, 'state', 'channel', 'cardEntry')
if not w[1] then return 'none' end
if w[1] == 'stopped' or w[1] == 'lost' then return 'over' end
redis.call('HSET', key, 'state', 'stopped', 'stoppedByName', ARGV[4])
redis.call('HDEL', key, 'pauseReason', 'editsRefused', 'pausedByName', 'mutedUntil', 'before')
redis.call('ZREM', P .. 'paused', watchId)
for _, id in ipairs(redis.call('ZRANGE', key .. ':entries', 0, -1)) do
  if redis.call('HGET', entryKey(id), 'state') == 'pending' then laneRemove(id, w[2]) end
end
entryDirty(w[3], now)
lanePut(w[3])
return 'stopped'
`;

/**
 * PAUSE WATCHES: Slack refuses for a reason that a person must mend. What is new leaves the lane and is kept; what is in
 * Slack is still edited, so that the card says what is wrong, until an edit is refused too. The person is told by a note,
 * once for each time that things went well in between (`told`, which SETTLE takes back).
 *
 * KEYS[1] the first watch   ARGV prefix, now, reason, when to try again (ms), what was refused (post, edit), when that
 *         was sent (ms; a refusal from before the channel let us in again says nothing any more), then pairs: watch id,
 *         note entry id (empty: that person is told by another note)
 * Returns the ids of the watches that were paused by this call.
 */
export const pauseWatches = `
local now, reason, again, mode, sentAt = ARGV[2], ARGV[3], ARGV[4], ARGV[5], tonumber(ARGV[6])
local paused = {}
for i = 7, #ARGV, 2 do
  local watchId, noteId = ARGV[i], ARGV[i + 1]
  local key = watchKey(watchId)
  local w = redis.call('HMGET', key, 'state', 'channel', 'requester', 'told', 'pauseReason', 'cardEntry')
  -- One that a person paused may be refused besides, by its edits; a person's pause outlasts the refusal.
  -- Nobody waits for the last words of what somebody stopped.
  local isOpened = w[2] and tonumber(redis.call('GET', P .. 'opened:' .. w[2]) or '0') > sentAt
  local isServed = w[1] and w[1] ~= 'stopped' and not isOpened
  local isNew = isServed and (w[1] ~= 'paused' or not w[5])
  if isNew then
    redis.call('HSET', key, 'state', 'paused', 'pauseReason', reason, 'told', reason, 'toldMode', mode)
    if w[1] ~= 'paused' then redis.call('HSET', key, 'before', w[1]) end
    redis.call('ZADD', P .. 'paused', again, watchId)
    if noteId ~= '' and w[4] ~= reason then entryAdd(noteId, watchId, w[3], 'note', 'paused:' .. reason, now) end
    paused[#paused + 1] = watchId
  end
  if isServed and mode == 'edit' then redis.call('HSET', key, 'editsRefused', 1) end
  for _, id in ipairs(isServed and redis.call('ZRANGE', key .. ':entries', 0, -1) or {}) do
    laneRemove(id, w[2])
    lanePut(id)
  end
  if isNew then entryDirty(w[6], now) end
end
return paused
`;

/**
 * RESUME WATCH: what waited goes back into the lane, and the run is looked at again.
 *
 * KEYS[1] the watch
 * ARGV    prefix, watch id, now, who says so: `retry` (nobody), `mended` (Slack lets us in again: the person is told anew
 *         when it did not help) or `asked` (a person wants it: their pause and mute end too), and as JSON the fields that
 *         say who follows the run from now on (empty: as before)
 * Returns 1 when something held it up that is over now.
 */
export const resumeWatch = `
local watchId, now, by, taken = ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local key = watchKey(watchId)
local w = redis.call('HMGET', key, 'state', 'before', 'cardEntry', 'runId', 'pausedByName', 'pauseReason', 'mutedUntil', 'channel')
redis.call('ZREM', P .. 'paused', watchId)
if not w[1] then return 0 end
local isMuted = by == 'asked' and w[7]
if w[1] ~= 'paused' and not isMuted then return 0 end
if by ~= 'asked' and not w[6] then return 0 end
if taken ~= '' then
  for field, value in pairs(cjson.decode(taken)) do redis.call('HSET', key, field, value) end
end
if by ~= 'retry' then
  redis.call('HDEL', key, 'told', 'toldMode')
  redis.call('SET', P .. 'opened:' .. w[8], now, 'PX', 600000)
end
redis.call('HDEL', key, 'pauseReason', 'editsRefused')
if by == 'asked' then redis.call('HDEL', key, 'pausedByName', 'mutedUntil') end
if w[1] == 'paused' and (by == 'asked' or not w[5]) then
  redis.call('HSET', key, 'state', w[2] or 'active')
  redis.call('HDEL', key, 'before')
end
-- One that is tried again and again by nobody's wish keeps the end that it has.
if by == 'asked' then keepForNow(watchId, w[8], w[4]) end
for _, id in ipairs(redis.call('ZRANGE', key .. ':entries', 0, -1)) do lanePut(id) end
entryDirty(w[3], now)
touchLane(w[8], now)
pollNow(w[4], now)
return 1
`;

/**
 * HOLD UP: a person pauses a watch, or mutes it. What is in Slack is still kept true; nothing new is posted.
 *
 * KEYS[1] the watch   ARGV prefix, watch id, now, field (pausedByName, mutedUntil), its value
 * Returns `done`, `already` (paused before), `over` (nothing more would come) or `none`.
 */
export const holdUp = `
local watchId, now, field, value = ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local w = redis.call('HMGET', KEYS[1], 'state', 'channel', 'cardEntry', 'ended', 'open')
local state = w[1]
if not state then return 'none' end
if state == 'stopped' or state == 'lost' or state == 'resting' then return 'over' end
if w[4] == '1' and tonumber(w[5] or '0') == 0 and state ~= 'paused' then return 'over' end
if field == 'pausedByName' then
  if state == 'paused' then return 'already' end
  redis.call('HSET', KEYS[1], 'state', 'paused', 'before', state)
  for _, id in ipairs(redis.call('ZRANGE', KEYS[1] .. ':entries', 0, -1)) do
    local e = redis.call('HMGET', entryKey(id), 'state', 'ts')
    if e[1] == 'pending' and not e[2] then laneRemove(id, w[2]) end
  end
end
redis.call('HSET', KEYS[1], field, value)
entryDirty(w[3], now)
touchLane(w[2], now)
return 'done'
`;

/**
 * DISCARD WATCH: a watch whose very first card Slack refused leaves nothing behind.
 *
 * KEYS[1] the watch   ARGV prefix, watch id
 * Returns 1 when it was discarded, 0 when something of it had reached Slack already.
 */
export const discardWatch = `
local watchId = ARGV[2]
local key = watchKey(watchId)
local w = redis.call('HMGET', key, 'runId', 'channel', 'threadTs', 'cardReposted')
if not w[1] or w[3] or w[4] then return 0 end
for _, id in ipairs(redis.call('ZRANGE', key .. ':entries', 0, -1)) do
  laneRemove(id, w[2])
  redis.call('DEL', entryKey(id))
  if redis.call('HGET', P .. 'inflight:' .. w[2], 'entry') == id then redis.call('DEL', P .. 'inflight:' .. w[2]) end
end
redis.call('DEL', key, key .. ':entries', waitingKey(watchId), key .. ':held')
redis.call('SREM', P .. 'run:' .. w[1] .. ':watches', watchId)
redis.call('SREM', P .. 'channel:' .. w[2] .. ':watches', watchId)
redis.call('ZREM', P .. 'watches', watchId)
redis.call('ZREM', P .. 'paused', watchId)
return 1
`;
