import { describe, expect, test } from "vitest";
import { duration, humanName, parseTime, percent, plural, progressBar, slackDate } from "../../src/slack/format.ts";

test.each([
  [0, "0 s"],
  [45_000, "45 s"],
  [90_000, "2 min"],
  [3_600_000, "1 h"],
  [4_320_000, "1 h 12 min"],
  [190_000_000, "2 d 4 h"],
  [-1, "unknown"],
  [Number.NaN, "unknown"],
])("%d ms reads %s", (ms, words) => {
  expect(duration(ms)).toBe(words);
});

test.each([
  [12, 212, "5.7%"],
  [1, 2, "50%"],
  [0, 5, "0%"],
  [5, 0, null],
  [6, 5, null],
])("%d of %d is %s", (part, whole, words) => {
  expect(percent(part, whole)).toBe(words);
});

test.each([
  ["founded_after_2020_check", "founded after 2020"],
  ["ceo_name", "ceo name"],
  ["_check", "_check"],
  ["__", "__"],
  ["already words", "already words"],
])("the name %s reads %s", (name, words) => {
  expect(humanName(name)).toBe(words);
});

describe("a bar", () => {
  test.each([
    [0, 50, "▱▱▱▱▱▱▱▱▱▱"],
    [1, 50, "▰▱▱▱▱▱▱▱▱▱"],
    [49, 50, "▰▰▰▰▰▰▰▰▰▱"],
    [50, 50, "▰▰▰▰▰▰▰▰▰▰"],
    [80, 50, "▰▰▰▰▰▰▰▰▰▰"],
  ])("of %d of %d", (part, whole, bar) => {
    expect(progressBar(part, whole)).toBe(bar);
  });
});

test("numbers and nouns agree", () => {
  expect([plural(0, "match", "matches"), plural(1, "match", "matches"), plural(1234, "match", "matches")]).toEqual([
    "0 matches",
    "1 match",
    "1,234 matches",
  ]);
});

test("a time is shown in the reader's zone, with UTC as the fallback", () => {
  expect(slackDate(Date.parse("2026-10-03T14:05:59Z"), "{ago}")).toBe("<!date^1791036359^{ago}|2026-10-03 14:05 UTC>");
  expect(slackDate(Number.NaN, "{ago}")).toBe("an unknown time");
  expect(parseTime("soon")).toBeNull();
});
