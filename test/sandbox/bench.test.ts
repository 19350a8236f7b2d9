import { describe, expect, it } from "vitest";
import { figure, isMet, quantile } from "../../src/sandbox/bench/benchmark.ts";
import { candidateOf, conditionsOf } from "../../src/sandbox/bench/candidates.ts";
import { BENCHMARKS } from "../../src/sandbox/bench/catalog.ts";
import { GROWTH } from "../../src/sandbox/bench/growth.ts";
import { isGreen, jsonOf, type Result, summaryOf, textOf } from "../../src/sandbox/bench/report.ts";
import { quantileBetween, readMetricsText } from "../../src/sandbox/bench/scrape.ts";
import { createFakeRun } from "../../src/sandbox/fake-findall/run.ts";

const result = (...figures: ReturnType<typeof figure>[]): Result => {
  const [benchmark] = BENCHMARKS;
  if (!benchmark) throw new Error("no benchmark");
  return { benchmark, seconds: 1, outcome: { figures }, failure: null };
};

describe("the benchmarks", () => {
  it("have names of their own, and end in about a quarter of an hour", () => {
    const all = [...BENCHMARKS, ...GROWTH].map(({ name }) => name);
    expect(new Set(BENCHMARKS.map(({ name }) => name)).size).toBe(BENCHMARKS.length);
    for (const name of all) expect(name).toMatch(/^[a-z-]+$/);
    expect(BENCHMARKS.reduce((sum, { takes }) => sum + takes, 0)).toBeLessThanOrEqual(15 * 60);
    expect(GROWTH.reduce((sum, { takes }) => sum + takes, 0)).toBeLessThanOrEqual(15 * 60);
  });

  it("are red when a bound is missed or nothing could be measured, and say which", () => {
    const good = result(figure("a", 3, "", { atMost: 3 }), figure("b", 3, "", { atLeast: 3 }), figure("c", 9, ""));
    const bad = result(figure("a", 3.1, "ms", { atMost: 3 }));
    const never = result(figure("a", Number.NaN, "s", { atMost: 3 }));
    const broken: Result = { ...good, outcome: null, failure: "no redis-server" };
    expect([good, bad, never, broken].map(isGreen)).toEqual([true, false, false, false]);
    expect(summaryOf([good])).toBe("All green: 2 of 2 bounds kept in 1 benchmarks.");
    expect(summaryOf([good, bad])).toBe("2 of 3 bounds kept in 2 benchmarks; missed: ack.");
    expect(textOf(bad)).toMatch(/FAIL {2}a +3\.10 ms +at most 3 ms/);
    expect(textOf(never)).toMatch(/FAIL {2}a +never/);
    expect(textOf(broken)).toContain("could not be measured: no redis-server");
    expect(JSON.parse(jsonOf([good, bad]))).toMatchObject({ ok: false, benchmarks: [{ ok: true }, { ok: false }] });
  });

  it("take quantiles that really occurred", () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([0.5, 0.95, 0.99, 1].map((share) => quantile(hundred, share))).toEqual([50, 95, 99, 100]);
    expect(quantile([7], 0.99)).toBe(7);
    expect(isMet(figure("of nothing", quantile([], 0.5), "ms", { atMost: 1 }))).toBe(false);
  });

  it("read a histogram between two looks at /metrics", () => {
    const at = (fast: number, slow: number) =>
      readMetricsText(
        [
          `lag_bucket{le="0.1"} ${fast}`,
          `lag_bucket{le="0.5"} ${fast + slow}`,
          `lag_bucket{le="+Inf"} ${fast + slow}`,
        ].join("\n"),
      );
    expect(quantileBetween(at(1_000, 0), at(1_090, 10), "lag", 0.9)).toBeCloseTo(0.1);
    expect(quantileBetween(at(1_000, 0), at(1_090, 10), "lag", 0.95)).toBeCloseTo(0.3);
    expect(at(2, 3).total("lag_bucket")).toBe(12);
  });

  it("use candidates of the size that Parallel's have", () => {
    const run = createFakeRun("run_size", { matchConditions: conditionsOf("full"), matchLimit: null }, Date.now);
    run.matchMany(20, (index) => candidateOf(index, "full"));
    const each = JSON.stringify(run.resultBody()).length / 20;
    expect(each).toBeGreaterThan(11_000);
    expect(each).toBeLessThan(14_000);
    expect(candidateOf(3, "full")).toEqual(candidateOf(3, "full"));
  });
});
