import fc from "fast-check";
import type { Basis, Candidate } from "../../../src/domain/candidate.ts";

const FRAGMENTS = [
  "<!channel>",
  "<!here|x>",
  "<@U0VICTIM>",
  "<#C0SECRET|general>",
  "<!subteam^S1>",
  "<!date^0^{date}^https://evil.example|now>",
  "@here",
  "@channel",
  "@everyone",
  "#general",
  "https://evil.example/a?b=1&c=2",
  "www.evil.example",
  "mailto:a@evil.example",
  "<https://evil.example|Approve>",
  "*bold*",
  "_it_",
  "~gone~",
  "`code`",
  "```",
  ">>> quote",
  ":tada:",
  ":",
  "&lt;!channel&gt;",
  "&amp;",
  "&",
  "|",
  "<",
  ">",
  '"',
  "\\",
  "\n",
  "\r\n",
  "\u2028",
  "\u0000\u0007\u001b[31m",
  "\u202egpj.exe\u202c",
  "\u2066\u2069\u200f",
  "\u200b\u200d\ufeff\u00ad",
  "\ud800",
  "\udfff",
  "👩‍👩‍👧‍👦",
  "🇫🇷🇩🇪",
  "Z̸̢̛̲͎̝͓̞̖̈́̀͂a̴l̷g̶o̸",
  "नमस्ते",
  "می‌خواهم",
  "word ",
] as const;

/** Text as nobody should write it: fragments that do harm somewhere, random text, and very long repetitions. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 12 }).map((parts) => parts.join("")) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...FRAGMENTS), fc.integer({ min: 50, max: 2500 }))
      .map(([part, times]) => part.repeat(times).slice(0, 10_000)),
  },
);

const hostileUrl = fc.oneof(
  fc.constantFrom(
    "",
    "acme.example",
    "https://acme.example/a|b?c=<d>&lt;=1 x",
    "http://user:pw@acme.example/",
    "javascript:alert(1)",
    "data:text/html,hi",
    "https://аpple.example/", // Cyrillic
    `https://acme.example/${"long/".repeat(300)}`,
    `https://${"sub.".repeat(40)}acme.example`,
    "https://acme.example/\u202eevil",
  ),
  hostileText,
);

const basis: fc.Arbitrary<Basis> = fc.record({
  reasoning: hostileText,
  confidence: fc.oneof(fc.constantFrom("high", "low", ""), hostileText),
  citations: fc.array(
    fc.record({ url: hostileUrl, title: hostileText, excerpts: fc.constant<readonly string[]>([]) }),
    { maxLength: 5 },
  ),
});

/** @param maxFields conditions and enrichments each */
export function hostileCandidate(maxFields: number): fc.Arbitrary<Candidate> {
  return fc.record({
    id: hostileText,
    name: hostileText,
    url: hostileUrl,
    description: hostileText,
    matchStatus: fc.oneof(fc.constantFrom("matched", "unmatched"), hostileText),
    conditions: fc.array(
      fc.record({
        name: hostileText,
        value: hostileText,
        isMatched: fc.constantFrom(true, false, null),
        basis: fc.option(basis),
      }),
      { maxLength: maxFields },
    ),
    enrichments: fc.array(fc.record({ name: hostileText, value: hostileText, basis: fc.option(basis) }), {
      maxLength: maxFields,
    }),
  });
}
