/**
 * Lua for what Redis may have forgotten. A Redis that was started again, or a replica that took over, may lack what was
 * written last: a message that was claimed, sent and settled then is in Slack, and waits here to be sent. Each such change
 * of Redis begins an era. A watch that was there before is in doubt until Slack was asked whether its next message is
 * there already; an entry that Slack does not have is cleared of it, and so is the watch, once Slack has no message of it
 * that is unknown here: the order of a thread is the order of the lane, so what comes later was not sent either.
 *
 * `redis` is a hash: runId (of the server that wrote last), era, noticedAt (ms), aliveAt (ms, by the clock of Redis: when
 * that server last wrote here), and lost:<era> (aliveAt as the era's predecessor left it).
 */
export const era = `
-- Which era it is; begins the next one when this is another Redis. One that does not say which it is has one era.
local function eraAt(now)
  local info, key = redis.pcall('INFO', 'server'), P .. 'redis'
  local runId = type(info) == 'string' and string.match(info, 'run_id:(%x+)')
  local known = redis.call('HMGET', key, 'runId', 'era', 'aliveAt')
  local era = tonumber(known[2] or '0')
  if not runId then return era end
  if known[1] and known[1] ~= runId then
    era = era + 1
    redis.call('HSET', key, 'era', era, 'noticedAt', now, 'lost:' .. era, known[3])
  end
  redis.call('HSET', key, 'runId', runId, 'aliveAt', string.format('%.0f', redis.call('TIME')[1] * 1000))
  return era
end

-- Makes an entry unknown when it may have been sent in what was forgotten. Returns whether it did.
local function doubt(id, watchId, channel, now, leaseMs)
  local era = eraAt(now)
  local known = math.max(tonumber(redis.call('HGET', watchKey(watchId), 'era') or '0'),
    tonumber(redis.call('HGET', entryKey(id), 'era') or '0'))
  if known >= era then return false end
  local r = redis.call('HMGET', P .. 'redis', 'noticedAt', 'lost:' .. (known + 1))
  redis.call('HSET', entryKey(id), 'state', 'unknown', 'doubted', era, 'claimedAt', r[2],
    'notBefore', string.format('%.0f', math.max(now, tonumber(r[1]) + leaseMs)))
  laneRemove(id, channel)
  lanePut(id)
  return true
end
`;

/**
 * NOTE ERA: a sign of life of Redis, from which on is looked for what it forgets next.
 *
 * KEYS[1] the hash of eras   ARGV prefix, now
 */
export const noteEra = `${era}
return eraAt(tonumber(ARGV[2]))
`;
