import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainTextOf } from "../../src/bot/extract-id.ts";
import { parseDomain } from "../../src/bot/parse-domain.ts";
import { findDuration, shortDuration } from "../../src/bot/parse-duration.ts";
import { overrideLine, readOverrideWords } from "../../src/bot/parse-overrides.ts";
import { ARRIVALS, CONFIDENCES, type Overrides } from "../../src/domain/settings.ts";

const MINUTE = 60_000;
const read = (text: string) => readOverrideWords(plainTextOf(text));
const founded = (contains: string | null) => ({ condition: { name: "founded after 2020", contains } });

const UNDERSTOOD: readonly (readonly [string, Overrides])[] = [
  [
    "digest 30m confidence>=high -domain:example.com",
    { arrives: "digest-30", minConfidence: "high", excludedDomains: ["example.com"] },
  ],
  [
    "-domain:example.com confidence ≥ high, digest every 30 minutes",
    { arrives: "digest-30", minConfidence: "high", excludedDomains: ["example.com"] },
  ],
  ["digest: 5", { arrives: "digest-5" }],
  ["a digest of 15 min, please", { arrives: "digest-15" }],
  ["hourly digest", { arrives: "digest-60" }],
  ["digest 1h", { arrives: "digest-60" }],
  ["digest half an hour", { arrives: "digest-30" }],
  ["every 15 minutes", { arrives: "digest-15" }],
  ["each", { arrives: "each" }],
  ["every match", { arrives: "each" }],
  ["only the end", { arrives: "end" }],
  ["End.", { arrives: "end" }],
  ["digest 5 end", { arrives: "end" }],
  ["confidence&gt;=high", { minConfidence: "high" }],
  ["confidence:medium", { minConfidence: "medium" }],
  ["min confidence = low", { minConfidence: "low" }],
  ["confidence > low", { minConfidence: "medium" }],
  ["confidence medium or better", { minConfidence: "medium" }],
  ["high confidence only", { minConfidence: "high" }],
  ["confidence any", { minConfidence: null }],
  ["-domain:<http://www.example.com/page|example.com>", { excludedDomains: ["example.com"] }],
  ["–domain:a.com, b.org", { excludedDomains: ["a.com", "b.org"] }],
  ["-domain:a.com -domain:b.org -c.net", { excludedDomains: ["a.com", "b.org", "c.net"] }],
  ["without domain a.com", { excludedDomains: ["a.com"] }],
  ["domain:any", { excludedDomains: [] }],
  ["condition:“founded after 2020”", founded(null)],
  ["condition:“founded after 2020”~“2021 end”", founded("2021 end")],
  ["condition = 'founded after 2020' contains yes".replaceAll("'", '"'), founded("yes")],
  ["condition:founded~yes", { condition: { name: "founded", contains: "yes" } }],
  ["condition:any", { condition: null }],
  ["alert off", { alertInChannel: false }],
  ["no alert, mention: on", { alertInChannel: false, mention: true }],
  ["without mention", { mention: false }],
  ["default", {}],
  ["each digest 30m", { arrives: "digest-30" }],
  ["digest 30m each", { arrives: "each" }],
  ["alert on alert off", { alertInChannel: false }],
  ["domain:any -domain:a.com", { excludedDomains: ["a.com"] }],
  ["no alert no mention", { alertInChannel: false, mention: false }],
  ["no mention, no alert", { alertInChannel: false, mention: false }],
  ["no alerts or mentions", { alertInChannel: false, mention: false }],
  ["alert no mention off", { alertInChannel: false, mention: false }],
  ["alert no mention yes", { alertInChannel: false, mention: true }],
  ["-domain a.com and b.org", { excludedDomains: ["a.com", "b.org"] }],
  ["condition:'founded after 2020'", founded(null)],
  ["condition:‘founded after 2020’~‘2021 end’", founded("2021 end")],
  ["condition:`founded after 2020`", founded(null)],
  ["condition:‘founder’s age’", { condition: { name: "founder’s age", contains: null } }],
  ["“digest 30m”", { arrives: "digest-30" }],
  ["'only the end'", { arrives: "end" }],
  ["`confidence>=high`, “-domain:a.com”", { minConfidence: "high", excludedDomains: ["a.com"] }],
];

const NOT_UNDERSTOOD: readonly (readonly [string, string, string | null])[] = [
  ["digest 20m", "digest", "digest 15m"],
  ["digest 45", "digest", "digest 30m"],
  ["digest 2h", "digest", "digest 1h"],
  ["digest", "digest", "digest 30m"],
  ["confidence>=hihg", "confidence", "confidence>=high"],
  ["confidence<=medium", "confidence", "confidence>=medium"],
  ["domain:example.com", "domain", "-domain:example.com"],
  ["-domain:nowhere", "domain", "-domain:example.com"],
  ['condition:""', "condition", 'condition:"name"'],
  ["alert", "switch", "alert off"],
  ["mention: sometimes", "switch", "mention off"],
  ["confidence=0.8", "confidence", "confidence>=high"],
  ["confidence 80%", "confidence", "confidence>=high"],
  ["confidence ≥ 50 %", "confidence", "confidence>=medium"],
  ["confidence >= .1", "confidence", "confidence>=low"],
  ["80% confidence", "confidence", "confidence>=high"],
  ["exclude example.com", "domain", "-domain:example.com"],
  ["without <http://example.com|example.com>", "domain", "-domain:example.com"],
  ["no a.com, b.org and c.net", "domain", "-domain:a.com -domain:b.org -domain:c.net"],
  ["condition HQ country contains Berlin", "condition", 'condition:"HQ country"~"Berlin"'],
  ["confidence 80% exclude a.com", "confidence", "confidence>=high -domain:a.com"],
  ["every day", "digest", "digest 1h"],
  ["digest daily", "digest", "digest 1h"],
  ["reset", "word", "default"],
  ["clear it", "word", "default"],
  ["default digest 30m", "default", "default"],
  ["digest 30m default", "default", "default"],
  ["reset digest 30m", "default", "default"],
  ["quiet 22-7", "channel", null],
  ["quiet hours from 22:00 to 7am", "channel", null],
  ["fold on", "channel", null],
  ["remind", "channel", null],
];

describe("words for one watch", () => {
  it.each(UNDERSTOOD)("“%s” are understood", (text, overrides) => {
    for (const line of [`findall_1 ${text}`, `${text} findall_1`]) {
      const said = read(line);
      expect(said.overrides, line).toEqual(overrides);
      expect(said.trouble, line).toBeNull();
      expect(said.rest).toMatch(/findall_1/);
    }
  });

  it.each(NOT_UNDERSTOOD)("“%s” get a better offer", (text, kind, mend) => {
    expect(read(`findall_1 ${text}`).trouble).toMatchObject({ kind, mend });
  });

  it("are not found inside ids and addresses", () => {
    for (const text of ["a-end", "https://x.test/runs/each#end", "findall_digest", "run_default", "end-1"]) {
      expect(read(text)).toEqual({ overrides: null, trouble: null, rest: text });
    }
  });

  it("are understood again as they are written for people", () => {
    const host = fc.constantFrom("example.com", "a-b.co.uk", "x1.io");
    const text = fc.stringMatching(/^[a-z]{1,5}( [a-z]{1,5})?$/).filter((name) => name !== "any" && name !== "all");
    const overrides = fc.record(
      {
        arrives: fc.constantFrom(...ARRIVALS),
        minConfidence: fc.constantFrom(null, ...CONFIDENCES),
        condition: fc.option(fc.record({ name: text, contains: fc.option(text) })),
        excludedDomains: fc.uniqueArray(host, { maxLength: 3 }),
        alertInChannel: fc.boolean(),
        mention: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(overrides, (given) => {
        expect(read(`findall_1 ${overrideLine(given)}`)).toMatchObject({ overrides: given, trouble: null });
      }),
      { numRuns: 200 },
    );
  });

  it("never make the parser throw, whatever they are", () => {
    const piece = fc.constantFrom(
      "digest",
      "30m",
      "confidence>=",
      "-domain:",
      "condition:",
      '"',
      "~",
      "end",
      "alert",
      ":",
      " ",
    );
    const soup = fc.array(fc.oneof(piece, fc.string({ unit: "binary", maxLength: 8 })), { maxLength: 30 });
    fc.assert(
      fc.property(soup, (pieces) => {
        const { overrides } = read(pieces.join(""));
        for (const domain of overrides?.excludedDomains ?? []) expect(parseDomain(domain)).toBe(domain);
      }),
      { numRuns: 200 },
    );
  });
});

describe("a length of time", () => {
  it.each([
    ["30m", 30 * MINUTE],
    ["2h", 120 * MINUTE],
    ["1d", 24 * 60 * MINUTE],
    ["2 hours", 120 * MINUTE],
    ["1h30m", 90 * MINUTE],
    ["2h30", 150 * MINUTE],
    ["2h 05", 125 * MINUTE],
    ["1d 2h 3m", (26 * 60 + 3) * MINUTE],
    ["2 hours and 5 minutes", 125 * MINUTE],
    ["1.5h", 90 * MINUTE],
    ["an hour", 60 * MINUTE],
    ["half an hour", 30 * MINUTE],
    ["one day", 24 * 60 * MINUTE],
  ])("%s is understood, wherever it stands", (text, ms) => {
    for (const line of [text, `for ${text}, please`, `findall_1 ${text}.`, `${text} findall_1`]) {
      expect(findDuration(line), line).toMatchObject({ ms, typed: text });
    }
  });

  it.each(["", "30", "x2h", "findall_2h", "an id", "2 hands", "2h99", "22-7", "5pm"])("is not in “%s”", (text) => {
    expect(findDuration(text)).toBeNull();
  });

  it("is written short", () => {
    expect([30, 90, 120, 24 * 60].map((minutes) => shortDuration(minutes * MINUTE))).toEqual([
      "30m",
      "90m",
      "2h",
      "1d",
    ]);
  });
});

describe("a domain", () => {
  it.each([
    ["Example.com", "example.com"],
    ["https://www.example.com:8443/page?x#y", "example.com"],
    ["<http://example.com>", "example.com"],
    ["*.example.com", "example.com"],
    ["@example.com", "example.com"],
    ["example.com.", "example.com"],
    ["www.com", "www.com"],
    ["bücher.de", "xn--bcher-kva.de"],
  ])("is found in %s", (text, domain) => {
    expect(parseDomain(text)).toBe(domain);
  });

  it.each(["", "example", "10.0.0.1", "[::1]", "a b.com", "ann@example.com", "-x.com", "<!channel>", "a..b"])(
    "is not found in “%s”",
    (text) => {
      expect(parseDomain(text)).toBeNull();
    },
  );
});
