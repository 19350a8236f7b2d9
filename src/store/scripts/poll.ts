/**
 * BEGIN POLL: takes the run for one poll. A poll that is not due, or that another worker holds, is refused; so any
 * number of jobs may ask.
 *
 * KEYS[1] the run   ARGV prefix, run id, token, now, lease (ms), the longest time that a poll may be planned ahead (ms)
 * Returns {status, time}: `ok` and `early` with when it was due, `leased` with when the lease ends, or `gone` when nothing
 *         watches the run. `ok` with the run's hash and its watches [[id, hash]] besides, so that a poll asks but once.
 */
export const beginPoll = `
local runId, token, now, lease = ARGV[2], ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5])
local due = redis.call('ZSCORE', P .. 'due', runId)
if not due then return {'gone', '0'} end
if isAhead(due, now + 50, tonumber(ARGV[6])) then return {'early', due} end
local held = redis.call('HGET', KEYS[1], 'pollLease')
if held and isAhead(held, now) then return {'leased', held} end
redis.call('HSET', KEYS[1], 'pollToken', token, 'pollLease', now + lease, 'pollDue', due)
redis.call('HDEL', KEYS[1], 'pollPart')
local watches = {}
for _, id in ipairs(redis.call('SMEMBERS', KEYS[1] .. ':watches')) do
  watches[#watches + 1] = {id, redis.call('HGETALL', watchKey(id))}
end
return {'ok', due, redis.call('HGETALL', KEYS[1]), watches}
`;

/**
 * EXTEND POLL: the worker is still at it.
 *
 * KEYS[1] the run   ARGV prefix, run id, token, now, lease (ms)
 * Returns 1, or 0 when another worker has taken the run.
 */
export const extendPoll = `
if redis.call('HGET', KEYS[1], 'pollToken') ~= ARGV[3] then return 0 end
redis.call('HSET', KEYS[1], 'pollLease', tonumber(ARGV[4]) + tonumber(ARGV[5]))
return 1
`;

/**
 * COMMIT: known candidates, outbox entries of every watch, and the cursor, all or nothing. Fenced by the poll's token.
 *
 * KEYS[1] the run
 * ARGV    prefix, run id, token, now, plan as JSON, then pairs: candidate id, candidate as JSON
 * Plan    known   [[candidate id, status and digest]]          order  [candidate id] newly matched
 *         add     [[entry id, watch id, channel, kind, subject, not before]]
 *         dirty   [[entry id, not before]]
 *         hold    [[watch id, entry id, candidate id]] that a filter holds back
 *         unhold  [[watch id, candidate id]] that match no longer
 *         run     {field: value} of the run's hash             drop   [field] of the run's hash
 *         watches [[watch id, {field: value}, [states it may be in]]]
 *         part    which part of the poll's writes this is, from 1
 *         due     next poll (ms), 0 for none; absent in all but the last part of a large commit, which ends the poll
 *         keepFor with a due of 0: how long (ms) everything of the run and its watches is kept from now on; what has an
 *                 end already keeps it, and a channel's list of watches lives as long as the last of them
 * Returns 1; 2 when a poll was asked for meanwhile and stays due; 0 when the token is stale and nothing was written.
 */
export const commitPoll = `
local function endAfter(key, lifetime)
  if redis.call('PTTL', key) == -1 then redis.call('PEXPIRE', key, lifetime) end
end
local function endChannelAfter(channel, lifetime)
  local key = P .. 'channel:' .. channel .. ':watches'
  for _, id in ipairs(redis.call('SMEMBERS', key)) do
    if redis.call('PTTL', watchKey(id)) == -1 then return end
  end
  redis.call('PEXPIRE', key, lifetime)
end
local function endRunAfter(lifetime)
  local channels = {}
  for _, watchId in ipairs(redis.call('SMEMBERS', KEYS[1] .. ':watches')) do
    local key = watchKey(watchId)
    for _, id in ipairs(redis.call('ZRANGE', key .. ':entries', 0, -1)) do endAfter(entryKey(id), lifetime) end
    for _, suffix in ipairs(OF_WATCH) do endAfter(key .. suffix, lifetime) end
    endAfter(key, lifetime)
    channels[redis.call('HGET', key, 'channel') or ''] = true
  end
  for _, suffix in ipairs({'', ':known', ':candidates', ':order', ':watches'}) do endAfter(KEYS[1] .. suffix, lifetime) end
  for channel in pairs(channels) do endChannelAfter(channel, lifetime) end
end
-- A run that goes on is kept for all who follow it, whoever of them asked for it.
local function keepFollowed()
  for _, watchId in ipairs(redis.call('SMEMBERS', KEYS[1] .. ':watches')) do
    local w = redis.call('HMGET', watchKey(watchId), 'state', 'channel', 'runId')
    local isFollowed = w[1] and w[1] ~= 'stopped' and w[1] ~= 'lost'
    if isFollowed and redis.call('PTTL', watchKey(watchId)) ~= -1 then keepForNow(watchId, w[2], w[3]) end
  end
end
local runId, token, now = ARGV[2], ARGV[3], tonumber(ARGV[4])
if redis.call('HGET', KEYS[1], 'pollToken') ~= token then return 0 end
local plan = cjson.decode(ARGV[5])
-- Sent twice, as by a client that never had the answer.
if plan.part and tonumber(redis.call('HGET', KEYS[1], 'pollPart') or '0') >= plan.part then return 1 end
if plan.part then redis.call('HSET', KEYS[1], 'pollPart', plan.part) end
for i = 6, #ARGV, 2 do redis.call('HSET', KEYS[1] .. ':candidates', ARGV[i], ARGV[i + 1]) end
for _, row in ipairs(plan.known or {}) do redis.call('HSET', KEYS[1] .. ':known', row[1], row[2]) end
for _, id in ipairs(plan.order or {}) do redis.call('RPUSH', KEYS[1] .. ':order', id) end
for _, row in ipairs(plan.watches or {}) do
  local key = watchKey(row[1])
  local state = redis.call('HGET', key, 'state')
  local allowed = state and #row[3] == 0
  for _, name in ipairs(row[3]) do if name == state then allowed = true end end
  if allowed then for field, value in pairs(row[2]) do redis.call('HSET', key, field, value) end end
end
for _, row in ipairs(plan.add or {}) do
  if redis.call('EXISTS', watchKey(row[2])) == 1 then entryAdd(row[1], row[2], row[3], row[4], row[5], row[6]) end
end
for _, row in ipairs(plan.hold or {}) do
  if redis.call('EXISTS', watchKey(row[1])) == 1 then hold(row[1], row[2], row[3]) end
end
for _, row in ipairs(plan.unhold or {}) do redis.call('SREM', watchKey(row[1]) .. ':held', row[2]) end
for _, row in ipairs(plan.dirty or {}) do entryDirty(row[1], row[2]) end
for field, value in pairs(plan.run or {}) do redis.call('HSET', KEYS[1], field, value) end
for _, field in ipairs(plan.drop or {}) do redis.call('HDEL', KEYS[1], field) end
if plan.due then
  local asked = redis.call('ZSCORE', P .. 'due', runId)
  local isAskedAnew = asked and asked ~= redis.call('HGET', KEYS[1], 'pollDue')
  redis.call('HDEL', KEYS[1], 'pollToken', 'pollLease', 'pollDue', 'pollPart')
  -- Somebody began to watch while we polled and was not part of it: their poll stays due.
  if isAskedAnew then return 2 end
  if plan.due == 0 then
    redis.call('ZREM', P .. 'due', runId)
    if plan.keepFor then endRunAfter(plan.keepFor) end
  else
    redis.call('ZADD', P .. 'due', plan.due, runId)
    keepFollowed()
  end
end
return 1
`;
