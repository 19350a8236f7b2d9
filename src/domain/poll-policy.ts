import type { Run } from "./run.ts";

/** What the run looked like at the last poll, and the rhythm of polling. Times in ms. */
export interface PollCursor {
  readonly modifiedAt: string | null;
  readonly status: string;
  readonly isActive: boolean;
  readonly reason: string | null;
  readonly generated: number;
  readonly matched: number;
  /** When the whole result was last asked for. */
  readonly resultAt: number;
  readonly intervalMs: number;
}

export interface PollLimits {
  readonly minMs: number;
  readonly maxMs: number;
}

/** While a run is active its result is read at least this often: the counts are not promised to agree with the rows. */
const RESULT_AT_LEAST_EVERY_MS = 60_000;
/** After the end enrichments may trail; a run is looked at this long, this often, and then rests. */
const TRAILING_MS = 10 * 60_000;
const TRAILING_INTERVAL_MS = 30_000;
/** A person is told on the card once Parallel has not been readable for so long. */
export const TELL_TROUBLE_AFTER_MS = 2 * 60_000;
/** 404 from a run that was there before: so many in a row end the watch. */
export const MISSING_ENDS_AFTER = 3;
/** What only a person can mend, such as a rejected key, is not tried often. */
const SLOW_INTERVAL_MS = 60_000;
const RETRY_AFTER_CAP_MS = 10 * 60_000;
const GROWTH = 1.5;
/** Polls that are due within the same so many ms are one job's: nobody sees the difference. */
export const TICK_MS = 50;

/** The tick of a poll that is due at a time: the first one that is not before it. Both in ms since the epoch. */
export function tickOf(dueAt: number): number {
  return Math.ceil(dueAt / TICK_MS) * TICK_MS;
}

/** Whether the run differs from what it was at the last poll. */
export function hasMoved(cursor: PollCursor | null, run: Run): boolean {
  return (
    cursor === null ||
    cursor.modifiedAt !== run.modifiedAt ||
    cursor.status !== run.status ||
    cursor.isActive !== run.isActive ||
    cursor.reason !== run.terminationReason ||
    cursor.generated !== run.generated ||
    cursor.matched !== run.matched
  );
}

/** Whether the result (12 kB a candidate) is worth reading now, the run (400 bytes) having been read. */
export function shouldReadResult(cursor: PollCursor | null, run: Run, now: number): boolean {
  if (cursor === null || hasMoved(cursor, run)) return true;
  return run.isActive && now - cursor.resultAt >= RESULT_AT_LEAST_EVERY_MS;
}

/** The cursor after a poll: fast while things move, slower by half each quiet time. */
export function nextCursor(cursor: PollCursor | null, run: Run, resultAt: number, limits: PollLimits): PollCursor {
  const isQuiet = cursor !== null && !hasMoved(cursor, run);
  const intervalMs = isQuiet ? Math.min(limits.maxMs, cursor.intervalMs * GROWTH) : limits.minMs;
  return {
    modifiedAt: run.modifiedAt,
    status: run.status,
    isActive: run.isActive,
    reason: run.terminationReason,
    generated: run.generated,
    matched: run.matched,
    resultAt,
    intervalMs,
  };
}

/**
 * When to poll next (ms since the epoch), or null when the run may rest.
 * @param random in [0, 1), spreads the polls of many runs
 */
export function nextPollAt(
  cursor: PollCursor,
  endedAt: number | null,
  now: number,
  limits: PollLimits,
  random: number,
): number | null {
  if (endedAt === null) return Math.round(now + cursor.intervalMs * (0.9 + 0.2 * random));
  if (isLastLook(endedAt, now)) return null;
  const interval = Math.max(limits.minMs, Math.min(TRAILING_INTERVAL_MS, limits.maxMs));
  return Math.round(Math.min(now + interval, endedAt + TRAILING_MS));
}

/** Whether this is the last poll of a run that ended: it rests afterwards. */
export function isLastLook(endedAt: number, now: number): boolean {
  return now >= endedAt + TRAILING_MS;
}

/** When to try again after a failed poll (ms since the epoch). `failed` counts the failures in a row, this one included. */
export function retryPollAt(
  failure: { readonly isSlow: boolean; readonly retryAfterMs: number | null },
  failed: number,
  now: number,
  limits: PollLimits,
  random: number,
): number {
  if (failure.retryAfterMs !== null) {
    // "0" and dates that are over mean at once; without a floor, or all together again, that would be a storm.
    const wait = Math.max(failure.retryAfterMs, limits.minMs) + Math.round(limits.minMs * random);
    return now + Math.min(wait, RETRY_AFTER_CAP_MS);
  }
  const ceiling = failure.isSlow ? Math.max(SLOW_INTERVAL_MS, limits.maxMs) : limits.maxMs;
  const floor = failure.isSlow ? Math.min(SLOW_INTERVAL_MS, limits.maxMs) : limits.minMs;
  const wait = Math.min(ceiling, floor * 2 ** Math.min(failed - 1, 10));
  return Math.round(now + wait * (0.8 + 0.4 * random));
}
