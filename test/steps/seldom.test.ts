import { describe, expect, it } from "vitest";
import { createSeldom } from "../../src/steps/seldom.ts";

describe("what happens again and again", () => {
  it("is said at once, then once in a while with the number of times it was not", () => {
    const seldom = createSeldom(1_000);
    expect([0, 10, 500, 999, 1_000, 1_001, 2_000].map((now) => seldom("a", now))).toEqual([
      0,
      null,
      null,
      null,
      3,
      null,
      1,
    ]);
  });

  it("keeps nothing else from being said", () => {
    const seldom = createSeldom(1_000);
    expect([seldom("a", 0), seldom("b", 1), seldom("a", 2)]).toEqual([0, 0, null]);
  });

  it("is said again when the clock was set back", () => {
    const seldom = createSeldom(1_000);
    expect([seldom("a", 5_000), seldom("a", 0), seldom("a", 1)]).toEqual([0, 0, null]);
  });
});
