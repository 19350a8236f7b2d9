import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Candidate, ConditionResult } from "../../src/domain/candidate.ts";
import { type Filter, hostOf, isFiltering, passesFilter } from "../../src/domain/filter.ts";
import { CONFIDENCES } from "../../src/domain/settings.ts";
import { testCandidate } from "../support/store.ts";

const OPEN: Filter = { minConfidence: null, condition: null, excludedDomains: [] };

const judged = (name: string, confidence: string | null, fields: Partial<ConditionResult> = {}): ConditionResult => ({
  name,
  value: "yes",
  isMatched: true,
  basis: confidence === null ? null : { reasoning: "", confidence, citations: [] },
  ...fields,
});

const passes = (fields: Partial<Candidate>, filter: Partial<Filter>) =>
  passesFilter(testCandidate("a", fields), { ...OPEN, ...filter });

describe("a filter", () => {
  it("that says nothing lets everything through", () => {
    expect(isFiltering(OPEN)).toBe(false);
    expect(passes({ url: "not an address", conditions: [] }, {})).toBe(true);
  });

  it("on confidence goes by the weakest match condition", () => {
    const conditions = [judged("one", "high"), judged("two", "medium")];
    expect(passes({ conditions }, { minConfidence: "medium" })).toBe(true);
    expect(passes({ conditions }, { minConfidence: "high" })).toBe(false);
  });

  it("on confidence counts what is missing or unknown as not reached, whatever is asked", () => {
    for (const minConfidence of CONFIDENCES) {
      expect(passes({ conditions: [] }, { minConfidence })).toBe(false);
      expect(passes({ conditions: [judged("one", "high"), judged("two", null)] }, { minConfidence })).toBe(false);
      expect(passes({ conditions: [judged("one", "certain")] }, { minConfidence })).toBe(false);
    }
    expect(passes({ conditions: [judged("one", "HIGH")] }, { minConfidence: "high" })).toBe(true);
  });

  it("on confidence lets less through the more it asks", () => {
    const any = fc.array(fc.constantFrom("low", "medium", "high", "", "other"), { maxLength: 4 });
    fc.assert(
      fc.property(any, (grades) => {
        const conditions = grades.map((grade, index) => judged(`c${index}`, grade));
        const through = CONFIDENCES.map((minConfidence) => passes({ conditions }, { minConfidence }));
        expect(through).toEqual([...through].sort().reverse());
      }),
    );
  });

  it("on a condition asks that it is met, or that its value has the text, in any case", () => {
    const conditions = [judged("in_europe_check", null, { value: "Oslo, Norway" })];
    expect(passes({ conditions }, { condition: { name: "in europe", contains: null } })).toBe(true);
    expect(passes({ conditions }, { condition: { name: "in_europe_check", contains: "norway" } })).toBe(true);
    expect(passes({ conditions }, { condition: { name: "in_europe_check", contains: "sweden" } })).toBe(false);
    expect(passes({ conditions }, { condition: { name: "another", contains: null } })).toBe(false);
    const failed = [judged("in_europe_check", null, { isMatched: false })];
    expect(passes({ conditions: failed }, { condition: { name: "in_europe_check", contains: null } })).toBe(false);
  });

  it("on a condition also finds the text in an enrichment of that name, which may arrive later", () => {
    const filter = { condition: { name: "ceo_name", contains: "ada" } };
    expect(passes({}, filter)).toBe(false);
    expect(passes({ enrichments: [{ name: "ceo_name", value: "Ada Example", basis: null }] }, filter)).toBe(true);
  });

  it("on domains leaves out the host and what is below it, and nothing that merely looks like it", () => {
    const filter = { excludedDomains: ["example.com"] };
    for (const url of ["https://example.com", "http://www.example.com/a", "Shop.Example.com:8080/x", "example.com."]) {
      expect(passes({ url }, filter), url).toBe(false);
    }
    for (const url of [
      "https://badexample.com",
      "https://example.com.evil.org",
      "https://e.org/example.com",
      "",
      "?",
    ]) {
      expect(passes({ url }, filter), url).toBe(true);
    }
  });

  it("takes the host of any text without throwing", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const host = hostOf(text);
        expect(host === null || host === host.toLowerCase()).toBe(true);
      }),
    );
  });
});
