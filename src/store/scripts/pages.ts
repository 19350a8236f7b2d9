/** Lua for a page that is in Slack and was forgotten here. */
export const pages = `
-- Makes the page known again, with those of its candidates that wait here, the one looked for among them. Others may be
-- unknown here too: they are found on it in their turn, when the next poll has brought them back.
local function pageAgain(id, watchId, channel, found, now)
  local page = entryKey(found.page)
  if redis.call('EXISTS', page) == 0 then
    local seq = redis.call('HGET', entryKey(id), 'seq')
    redis.call('HSET', page, 'watchId', watchId, 'channel', channel, 'kind', 'page', 'subject', '', 'state', 'sent',
      'ts', found.ts, 'seq', seq, 'wanted', 1, 'shown', 0, 'attempts', 0, 'looks', 0, 'notBefore', 0, 'members', '[]')
    redis.call('ZADD', watchKey(watchId) .. ':entries', seq, found.page)
    inheritLife(found.page, watchId)
  end
  local members = cjson.decode(redis.call('HGET', page, 'members'))
  local before = #members
  for _, each in ipairs(found.candidates) do
    local e = redis.call('HMGET', entryKey(each), 'state', 'ts', 'subject')
    if each == id or (e[1] == 'pending' and not e[2]) then
      members[#members + 1] = e[3]
      redis.call('HSET', entryKey(each), 'state', 'paged', 'page', found.page)
      redis.call('HDEL', entryKey(each), 'claimedAt', 'doubted')
      laneRemove(each, channel)
    end
  end
  local added = #members - before
  redis.call('HSET', page, 'members', cjson.encode(members), 'shows', #members)
  redis.call('HINCRBY', watchKey(watchId), 'posted', added)
  redis.call('HINCRBY', watchKey(watchId), 'open', -added)
  entryDirty(redis.call('HGET', watchKey(watchId), 'cardEntry'), now)
  entryDirty(found.page, now + 3000)
end
`;
