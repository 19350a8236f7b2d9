/**
 * CLAIM DUE: takes what is due in a sorted set of times, by setting its next time: of any number of processes that found
 * it due, one gets it, and if that one dies it is due again then.
 *
 * KEYS[1] the sorted set   ARGV prefix, member, now (ms), its next time (ms)
 * Returns 1, or 0 when it is not due any more, or not there.
 */
export const claimDue = `
local at = redis.call('ZSCORE', KEYS[1], ARGV[2])
if not at or isAhead(at, tonumber(ARGV[3])) then return 0 end
redis.call('ZADD', KEYS[1], ARGV[4], ARGV[2])
return 1
`;
