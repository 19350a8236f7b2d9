import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Candidate } from "../../src/domain/candidate.ts";
import { countConditionFailures, diffCandidates, isKnownMatched, knownState } from "../../src/domain/diff.ts";
import { testCandidate } from "../support/store.ts";

/** What is known after a poll, as the commit writes it. */
function knownAfter(before: ReadonlyMap<string, string>, seen: readonly Candidate[]): Map<string, string> {
  const known = new Map(before);
  const changes = diffCandidates(before, seen);
  for (const candidate of Object.values(changes).flat() as Candidate[]) known.set(candidate.id, knownState(candidate));
  return known;
}

const idsOf = (changes: ReturnType<typeof diffCandidates>) =>
  Object.fromEntries(Object.entries(changes).map(([name, list]) => [name, list.map((each: Candidate) => each.id)]));
const NONE = { matched: [], rematched: [], enriched: [], withdrawn: [] };

describe("what changed between two looks at a run", () => {
  const a = testCandidate("a");
  const withdrawn = testCandidate("a", { matchStatus: "unmatched" });

  it("tells a new match once, and nothing of what never matched", () => {
    expect(idsOf(diffCandidates(new Map(), [a, testCandidate("b", { matchStatus: "generated" })]))).toEqual({
      ...NONE,
      matched: ["a"],
    });
    expect(idsOf(diffCandidates(knownAfter(new Map(), [a]), [a]))).toEqual(NONE);
  });

  it("tells a withdrawn match, and one that matches again", () => {
    const known = knownAfter(new Map(), [a]);
    expect(idsOf(diffCandidates(known, [withdrawn]))).toEqual({ ...NONE, withdrawn: ["a"] });
    const after = knownAfter(known, [withdrawn]);
    expect(idsOf(diffCandidates(after, [withdrawn]))).toEqual(NONE);
    expect(idsOf(diffCandidates(after, [a]))).toEqual({ ...NONE, rematched: ["a"] });
  });

  it("does not take a missing candidate for a withdrawn one", () => {
    expect(idsOf(diffCandidates(knownAfter(new Map(), [a]), []))).toEqual(NONE);
  });

  it("tells new content of a match, but not another order of the same fields", () => {
    const [ceo, city] = [
      { name: "ceo", value: "Ada", basis: null },
      { name: "city", value: "Oslo", basis: null },
    ];
    const known = knownAfter(new Map(), [testCandidate("a", { enrichments: [ceo, city] })]);
    expect(idsOf(diffCandidates(known, [testCandidate("a", { enrichments: [city, ceo] })]))).toEqual(NONE);
    expect(idsOf(diffCandidates(known, [testCandidate("a", { enrichments: [ceo] })]))).toEqual({
      ...NONE,
      enriched: ["a"],
    });
  });

  it("is not misled by a status that only looks like a match", () => {
    expect(isKnownMatched(knownState(testCandidate("a", { matchStatus: "matched|really" })))).toBe(false);
  });

  it("tells each candidate as a match exactly once, whatever the order and history of the results", () => {
    const row = fc.record({
      id: fc.constantFrom("a", "b", "c", "__proto__", "constructor"),
      matchStatus: fc.constantFrom("matched", "unmatched", "generated", "matched|x"),
      name: fc.string({ maxLength: 3, unit: "binary" }),
    });
    const results = fc.array(fc.uniqueArray(row, { selector: (each) => each.id }), { maxLength: 8 });
    fc.assert(
      fc.property(results, (polls) => {
        let known = new Map<string, string>();
        const told: string[] = [];
        const everMatched = new Set<string>();
        for (const poll of polls) {
          const seen = poll.map((each) => testCandidate(each.id, each));
          told.push(...diffCandidates(known, seen).matched.map((each) => each.id));
          for (const each of seen) if (each.matchStatus === "matched") everMatched.add(each.id);
          known = knownAfter(known, seen);
          for (const each of seen) {
            expect(isKnownMatched(known.get(each.id) ?? "")).toBe(each.matchStatus === "matched");
          }
          expect(idsOf(diffCandidates(known, seen))).toEqual(NONE);
        }
        expect([...told].sort()).toEqual([...everMatched].sort());
      }),
    );
  });
});

describe("which condition most candidates failed", () => {
  it("counts what was judged, most failed first, and leaves out what was not", () => {
    const judged = (name: string, isMatched: boolean | null) => ({ name, value: "", isMatched, basis: null });
    const rows = [
      testCandidate("a", { conditions: [judged("small", true), judged("green", false)] }),
      testCandidate("b", { conditions: [judged("small", false), judged("green", false), judged("old", null)] }),
    ];
    expect(countConditionFailures(rows)).toEqual([
      { name: "green", failed: 2, judged: 2 },
      { name: "small", failed: 1, judged: 2 },
    ]);
  });
});
