import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { interpretMrkdwn } from "../../src/sandbox/fake-slack/mrkdwn.ts";
import { clean } from "../../src/slack/clean.ts";
import { bare, clip, clipPlain, escapeControl, jsonSize, mrkdwn, plain } from "../../src/slack/text.ts";
import { hostileText } from "./support/hostile.ts";

/** What a reader sees once the invisible joiners are gone. */
const seen = (text: string) => text.replaceAll("\u2060", "");

describe("foreign text in mrkdwn", () => {
  test("is escaped once, ampersands first", () => {
    expect(escapeControl("a < b & c > d &amp;")).toBe("a &lt; b &amp; c &gt; d &amp;amp;");
  });

  test.each([
    ["*bold*", "∗bold∗"],
    ["_italic_", "ˍitalicˍ"],
    ["~struck~", "∼struck∼"],
    ["`code`", "ˋcodeˋ"],
    ["snake_case stays", "snake_case stays"],
    ["> quoted", "&gt; quoted"],
    ["two\nlines\r\nbecome   one", "two lines become one"],
  ])("%j cannot style", (text, expected) => {
    expect(seen(mrkdwn(text, 500))).toBe(expected);
  });

  test("reads as plain words alone, whatever it is", () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 1, max: 400 }), (text, max) => {
        for (const span of interpretMrkdwn(mrkdwn(text, max), { verbatim: true })) {
          expect(span).toMatchObject({ kind: "text", style: {} });
        }
      }),
    );
  });
});

test("the length in JSON is what JSON makes of it, whatever the text", () => {
  fc.assert(
    fc.property(fc.oneof(hostileText, fc.string({ unit: "binary" })), (text) => {
      expect(jsonSize(text)).toBe(JSON.stringify(text).length - 2);
    }),
  );
  for (const text of ["", "plain", '"', "\\", "\n", "\u0000", "\ud83d", "👍🏽", "\u2028", "é"])
    expect(jsonSize(text)).toBe(JSON.stringify(text).length - 2);
});

describe("the place to cut", () => {
  const characters = (text: string) => [...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text)];

  test("is never inside what a person sees as one character, also among plain letters", () => {
    const mixed = fc.string({
      unit: fc.constantFrom("a", "b", " ", "1", "e\u0301", "é", "👨‍👩‍👧", "🇩🇪", "\u0600", "하", "नि", "\u200d", "👍🏽"),
      maxLength: 80,
    });
    fc.assert(
      fc.property(mixed, fc.integer({ min: 1, max: 80 }), (text, max) => {
        const cut = clipPlain(text, max);
        if (cut === text) return;
        const ends = characters(text).map(({ index, segment }) => index + segment.length);
        const kept = cut.slice(0, -1);
        // Blanks at the end are taken away after the cut.
        const longest = text.length - text.slice(kept.length).trimStart().length;
        expect(kept === "" || ends.some((end) => end >= kept.length && end <= longest)).toBe(true);
      }),
    );
  });
});

describe("foreign text at the top level", () => {
  test.each(["@here", "@channel hi", "#general", "https://evil.example", "www.evil.example", "a@evil.example"])(
    "%j stays words",
    (text) => {
      const spans = interpretMrkdwn(bare(text, 500), { verbatim: false });
      expect(spans).toMatchObject([{ kind: "text" }]);
      expect(seen(bare(text, 500))).toBe(text);
    },
  );

  test("reads as plain words alone, also where Slack looks for names and URLs", () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 1, max: 400 }), (text, max) => {
        for (const span of interpretMrkdwn(bare(text, max), { linkUrls: true, linkNames: true })) {
          expect(span).toMatchObject({ kind: "text", style: {} });
        }
      }),
    );
  });
});

describe("cleaning", () => {
  test.each([
    ["direction overrides", "abc\u202egpj.exe\u202c", "abcgpj.exe"],
    ["isolates and marks", "\u2066a\u2069\u200eb\u200f\u061cc", "abc"],
    ["zero-width characters", "a\u200bb\u2060c\ufeffd\u00ade", "abcde"],
    ["joiners between Latin letters", "pay\u200dpal\u200c", "paypal"],
    ["control characters", "a\u0000b\u0007c\u001b[31m\u009f", "abc[31m"],
    ["tag characters", "a\u{e0041}\u{e0042}b", "ab"],
    ["fillers", "a\u3164b\u115fc", "abc"],
    ["halves of characters", "a\ud800b\udfffc", "a\ufffdb\ufffdc"],
    ["all kinds of line ends", "a\r\nb\rc\u2028d\u0085e", "a\nb\nc\nd\ne"],
    ["piles of accents", `e${"\u0301".repeat(50)}`, `e${"\u0301".repeat(4)}`],
  ])("takes out %s", (_what, text, expected) => {
    expect(clean(text)).toBe(expected);
  });

  test.each(["👩‍👩‍👧‍👦", "❤️‍🔥", "می‌خواهم", "क्‍ष", "日本語", "שלום"])("leaves %s as it is", (text) => {
    expect(clean(text)).toBe(text);
  });
});

describe("cutting", () => {
  test("a long text ends with an ellipsis, within the limit", () => {
    const text = mrkdwn("word ".repeat(2000), 100);
    expect(text).toMatch(/^(word )+w?o?r?d?…$/);
    expect(text.length).toBeLessThanOrEqual(100);
  });

  test("a text that fits is left alone", () => {
    expect(mrkdwn("short", 5)).toBe("short");
  });

  test("an escape is never cut in two", () => {
    for (let max = 1; max < 30; max++) expect(mrkdwn("a&b<c>d&e<f>g", max)).toMatch(/^([a-g]|&(amp|lt|gt);)*…?$/);
  });

  test("a link of ours is never cut in two", () => {
    expect(clip("see <https://acme.example|Acme> for more", 20)).toBe("see…");
  });

  test.each(["👩‍👩‍👧‍👦", "🇫🇷", "é", "👍🏽"])("%s is never cut in two", (character) => {
    for (let max = 2; max < 40; max++) {
      const kept = clipPlain(character.repeat(20), max).replace(/…$/, "");
      expect(character.repeat(20).startsWith(kept)).toBe(true);
      expect(kept.length % character.length).toBe(0);
    }
  });

  test("lengths hold for every text and every limit", () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: -5, max: 300 }), (text, max) => {
        for (const render of [mrkdwn, bare, plain]) {
          const out = render(text, max);
          expect(jsonSize(out)).toBeLessThanOrEqual(Math.max(0, max));
          expect(out).not.toMatch(/\p{Surrogate}/u);
          expect(out).not.toContain("\n");
        }
      }),
    );
  });
});
