import { describe, expect, it } from "vitest";
import {
  cursorAfterNews,
  cursorAfterWhole,
  isBehind,
  type NewsCursor,
  planReading,
  type ReadingSituation,
} from "../../src/domain/news-policy.ts";
import { nextCursor } from "../../src/domain/poll-policy.ts";
import { testRun } from "../support/store.ts";

const NOW = 1_764_000_000_000;
const MINUTE = 60_000;
const run = testRun({ modifiedAt: "2026-01-01T00:00:00.000000Z", matched: 10, generated: 20 });
const cursor = nextCursor(null, run, NOW, { minMs: 5_000, maxMs: 30_000 });
const news: NewsCursor = {
  eventId: "e10",
  wholeBytes: 1_000_000,
  surplus: 0,
  readAt: NOW,
  isUnchecked: false,
  isCut: false,
  matched: 10,
  behindSince: null,
};
const plan = (given: Partial<ReadingSituation> = {}, at = NOW) =>
  planReading(
    { cursor, news, run, endedAt: null, isEnding: false, hasNewcomer: false, isTooLarge: false, ...given },
    at,
  );
const more = testRun({ ...run, matched: 11 });
const ended = testRun({ ...run, isActive: false, status: "completed" });

describe("what is read of a run's candidates", () => {
  it("is nothing while the run counts what is known, and its news once a minute all the same", () => {
    expect(plan()).toBe("nothing");
    expect(plan({}, NOW + MINUTE)).toBe("news");
  });

  it("is what is new when the run moved in any way, counts another match, or the last stream was cut", () => {
    expect(plan({ run: testRun({ ...run, generated: 25 }) })).toBe("news");
    expect(plan({ run: testRun({ ...run, modifiedAt: "later" }) })).toBe("news");
    expect(plan({ run: more })).toBe("news");
    expect(plan({ run: testRun({ ...run, status: "action_required" }) })).toBe("news");
    expect(plan({ news: { ...news, isCut: true } })).toBe("news");
  });

  it.each([
    ["the first reading", { cursor: null }],
    ["an end that is yet to be told", { isEnding: true, run: ended }],
    ["a watch that wants all candidates", { hasNewcomer: true }],
    ["a run whose events have no id", { news: { ...news, eventId: null }, run: more }],
    ["a small result that moved", { news: { ...news, wholeBytes: 99_999 }, run: more }],
    ["a run nothing was read of yet", { news: null, run: more }],
  ])("is everything for %s", (_, given) => {
    expect(plan(given)).toBe("whole");
  });

  it("is everything when a match has been missing for a minute, and not when it came late", () => {
    const behind = { ...news, behindSince: NOW };
    expect(plan({ run: more, news: behind }, NOW + MINUTE - 1)).toBe("news");
    expect(plan({ run: more, news: behind }, NOW + MINUTE)).toBe("whole");
    expect(plan({ run, news: { ...behind, readAt: NOW + MINUTE } }, NOW + MINUTE)).toBe("nothing");
  });

  it("is everything once more before an ended run goes to rest, if events were read since", () => {
    const late = NOW + 10 * MINUTE;
    const seen = nextCursor(null, ended, NOW, { minMs: 5_000, maxMs: 30_000 });
    const atRest = { cursor: seen, run: ended, endedAt: NOW };
    expect(plan(atRest, late)).toBe("nothing");
    expect(plan({ ...atRest, news: { ...news, isUnchecked: true } }, late)).toBe("whole");
    expect(plan({ ...atRest, news: { ...news, isUnchecked: true } }, NOW + MINUTE)).toBe("nothing");
    expect(plan({ ...atRest, run: testRun({ ...ended, modifiedAt: "later" }) }, NOW + MINUTE)).toBe("news");
  });

  it("is a result over the limit every ten minutes while the run goes on, its news between", () => {
    expect(plan({ isTooLarge: true, hasNewcomer: true, run: more }, NOW + 10 * MINUTE - 1)).toBe("news");
    expect(plan({ isTooLarge: true, run: more, news: { ...news, behindSince: NOW } }, NOW + 2 * MINUTE)).toBe("news");
    expect(plan({ isTooLarge: true, run: more }, NOW + 10 * MINUTE)).toBe("whole");
    expect(plan({ isTooLarge: true, news: null, run: more })).toBe("nothing");
    const over = { cursor: nextCursor(null, ended, NOW, { minMs: 5_000, maxMs: 30_000 }), run: ended, endedAt: NOW };
    expect(plan({ ...over, isTooLarge: true, news: { ...news, isUnchecked: true } }, NOW + 10 * MINUTE)).toBe(
      "nothing",
    );
  });
});

describe("how far a run was read", () => {
  it("remembers by how much the run's count is above its rows, and is not behind for that", () => {
    const snapshot = { run, candidates: [], bytes: 5, lastEventId: "e1" } as never;
    const after = cursorAfterWhole(snapshot, 8, NOW);
    expect(after).toMatchObject({ eventId: "e1", matched: 8, surplus: 2, behindSince: null });
    expect(isBehind(after, run)).toBe(false);
    expect(isBehind(after, more)).toBe(true);
    expect(isBehind({ ...after, matched: 9 }, more)).toBe(false);
  });

  it("moves by events that were taken in, and keeps since when a match is missing", () => {
    const first = cursorAfterNews(news, more, { lastEventId: null, isCut: false }, 10, NOW + 1);
    expect(first).toMatchObject({ eventId: "e10", readAt: NOW + 1, behindSince: NOW + 1, isUnchecked: true });
    const second = cursorAfterNews(first, more, { lastEventId: "e12", isCut: true }, 10, NOW + 2);
    expect(second).toMatchObject({ eventId: "e12", behindSince: NOW + 1, isCut: true });
    expect(cursorAfterNews(second, more, { lastEventId: "e13", isCut: false }, 11, NOW + 3).behindSince).toBeNull();
  });

  it("forgets by how much the counts differed once they agree, so that the next match is missed", () => {
    const odd = { ...news, surplus: 1, matched: 9 };
    expect(isBehind(odd, run)).toBe(false);
    const agreed = cursorAfterNews(odd, run, { lastEventId: "e11", isCut: false }, 10, NOW + 1);
    expect(isBehind(agreed, more)).toBe(true);
  });
});
