import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clean } from "../../../src/slack/clean.ts";
import { quoted, splitMrkdwn, uncutMrkdwn } from "../../../src/slack/split.ts";
import { jsonSize } from "../../../src/slack/text.ts";
import { hostileText } from "../support/hostile.ts";

const LOOKALIKES: Readonly<Record<string, string>> = { "∗": "*", "∼": "~", ˋ: "`", ˍ: "_" };

/** What a text says, without what makes it harmless and without blanks. */
function reading(text: string): string {
  return text
    .replace(/[∗∼ˋˍ]/g, (char) => LOOKALIKES[char] ?? char)
    .replace(/(?:\s|\u2060|\u200c|\u200d|\u2800)/g, "")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");
}

const size = fc.integer({ min: 16, max: 3000 });

describe("a long foreign text", () => {
  test("is whole when its pieces are read one after the other", () => {
    fc.assert(
      fc.property(hostileText, size, (text, max) => {
        const source = clean(text).replace(/(?:\s|\u2060|\u200c|\u200d|\u2800)/g, "");
        const plainSource = source.replace(/[∗∼ˋˍ]/g, (char) => LOOKALIKES[char] ?? char);
        expect(reading(splitMrkdwn(text, max).join(" "))).toBe(plainSource);
      }),
      { numRuns: 500 },
    );
  });

  test("keeps its words whole, and their order", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z<&*_:]{1,8}$/), { maxLength: 400 }), size, (words, max) => {
        const pieces = splitMrkdwn(words.join(" "), Math.max(max, 200));
        expect(pieces.join(" ").split(" ").filter(Boolean)).toHaveLength(words.length);
      }),
    );
  });

  test("fits piece by piece, also as a quote", () => {
    fc.assert(
      fc.property(hostileText, size, (text, max) => {
        for (const piece of splitMrkdwn(text, max)) {
          expect(piece.trim()).not.toBe("");
          expect(jsonSize(quoted(piece))).toBeLessThanOrEqual(max);
          expect(piece).not.toMatch(/(?:^|[^\ud800-\udbff])[\udc00-\udfff]|[\ud800-\udbff](?:[^\udc00-\udfff]|$)/);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("keeps its lines and one blank line between paragraphs", () => {
    expect(splitMrkdwn("one\ntwo\r\n\n \n\n\nthree  four\n", 2900)).toEqual(["one\ntwo\n\nthree four"]);
  });

  test("is never cut inside an escape or an emoji", () => {
    for (const piece of splitMrkdwn("&".repeat(500), 100)) expect(piece).toMatch(/^(?:&amp;)+$/);
    for (const piece of splitMrkdwn("👩‍👩‍👧‍👦".repeat(200), 100)) expect(piece).toMatch(/^(?:👩‍👩‍👧‍👦)+$/u);
    expect(splitMrkdwn("👩‍".repeat(4000), 100).some((piece) => /\p{Surrogate}/u.test(piece))).toBe(false);
  });

  test("becomes no quote or style by where it is cut", () => {
    const pieces = splitMrkdwn(`${"a".repeat(97)}>${"b_c ".repeat(100)}`, 100);
    for (const piece of pieces) expect(piece).not.toMatch(/^&gt;|(?:^|\s)_/m);
  });

  test("says nothing when it says nothing", () => {
    expect(splitMrkdwn(" \n\u200b\u202e ", 2900)).toEqual([]);
    expect(uncutMrkdwn("x".repeat(50_000))).toHaveLength(50_000);
  });
});
