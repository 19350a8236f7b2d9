/**
 * WRITE REVIEW: what a person decided or noted about a candidate, together with everything that must show it, all or
 * nothing. Written only when no other review of this watch was written since ours was read (`seq`).
 *
 * KEYS[1] the watch
 * ARGV    prefix, watch id, candidate id, seq read before, review as JSON, now, details as JSON
 * Details once, onceFor     key of a delivery that counts once, and how long it is remembered (ms)
 *         note              {user, json} json empty: the person's note is removed
 *         entry, entryAt    the candidate's entry, and when its message may be edited by the lane
 *         cardSoon, cardEvery   how soon the card may be edited, and how long after its last edit (ms)
 *         completion        {entry, at} the alert that carries the tally
 *         reviewed          {entry, subject} the note that says that all is reviewed, once
 *         memory            {entity, record (JSON, empty: forget), most, keepFor}
 * Returns written, changed (read again), repeated (this delivery was taken before) or gone (no such watch).
 */
export const writeReview = `
local watchId, candidateId, seq, review, now = ARGV[2], ARGV[3], ARGV[4], ARGV[5], tonumber(ARGV[6])
local o = cjson.decode(ARGV[7])
local key = watchKey(watchId)
local w = redis.call('HMGET', key, 'channel', 'cardEntry', 'reviewSeq')
if not w[1] then return 'gone' end
local onceKey = o.once and (P .. 'once:' .. o.once)
if onceKey and redis.call('EXISTS', onceKey) == 1 then return 'repeated' end
if (w[3] or '0') ~= seq then return 'changed' end
redis.call('HINCRBY', key, 'reviewSeq', 1)
redis.call('HSET', key .. ':reviews', candidateId, review)
if onceKey then redis.call('SET', onceKey, '1', 'PX', o.onceFor) end
if o.note then
  local field = o.note.user .. ':' .. candidateId
  if o.note.json == '' then redis.call('HDEL', key .. ':notes', field)
  else redis.call('HSET', key .. ':notes', field, o.note.json) end
end
local left = redis.call('PTTL', key)
if left > 0 then
  redis.call('PEXPIRE', key .. ':reviews', left)
  redis.call('PEXPIRE', key .. ':notes', left)
end
entryDirty(o.entry, o.entryAt)
-- A card that has stood for a while shows the tally soon; one that was just edited waits for more to come.
local cardShownAt = tonumber(redis.call('HGET', entryKey(w[2]), 'shownAt') or '0')
if cardShownAt > now then cardShownAt = now end
entryDirty(w[2], math.max(now + o.cardSoon, cardShownAt + o.cardEvery))
if o.completion then entryDirty(o.completion.entry, o.completion.at) end
if o.reviewed then entryAdd(o.reviewed.entry, watchId, w[1], 'note', o.reviewed.subject, now) end
if o.memory then
  local memory = P .. 'channel:' .. w[1] .. ':memory'
  local kept = {}
  local before = redis.call('HGET', memory, o.memory.entity)
  for _, record in ipairs(before and cjson.decode(before) or {}) do
    if cjson.decode(record).watchId ~= watchId then kept[#kept + 1] = record end
  end
  if o.memory.record ~= '' then table.insert(kept, 1, o.memory.record) end
  while #kept > 5 do table.remove(kept) end
  if #kept == 0 then
    redis.call('HDEL', memory, o.memory.entity)
    redis.call('ZREM', memory .. ':age', o.memory.entity)
  else
    redis.call('HSET', memory, o.memory.entity, cjson.encode(kept))
    redis.call('ZADD', memory .. ':age', now, o.memory.entity)
    local over = redis.call('ZCARD', memory .. ':age') - o.memory.most
    local old = over > 0 and redis.call('ZRANGE', memory .. ':age', 0, over - 1) or {}
    local stale = redis.call('ZRANGEBYSCORE', memory .. ':age', 0, now - o.memory.keepFor, 'LIMIT', 0, 100)
    for _, list in ipairs({old, stale}) do
      for _, entity in ipairs(list) do
        redis.call('HDEL', memory, entity)
        redis.call('ZREM', memory .. ':age', entity)
      end
    end
    redis.call('PEXPIRE', memory, o.memory.keepFor)
    redis.call('PEXPIRE', memory .. ':age', o.memory.keepFor)
  end
end
return 'written'
`;

/**
 * BEGIN DIRECT: a person's click is about to be shown on its message by its \`response_url\`, past the lane.
 *
 * KEYS[1] the message's entry   ARGV prefix, entry id, token, now, how long one may take (ms)
 * Returns the version that is wanted now, or false when the message is not in Slack.
 */
export const beginDirect = `
local now = tonumber(ARGV[4])
local e = redis.call('HMGET', KEYS[1], 'ts', 'wanted', 'direct', 'directAt', 'attempts')
if not e[1] then return false end
-- An edit of the lane that was begun and not taken yet may arrive after ours.
local isEdited = tonumber(e[5] or '0') > 0
local isAnswered = e[3] and tonumber(e[4]) > now - tonumber(ARGV[5])
if isEdited or isAnswered then redis.call('HSET', KEYS[1], 'directDoubt', 1) end
redis.call('HSET', KEYS[1], 'direct', ARGV[3], 'directAt', now)
return e[2]
`;

/**
 * END DIRECT: the message shows this version, unless something else may have reached it meanwhile (another click's answer,
 * an edit of the lane, a newer state): then nobody knows what it shows, and the lane edits it once more.
 *
 * KEYS[1] the message's entry   ARGV prefix, entry id, token, now, version shown, its hash (empty: Slack refused it)
 * Returns 1 when the message is clean now, else 0.
 */
export const endDirect = `
local id, token, now, version, hash = ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]
local e = redis.call('HMGET', KEYS[1], 'direct', 'directDoubt', 'state', 'wanted', 'doubt', 'channel')
if not e[6] then return 0 end
local isAlone = e[1] == token and not e[2]
if e[1] == token then redis.call('HDEL', KEYS[1], 'direct', 'directAt', 'directDoubt') end
local isSure = not e[5] or tonumber(e[5]) <= tonumber(version)
if hash ~= '' and isAlone and isSure and e[3] == 'pending' and e[4] == version then
  redis.call('HSET', KEYS[1], 'state', 'sent', 'shown', version, 'hash', hash, 'attempts', 0, 'notBefore', 0)
  laneRemove(id, e[6])
  return 1
end
redis.call('HDEL', KEYS[1], 'hash')
entryDirty(id, now)
redis.call('HSET', KEYS[1], 'doubt', redis.call('HGET', KEYS[1], 'wanted'))
return 0
`;
