import { createSeldom, type Seldom } from "./seldom.ts";

/** In an outage every poll of every run fails alike: a line a minute says it, with the number of the others. */
const SAY_EVERY_MS = 60_000;

/** One thing outside. */
export interface Side {
  lastOkAt: number | null;
  /** Since when it fails, and how; null when the last answer was a good one. */
  failing: { readonly since: number; readonly detail: string } | null;
}

/** What this process last experienced of the world outside; `/readyz` reads it. Times in ms since the epoch. */
export interface Health {
  parallel: Side;
  slack: Side;
  redis: Side;
  lastPollAt: number | null;
  lastDeliveryAt: number | null;
  lastSweepAt: number | null;
  /** Whether a failed read of Parallel's is worth a line in the log, by its code. */
  readonly sayFailedRead: Seldom;
}

export function createHealth(): Health {
  return {
    parallel: { lastOkAt: null, failing: null },
    slack: { lastOkAt: null, failing: null },
    redis: { lastOkAt: null, failing: null },
    lastPollAt: null,
    lastDeliveryAt: null,
    lastSweepAt: null,
    sayFailedRead: createSeldom(SAY_EVERY_MS),
  };
}

/** Notes that a side answered. */
export function noteOk(side: Side, now: number): void {
  side.lastOkAt = now;
  side.failing = null;
}

/** Notes that a side failed; keeps the time of the first failure in a row. */
export function noteFailure(side: Side, now: number, detail: string): void {
  side.failing = { since: side.failing?.since ?? now, detail };
}
