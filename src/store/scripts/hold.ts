/**
 * SET HOLD: Slack refuses the installation, so the whole workspace waits. A hold that comes back soon after it was lifted,
 * as with a token that is good but lacks a scope, is lifted later each time.
 *
 * KEYS[1] the hold   ARGV prefix, now, reason, first wait (ms), longest wait (ms), memory (ms), the scope that is missing
 *         (empty: none)
 * Returns how many times it was held within the memory, this time included; 0 when it is held already.
 */
export const setHold = `
local now, first, most = tonumber(ARGV[2]), tonumber(ARGV[4]), tonumber(ARGV[5])
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
local memory = P .. 'holds'
local times = redis.call('HINCRBY', memory, 'times', 1)
redis.call('HSETNX', memory, 'since', now)
redis.call('PEXPIRE', memory, ARGV[6])
local wait = 0
if times > 1 then wait = math.min(most, first * 2 ^ math.min(times - 2, 20)) end
redis.call('HSET', KEYS[1], 'reason', ARGV[3], 'needed', ARGV[7], 'since', redis.call('HGET', memory, 'since'),
  'releaseAt', string.format('%.0f', now + wait))
return times
`;
