import { era } from "./era.ts";

/**
 * CLAIM: takes one message of a lane: at most one is in hand per channel. Candidates that go onto a page are bound to it
 * here, before anything is sent, so that the page keeps its members whatever happens. What a Redis that has forgotten may
 * have sent becomes unknown instead, and is looked for once every post that was in hand then must be over.
 *
 * KEYS[1] the lane
 * ARGV    prefix, channel, token, now, lease end, mode (post, edit, look), entry id,
 *         ms per edit, burst of edits (ms), members of a new page as JSON [[entry id, candidate id]] or "", watch id
 * Returns {'ok', version} or {reason, time}: busy (lease end), paced (when), changed (0), doubted (0).
 */
export const claimEntry = `${era}
local channel, token, now, lease, mode, id = ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5], ARGV[6], ARGV[7]
local inflight = P .. 'inflight:' .. channel
local key = entryKey(id)
local held = redis.call('HMGET', inflight, 'token', 'lease')
-- Sent twice, as by a client that never had the answer.
if held[1] == token then return {'ok', redis.call('HGET', key, 'wanted')} end
if held[1] then return {'busy', held[2]} end
local members = ARGV[10] ~= '' and cjson.decode(ARGV[10])
-- One that was taken out of the lane meanwhile, by a stop or a pause, is not to be sent.
local function isWaiting(one)
  local e = redis.call('HMGET', entryKey(one), 'state', 'ts')
  return e[1] == 'pending' and not e[2] and redis.call('ZSCORE', KEYS[1], one)
end
if mode == 'post' then
  local pace = tonumber(redis.call('GET', P .. 'pace:' .. channel) or '0')
  if isAhead(pace, now) then return {'paced', tostring(pace)} end
  local first = members and members[1][1] or id
  if isWaiting(first) and doubt(first, ARGV[11], channel, now, tonumber(lease) - now) then return {'doubted', '0'} end
end
if members then
  for _, m in ipairs(members) do
    if not isWaiting(m[1]) then return {'changed', '0'} end
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
