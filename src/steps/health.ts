/** What this process last experienced of the world outside; `/readyz` reads it. Times in ms since the epoch. */
export interface Health {
  parallel: { lastOkAt: number | null; failing: { readonly since: number; readonly detail: string } | null };
  slack: { lastOkAt: number | null; failing: { readonly since: number; readonly detail: string } | null };
  lastPollAt: number | null;
  lastDeliveryAt: number | null;
  lastSweepAt: number | null;
}

export function createHealth(): Health {
  return {
    parallel: { lastOkAt: null, failing: null },
    slack: { lastOkAt: null, failing: null },
    lastPollAt: null,
    lastDeliveryAt: null,
    lastSweepAt: null,
  };
}

/** Notes that a side answered. */
export function noteOk(side: Health["parallel"], now: number): void {
  side.lastOkAt = now;
  side.failing = null;
}

/** Notes that a side failed; keeps the time of the first failure in a row. */
export function noteFailure(side: Health["parallel"], now: number, detail: string): void {
  side.failing = { since: side.failing?.since ?? now, detail };
}
