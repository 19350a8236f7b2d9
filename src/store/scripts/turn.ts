/**
 * RESERVE TURN: when a message that is in no lane may go to a channel. It takes its place in the channel's pace, so that
 * the lane waits for it; a post that is in hand counts as one before it.
 *
 * KEYS[1] the lane   ARGV prefix, channel, now, ms that each turn takes
 * Returns the time of the turn.
 */
export const reserveTurn = `
local channel, now, each = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local name = P .. 'pace:' .. channel
local pace = tonumber(redis.call('GET', name) or '0')
local turn = isAhead(pace, now) and pace or now
if redis.call('HGET', P .. 'inflight:' .. channel, 'mode') == 'post' then turn = turn + each end
redis.call('SET', name, string.format('%.0f', turn + each), 'PX', 3600000)
return string.format('%.0f', turn)
`;

/**
 * END TURN: no other post to the channel before this time.
 *
 * KEYS[1] the lane   ARGV prefix, channel, now, time
 */
export const endTurn = `
local name = P .. 'pace:' .. ARGV[2]
local pace = tonumber(redis.call('GET', name) or '0')
if not isAhead(pace, tonumber(ARGV[3])) or pace < tonumber(ARGV[4]) then redis.call('SET', name, ARGV[4], 'PX', 3600000) end
return 1
`;
