import { pages } from "./pages.ts";

/**
 * SETTLE: writes down how a claimed message ended. A stale token settles nothing; but when its holder may have edited the
 * message after it was overtaken, older words may stand over newer ones, and the message is edited once more.
 *
 * KEYS[1] the lane
 * ARGV    prefix, entry id, token, now, outcome, details as JSON
 * Outcome sent    {ts?, hash, shows?, version, next}   retry {at, channelHold?, editsHold?, plain?}
 *         unknown {at, looks, looksHold?}      absent {maybeRepeated?, cleared?, isWatchCleared?: of which era's doubt}
 *         paged   {page, ts, candidates: entry ids}, a candidate that was found on a page unknown here
 *         rethread {at} (its thread is gone)
 *         skipped {version}                    dead {}                       repost {deleted?, at}
 * Returns 1, or 0 when the token is stale.
 */
export const settleEntry = `${pages}
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
  local more = shows - tonumber(e[8] or '0')
  redis.call('HINCRBY', wKey, 'posted', more)
  -- An edit put a candidate onto a page, or took it off: the card counts them.
  if e[4] and more ~= 0 then entryDirty(redis.call('HGET', wKey, 'cardEntry'), now + 3000) end
  local w = redis.call('HMGET', wKey, 'channel', 'toldMode')
  if w[1] == channel and (not e[4] or w[2] == 'edit') then redis.call('HDEL', wKey, 'told', 'toldMode') end
  if not e[4] then
    redis.call('HSET', key, 'ts', o.ts)
    redis.call('HDEL', key, 'claimedAt', 'doubted')
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
  if o.cleared then
    redis.call('HSET', key, 'era', o.cleared)
    redis.call('HDEL', key, 'doubted')
    if o.isWatchCleared then redis.call('HSET', wKey, 'era', o.cleared) end
  end
elseif outcome == 'paged' then
  pageAgain(id, watchId, channel, o, now)
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
