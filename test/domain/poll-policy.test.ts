import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasMoved, nextCursor, nextPollAt, retryPollAt, shouldReadResult } from "../../src/domain/poll-policy.ts";
import { testRun } from "../support/store.ts";

const NOW = 1_764_000_000_000;
const LIMITS = { minMs: 5_000, maxMs: 30_000 };
const run = testRun({ modifiedAt: "2026-01-01T00:00:00.000000Z" });
const cursor = nextCursor(null, run, NOW, LIMITS);

describe("when a run is polled", () => {
  it("reads the result when the run moved, once a minute while it is active, and not of a finished run that stands still", () => {
    expect(shouldReadResult(null, run, NOW)).toBe(true);
    expect(shouldReadResult(cursor, run, NOW + 59_999)).toBe(false);
    expect(shouldReadResult(cursor, run, NOW + 60_000)).toBe(true);
    const ended = testRun({ ...run, isActive: false });
    expect(shouldReadResult(cursor, ended, NOW)).toBe(true);
    expect(shouldReadResult(nextCursor(cursor, ended, NOW, LIMITS), ended, NOW + 3_600_000)).toBe(false);
  });

  it.each([
    ["the time of change", { modifiedAt: "2026-01-01T00:00:00.000001Z" }],
    ["the status", { status: "cancelling" }],
    ["the reason", { terminationReason: "timeout" }],
    ["a count", { matched: 1 }],
    ["another count", { generated: 1 }],
  ])("sees that a run moved by %s alone", (_, change) => {
    expect(hasMoved(cursor, run)).toBe(false);
    expect(hasMoved(cursor, testRun({ ...run, ...change }))).toBe(true);
  });

  it("slows down by half each quiet time up to the longest interval, and is fast again when something moves", () => {
    let quiet = cursor;
    const intervals = Array.from({ length: 6 }, () => {
      quiet = nextCursor(quiet, run, NOW, LIMITS);
      return quiet.intervalMs;
    });
    expect(intervals).toEqual([7_500, 11_250, 16_875, 25_312.5, 30_000, 30_000]);
    expect(nextCursor(quiet, testRun({ matched: 1 }), NOW, LIMITS).intervalMs).toBe(5_000);
  });

  it("looks at an ended run for ten minutes, and then lets it rest", () => {
    expect(nextPollAt(cursor, NOW, NOW, LIMITS, 0.5)).toBe(NOW + 30_000);
    expect(nextPollAt(cursor, NOW, NOW + 599_000, LIMITS, 0.5)).toBe(NOW + 600_000);
    expect(nextPollAt(cursor, NOW, NOW + 600_000, LIMITS, 0.5)).toBeNull();
  });

  it("never polls again at once, nor later than the cap, whatever Parallel asks and however often it fails", () => {
    const failure = fc.record({
      isSlow: fc.boolean(),
      retryAfterMs: fc.option(fc.oneof(fc.constant(0), fc.nat(100_000_000)), { nil: null }),
    });
    fc.assert(
      fc.property(
        failure,
        fc.integer({ min: 1, max: 1_000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (...given) => {
          const [asked, failed, random] = given;
          const wait = retryPollAt(asked, failed, NOW, LIMITS, random) - NOW;
          expect(wait).toBeGreaterThanOrEqual(LIMITS.minMs * 0.8);
          expect(wait).toBeLessThanOrEqual(600_000);
          expect(Number.isInteger(wait)).toBe(true);
          if (asked.retryAfterMs !== null) expect(wait).toBeGreaterThanOrEqual(Math.min(asked.retryAfterMs, 600_000));
        },
      ),
    );
  });

  it("does not come back at the same moment as the others that were told to wait as long", () => {
    const waits = [0, 0.5, 0.99].map(
      (random) => retryPollAt({ isSlow: false, retryAfterMs: 30_000 }, 1, NOW, LIMITS, random) - NOW,
    );
    expect(waits).toEqual([30_000, 32_500, 34_950]);
  });
});
