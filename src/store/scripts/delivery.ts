/**
 * PEEK LANE: what a channel has to send, for the planner to choose from. Changes nothing but that ids of entries that
 * have expired are forgotten.
 *
 * Of each class the first entries are given. Among new candidates a long backlog of one watch that cannot go out now must
 * not hide those of another: the lane is read on until each watch that has some waiting was met.
 *
 * KEYS[1] the lane   ARGV prefix, channel, heads per class (of new candidates: per watch)
 * Returns JSON: {version, pace, edits, inflight: {entry, lease} | nothing, waiting, heads: [[fields]], watches: [[fields]],
 *         settings: [field, value, …] of the channel}
 */
export const peekLane = `
local channel, most = ARGV[2], tonumber(ARGV[3])
local READ_AT_MOST = 5000
local heads, watchIds, seen = {}, {}, {}
local function watchesWaiting()
  local count = 0
  for _, id in ipairs(redis.call('SMEMBERS', P .. 'channel:' .. channel .. ':watches')) do
    local w = redis.call('HMGET', watchKey(id), 'open', 'state')
    if tonumber(w[1] or '0') > 0 and w[2] ~= 'paused' and w[2] ~= 'stopped' then count = count + 1 end
  end
  return count
end
local function readClass(class)
  local read, ofWatch, met, wanted = 0, {}, 0, nil
  repeat
    local ids = redis.call('ZRANGEBYSCORE', KEYS[1], class * CLASS, (class + 1) * CLASS - 1, 'LIMIT', read, most)
    for _, id in ipairs(ids) do
      local e = redis.call('HMGET', entryKey(id), 'kind', 'state', 'ts', 'watchId', 'notBefore', 'subject', 'addedAt')
      if e[1] then
        read = read + 1
        if not ofWatch[e[4]] then ofWatch[e[4]] = 0; met = met + 1 end
        ofWatch[e[4]] = ofWatch[e[4]] + 1
        if ofWatch[e[4]] <= most then heads[#heads + 1] = {id, class, e[1], e[2], e[3], e[4], e[5], e[6], e[7]} end
        if not seen[e[4]] then seen[e[4]] = true; watchIds[#watchIds + 1] = e[4] end
      else
        redis.call('ZREM', KEYS[1], id)
      end
    end
    if #ids < most or (class ~= 3 and read >= most) or read >= READ_AT_MOST then return end
    if class == 3 then wanted = wanted or watchesWaiting() end
  until class == 3 and met >= wanted and read >= most
end
for class = 0, 4 do readClass(class) end
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
  waiting = redis.call('ZCOUNT', KEYS[1], 3 * CLASS, 4 * CLASS - 1),
  heads = heads, watches = watches, settings = redis.call('HGETALL', P .. 'channel:' .. channel .. ':settings'),
})
`;

/**
 * CLAIM: takes one message of a lane: at most one is in hand per channel. Candidates that go onto a page are bound to it
 * here, before anything is sent, so that the page keeps its members whatever happens.
 *
 * KEYS[1] the lane
 * ARGV    prefix, channel, token, now, lease end, mode (post, edit, look), entry id,
 *         ms per edit, burst of edits (ms), members of a new page as JSON [[entry id, candidate id]] or "", watch id
 * Returns {'ok', version} or {reason, time}: busy (lease end), paced (when), changed (0).
 */
export const claimEntry = `
local channel, token, now, lease, mode, id = ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5], ARGV[6], ARGV[7]
local inflight = P .. 'inflight:' .. channel
if redis.call('EXISTS', inflight) == 1 then return {'busy', redis.call('HGET', inflight, 'lease')} end
local key = entryKey(id)
if mode == 'post' then
  local pace = tonumber(redis.call('GET', P .. 'pace:' .. channel) or '0')
  if isAhead(pace, now) then return {'paced', tostring(pace)} end
end
if ARGV[10] ~= '' then
  local members = cjson.decode(ARGV[10])
  for _, m in ipairs(members) do
    local s = redis.call('HMGET', entryKey(m[1]), 'state', 'ts')
    -- One that was taken out of the lane meanwhile, by a stop or a pause, is not to be sent.
    if s[1] ~= 'pending' or s[2] or not redis.call('ZSCORE', KEYS[1], m[1]) then return {'changed', '0'} end
  end
  if redis.call('EXISTS', key) == 1 then return {'changed', '0'} end
  local subjects, seq = {}, redis.call('HGET', entryKey(members[1][1]), 'seq')
  for i, m in ipairs(members) do
    subjects[i] = m[2]
    redis.call('HSET', entryKey(m[1]), 'state', 'paged', 'page', id)
    laneRemove(m[1], channel)
  end
  redis.call('HSET', key, 'watchId', ARGV[11], 'channel', channel, 'kind', 'page', 'subject', '', 'state', 'pending',
    'seq', seq, 'wanted', 1, 'shown', 0, 'attempts', 0, 'looks', 0, 'notBefore', 0, 'members', cjson.encode(subjects))
  redis.call('ZADD', P .. 'watch:' .. ARGV[11] .. ':entries', seq, id)
  inheritLife(id, ARGV[11])
  lanePut(id)
else
  local e = redis.call('HMGET', key, 'state', 'ts')
  local expected = mode == 'look' and 'unknown' or 'pending'
  if e[1] ~= expected or (mode == 'post' and e[2]) or (mode == 'edit' and not e[2]) then return {'changed', '0'} end
  if not redis.call('ZSCORE', KEYS[1], id) then return {'changed', '0'} end
end
if mode == 'look' then
  local looks = tonumber(redis.call('GET', P .. 'looks') or '0')
  if isAhead(looks, now) then return {'paced', tostring(looks)} end
end
if mode == 'edit' then
  local held = tonumber(redis.call('GET', P .. 'edits') or '0')
  local tat = isAhead(held, now) and held or now
  if tat - now > tonumber(ARGV[9]) then return {'paced', tostring(tat - tonumber(ARGV[9]))} end
  redis.call('SET', P .. 'edits', string.format('%.0f', tat + tonumber(ARGV[8])))
end
if mode == 'post' then redis.call('HSETNX', key, 'claimedAt', now) end
if mode ~= 'look' then redis.call('HSET', key, 'state', 'sending') end
redis.call('HINCRBY', key, 'attempts', 1)
redis.call('HSET', key, 'token', token)
redis.call('HSET', inflight, 'entry', id, 'token', token, 'lease', lease, 'mode', mode)
touchLane(channel, lease)
return {'ok', redis.call('HGET', key, 'wanted')}
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
 * SETTLE: writes down how a claimed message ended. A stale token settles nothing; but when its holder may have edited the
 * message after it was overtaken, older words may stand over newer ones, and the message is edited once more.
 *
 * KEYS[1] the lane
 * ARGV    prefix, entry id, token, now, outcome, details as JSON
 * Outcome sent    {ts?, hash, shows?, version, next}   retry {at, channelHold?, editsHold?, plain?}
 *         unknown {at, looks, looksHold?}      absent {maybeRepeated?}       rethread {at} (its thread is gone)
 *         skipped {version}                    dead {}                       repost {deleted?, at}
 * Returns 1, or 0 when the token is stale.
 */
export const settleEntry = `
local id, token, now, outcome = ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5]
local o = cjson.decode(ARGV[6])
local key = entryKey(id)
local e = redis.call('HMGET', key, 'token', 'channel', 'kind', 'ts', 'wanted', 'watchId', 'members', 'shows')
if e[1] ~= token then
  local mayHaveEdited = e[4] and (outcome == 'retry' or (outcome == 'sent' and o.hash))
  if mayHaveEdited then
    redis.call('HDEL', key, 'hash')
    entryDirty(id, now)
    redis.call('HSET', key, 'doubt', redis.call('HGET', key, 'wanted'))
  end
  return 0
end
local channel, kind, watchId = e[2], e[3], e[6]
local wKey = watchKey(watchId)
redis.call('HDEL', key, 'token')
local inflight = P .. 'inflight:' .. channel
if redis.call('HGET', inflight, 'token') == token then redis.call('DEL', inflight) end
laneRemove(id, channel)
local function raise(name, value)
  local before = tonumber(redis.call('GET', name) or '0')
  if before < value or before > now + FAR then redis.call('SET', name, string.format('%.0f', value), 'PX', 3600000) end
end
local carries = kind == 'page' and #cjson.decode(e[7]) or (kind == 'candidate' and 1 or 0)
-- The candidates of a message are no longer on their way; the card says so, and at once when they were the last ones.
local function closeCandidates()
  if carries == 0 then return end
  local open = redis.call('HINCRBY', wKey, 'open', -carries)
  local w = redis.call('HMGET', wKey, 'cardEntry', 'ended')
  entryDirty(w[1], (open <= 0 and w[2] == '1') and now or now + 3000)
end
local function newCard(at)
  local card = redis.call('HGET', wKey, 'cardEntry')
  if redis.call('HEXISTS', entryKey(card), 'ts') == 1 then
    redis.call('HDEL', entryKey(card), 'ts', 'hash', 'claimedAt')
    redis.call('HSET', entryKey(card), 'state', 'pending', 'notBefore', at, 'attempts', 0)
    laneRemove(card, channel)
    lanePut(card)
  end
end
local function die()
  redis.call('HSET', key, 'state', 'dead')
  if not e[4] then closeCandidates() end
end
if o.pace then raise(P .. 'pace:' .. channel, o.pace) end
if outcome == 'sent' then
  local isDirty = tonumber(e[5]) > tonumber(o.version)
  local doubt = redis.call('HGET', key, 'doubt')
  if doubt and tonumber(doubt) > tonumber(o.version) then redis.call('HDEL', key, 'hash')
  elseif o.hash then redis.call('HSET', key, 'hash', o.hash) end
  redis.call('HSET', key, 'shown', o.version, 'shownAt', now, 'attempts', 0, 'looks', 0, 'state', isDirty and 'pending' or 'sent',
    'notBefore', isDirty and o.next or 0)
  local shows = o.shows or (not e[4] and carries) or tonumber(e[8] or '0')
  redis.call('HSET', key, 'shows', shows)
  redis.call('HINCRBY', wKey, 'posted', shows - tonumber(e[8] or '0'))
  local w = redis.call('HMGET', wKey, 'channel', 'toldMode')
  if w[1] == channel and (not e[4] or w[2] == 'edit') then redis.call('HDEL', wKey, 'told', 'toldMode') end
  if not e[4] then
    redis.call('HSET', key, 'ts', o.ts)
    redis.call('HDEL', key, 'claimedAt')
    if kind == 'card' then
      redis.call('HSETNX', wKey, 'threadTs', o.ts)
      redis.call('HSET', wKey, 'cardTs', o.ts)
    end
    closeCandidates()
  end
elseif outcome == 'retry' then
  redis.call('HSET', key, 'state', 'pending', 'notBefore', o.at)
  if o.plain then redis.call('HSET', key, 'plain', 1) end
  if o.channelHold then raise(P .. 'pace:' .. channel, o.channelHold) end
  if o.editsHold then raise(P .. 'edits', o.editsHold) end
elseif outcome == 'unknown' then
  redis.call('HSET', key, 'state', 'unknown', 'notBefore', o.at, 'looks', o.looks)
  if o.looksHold then raise(P .. 'looks', o.looksHold) end
elseif outcome == 'absent' then
  redis.call('HSET', key, 'state', 'pending', 'notBefore', 0, 'looks', 0)
  if o.maybeRepeated then redis.call('HSET', key, 'maybeRepeated', 1) end
elseif outcome == 'rethread' then
  local w = redis.call('HMGET', wKey, 'threadTs', 'cardTs', 'cardEntry')
  if redis.call('HGET', entryKey(w[3]), 'state') == 'dead' then
    -- Card and thread were deleted again and again: nobody wants them.
    die()
  else
    redis.call('HSET', key, 'state', 'pending', 'notBefore', o.at)
    redis.call('HDEL', key, 'claimedAt')
    if w[2] and w[2] ~= w[1] then redis.call('HSET', wKey, 'threadTs', w[2])
    else
      redis.call('HDEL', wKey, 'threadTs', 'cardTs')
      redis.call('HSET', wKey, 'cardReposted', 1)
      newCard(o.at)
    end
  end
elseif outcome == 'skipped' then
  -- Wanted again while it was being left out: it is looked at once more.
  if tonumber(e[5]) > tonumber(o.version) then redis.call('HSET', key, 'state', 'pending', 'notBefore', 0)
  else
    redis.call('HSET', key, 'state', 'skipped')
    if not e[4] then closeCandidates() end
  end
elseif outcome == 'dead' then
  die()
elseif outcome == 'repost' then
  redis.call('HDEL', wKey, 'cardTs')
  newCard(o.at)
  if o.deleted then redis.call('HSET', wKey, 'cardReposted', 1) end
end
lanePut(id)
touchLane(channel, now)
return 1
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
