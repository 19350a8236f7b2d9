import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDetailsState, writeDetailsState } from "../../../src/slack/views/details-state.ts";
import { readQueueState, writeQueueState } from "../../../src/slack/views/queue-state.ts";
import { hostileText } from "../support/hostile.ts";
import { DETAILS, KEY, PLACE, QUEUE, WATCH_ID } from "./support/examples.ts";

describe("what the details carry along", () => {
  test("comes back as it was, but for the notice", () => {
    expect(readDetailsState(writeDetailsState({ ...DETAILS, page: 7, notice: "x" }))).toEqual({ ...DETAILS, page: 7 });
    expect(readDetailsState(writeDetailsState({ ...DETAILS, place: null }))).toEqual({ ...DETAILS, place: null });
  });

  test("loses a place that nobody could use rather than the candidate", () => {
    for (const place of [
      { ...PLACE, responseUrl: `https://hooks.slack.com/${"x".repeat(4000)}` },
      { ...PLACE, responseUrl: "file:///etc/passwd" },
      { ...PLACE, channelId: "<!channel>" },
      { ...PLACE, messageTs: "" },
      { ...PLACE, at: Number.NaN },
    ]) {
      expect(readDetailsState(writeDetailsState({ ...DETAILS, place }))).toEqual({ ...DETAILS, place: null });
    }
  });

  test.each([
    "",
    "null",
    "[]",
    "{}",
    "{",
    JSON.stringify({ key: "d-1", page: 0, place: null }),
    JSON.stringify({ key: KEY, page: -1, place: null }),
    JSON.stringify({ key: KEY, page: 0.5, place: null }),
    JSON.stringify({ key: KEY, page: "0", place: null }),
    JSON.stringify({ key: KEY, page: 0 }),
    JSON.stringify({ key: KEY, page: 0, place: {} }),
    JSON.stringify({ key: KEY, page: 0, place: { ...PLACE, at: "now" } }),
    JSON.stringify({ key: KEY, page: 0, place: { ...PLACE, responseUrl: "javascript:alert(1)" } }),
    JSON.stringify({ key: KEY, page: 0, place: null, more: "x".repeat(3000) }),
    writeQueueState(QUEUE),
  ])("is refused when it is broken or forged: %s", (text) => {
    expect(readDetailsState(text)).toBeNull();
  });
});

describe("what the queue carries along", () => {
  test("comes back as it was", () => {
    expect(readQueueState(writeQueueState(QUEUE))).toEqual(QUEUE);
    expect(readQueueState(writeQueueState({ ...QUEUE, key: null }))).toEqual({ ...QUEUE, key: null });
  });

  test.each([
    "",
    "7",
    "{}",
    JSON.stringify({ ...QUEUE, watchId: KEY }),
    JSON.stringify({ ...QUEUE, key: WATCH_ID }),
    JSON.stringify({ ...QUEUE, key: undefined }),
    JSON.stringify({ ...QUEUE, from: -1 }),
    JSON.stringify({ ...QUEUE, left: null }),
    JSON.stringify({ ...QUEUE, skipped: 1e12 }),
    writeDetailsState(DETAILS),
  ])("is refused when it is broken or forged: %s", (text) => {
    expect(readQueueState(text)).toBeNull();
  });
});

describe("whatever is carried along", () => {
  const number = fc.oneof(fc.integer(), fc.double());

  test("stays within Slack's limit and is read as what it was or not at all", () => {
    const place = fc.record({ responseUrl: hostileText, channelId: hostileText, messageTs: hostileText, at: number });
    fc.assert(
      fc.property(number, fc.option(place), number, (page, where, left) => {
        const details = writeDetailsState({ ...DETAILS, page, place: where });
        expect(details.length).toBeLessThanOrEqual(3000);
        expect(readDetailsState(details)?.key).toBe(KEY);
        const queue = writeQueueState({ ...QUEUE, from: page, left, skipped: left });
        expect(queue.length).toBeLessThanOrEqual(3000);
        expect(readQueueState(queue)?.watchId).toBe(WATCH_ID);
      }),
    );
  });

  test("is never read out of what somebody made up", () => {
    fc.assert(fc.property(fc.oneof(hostileText, fc.json()), (text) => readDetailsState(text) === null));
    fc.assert(fc.property(fc.oneof(hostileText, fc.json()), (text) => readQueueState(text) === null));
  });
});
