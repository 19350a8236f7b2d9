import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyEvents, candidatesIn, matchCounter, type RunEvent } from "../../src/domain/news.ts";
import { testCandidate } from "../support/store.ts";

const found = (name: string, value: string) => ({ name, value, basis: null });
const judged = (id: string, fields: Parameters<typeof testCandidate>[1] = {}): RunEvent => ({
  kind: "judged",
  candidate: testCandidate(id, fields),
});
const enriched = (id: string, name: string, value: string): RunEvent => ({
  kind: "enriched",
  candidate: testCandidate(id, { name: "", matchStatus: "", enrichments: [found(name, value)] }),
});
const respecified: RunEvent = {
  kind: "respecified",
  spec: { objective: "o", entityType: "e", matchConditions: [], enrichments: [], matchLimit: 5, generator: "core" },
} as unknown as RunEvent;
const none = new Map<string, never>();

describe("what events say of candidates", () => {
  it("takes a judgement as it is, and the later of two", () => {
    expect(applyEvents(none, [judged("a", { name: "First" }), judged("a", { name: "Second" })])).toEqual([
      testCandidate("a", { name: "Second" }),
    ]);
  });

  it("adds what was looked up to what is known, and changes nothing else", () => {
    const known = new Map([["a", testCandidate("a", { name: "Tern", enrichments: [found("ceo", "Ada")] })]]);
    expect(applyEvents(known, [enriched("a", "city", "Oslo"), enriched("a", "ceo", "Bo")])).toEqual([
      testCandidate("a", { name: "Tern", enrichments: [found("ceo", "Bo"), found("city", "Oslo")] }),
    ]);
  });

  it("leaves out what was looked up for a candidate that nobody has judged", () => {
    expect(applyEvents(none, [enriched("a", "city", "Oslo")])).toEqual([]);
  });

  it("keeps what was looked up when a judgement says nothing of it, and the conditions when it names none", () => {
    const condition = { name: "c", isMatched: true, value: "yes", basis: null };
    const before = testCandidate("a", { conditions: [condition], enrichments: [found("ceo", "Ada")] } as never);
    const [after] = applyEvents(new Map([["a", before]]), [judged("a", { matchStatus: "unmatched" })]);
    expect(after).toEqual({ ...before, matchStatus: "unmatched" });
  });

  it("keeps name, link and description when a judgement says nothing of them", () => {
    const texts = { name: "Tern", url: "https://tern.example", description: "Builds robots" };
    const known = new Map([["a", testCandidate("a", texts)]]);
    const bare = judged("a", { name: "", url: "", description: "", matchStatus: "unmatched" });
    expect(applyEvents(known, [bare])).toEqual([testCandidate("a", { ...texts, matchStatus: "unmatched" })]);
    expect(applyEvents(known, [judged("a", { name: "Tern AS" })])).toMatchObject([{ ...texts, name: "Tern AS" }]);
  });

  it("tells candidates in the order of their last judgement, each once", () => {
    const events = [judged("a"), judged("b"), respecified, enriched("b", "city", "Oslo"), judged("a")];
    expect(applyEvents(none, events).map(({ id }) => id)).toEqual(["b", "a"]);
    expect(candidatesIn(events)).toEqual(["a", "b"]);
  });

  it("comes to the same when events are told again, one by one or all of them", () => {
    const id = fc.constantFrom("a", "b", "c");
    const event = fc.oneof(
      fc.tuple(id, fc.constantFrom("matched", "unmatched")).map(([of, matchStatus]) => judged(of, { matchStatus })),
      fc.tuple(id, fc.constantFrom("ceo", "city"), fc.constantFrom("x", "y")).map((each) => enriched(...each)),
    );
    const stateOf = (events: readonly RunEvent[], known = new Map()) => {
      const after = new Map(known);
      for (const candidate of applyEvents(known, events)) after.set(candidate.id, candidate);
      return new Map([...after].sort());
    };
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const once = stateOf(events);
        expect(stateOf(events.flatMap((each) => [each, each]))).toEqual(once);
        // What was looked up before the first judgement is known only once that has been read.
        expect(stateOf(events, stateOf(events, once))).toEqual(stateOf(events, once));
      }),
    );
  });

  it("counts matches as they come and go, a candidate once", () => {
    const count = matchCounter(["a"]);
    const events = [judged("a"), judged("b"), judged("b"), respecified, judged("a", { matchStatus: "unmatched" })];
    expect(events.map(count)).toEqual([1, 2, 2, 2, 1]);
  });
});
