import { expect, test } from "vitest";
import type { Snapshot } from "../../src/domain/candidate.ts";
import { readRun } from "../../src/findall/read-run.ts";
import { readSnapshot } from "../../src/findall/read-snapshot.ts";
import { fixture, fixtureText } from "./fixture.ts";

const ID = "findall_40e0ab8c10754be0b7a16477abb38a2f";

function read(name: string): Snapshot {
  return readSnapshot(Buffer.from(fixtureText(name)), ID);
}

function outline({ run, candidates }: Snapshot) {
  return {
    run: [run.status, run.isActive, run.terminationReason, run.generated, run.matched],
    rows: candidates.map(({ matchStatus }) => matchStatus).sort(),
  };
}

test("a queued run has no candidates yet", () => {
  expect(outline(read("result-queued"))).toEqual({ run: ["queued", true, null, 0, 0], rows: [] });
});

test("a running result keeps matched, unmatched and generated rows apart", () => {
  const snapshot = read("result-running-1");
  expect(outline(snapshot)).toEqual({
    run: ["running", true, null, 3, 1],
    rows: ["generated", "matched", "unmatched"],
  });
  expect(snapshot.run).toEqual({
    id: ID,
    status: "running",
    isActive: true,
    terminationReason: null,
    generated: 3,
    matched: 1,
    generator: "core",
    createdAt: "2025-11-03T20:47:21.580909Z",
    modifiedAt: "2025-11-03T20:47:22.024269Z",
  });
  expect(snapshot.candidates[0]).toEqual({
    id: "candidate_a062dd17-d77a-4b1b-ad0e-de113e82f838",
    name: "Tern Robotics",
    url: "https://www.ternrobotics.example",
    description: "Builds general purpose warehouse humanoids",
    matchStatus: "matched",
    conditions: [
      {
        name: "portfolio_check",
        value: "Led the Series B round",
        isMatched: true,
        basis: {
          reasoning: "Several funding announcements name the fund as lead investor.",
          confidence: "high",
          citations: [
            {
              url: "https://example.org/profile/portfolio_check",
              title: "Company profile",
              excerpts: ["Short passage quoted from the source page ..."],
            },
          ],
        },
      },
      expect.objectContaining({ name: "founded_after_2020_check", value: "2022", isMatched: true }),
    ],
    enrichments: [],
  });
});

test("a field without a basis has none, and empty citations stay empty", () => {
  const unmatched = read("result-running-1").candidates[1];
  expect(unmatched?.conditions).toMatchObject([
    { name: "portfolio_check", isMatched: true, basis: null },
    { name: "founded_after_2020_check", isMatched: false, basis: { citations: [] } },
  ]);
});

test("a later result has its rows in the order in which they came", () => {
  const snapshot = read("result-running-2");
  expect(outline(snapshot).run).toEqual(["running", true, null, 4, 2]);
  expect(snapshot.candidates.map(({ name }) => name)).toEqual([
    "Kestrel Fuels",
    "Tern Robotics",
    "Osprey & Sons <Labs>",
    "Plover Video",
  ]);
});

test("a citation with null title and null excerpts is a bare page", () => {
  const osprey = read("result-running-2").candidates[2];
  expect(osprey?.url).toBe("ospreylabs.example");
  expect(osprey?.conditions[1]?.basis?.citations).toEqual([
    { url: "https://example.org/osprey", title: "", excerpts: [] },
  ]);
});

test("explicit nulls are the same as missing fields", () => {
  const snapshot = read("result-running-explicit-nulls");
  expect(outline(snapshot)).toEqual({ run: ["running", true, null, 1, 0], rows: ["generated"] });
  expect(snapshot.candidates[0]).toMatchObject({ description: "", conditions: [], enrichments: [] });
});

test("a bare string of a condition is its value, and whether it matched is unknown", () => {
  const snapshot = read("result-openapi-style-bare-strings");
  expect(outline(snapshot)).toEqual({ run: ["running", true, null, 1, 1], rows: ["matched"] });
  expect(snapshot.candidates[0]?.enrichments).toEqual([]);
  expect(snapshot.candidates[0]?.conditions).toMatchObject([
    { name: "developing_ai_products_check", value: "yes", isMatched: null, basis: { confidence: "high" } },
    { name: "raised_series_a_2024_check", value: "yes", isMatched: null, basis: { confidence: "low" } },
  ]);
});

test("enrichments are told from conditions, and lists become compact JSON", () => {
  const snapshot = read("result-completed-enriched");
  expect(outline(snapshot)).toEqual({
    run: ["completed", false, "match_limit_met", 8, 5],
    rows: ["matched", "matched", "unmatched"],
  });
  expect(snapshot.candidates[0]?.conditions).toHaveLength(2);
  expect(snapshot.candidates[0]?.enrichments).toMatchObject([
    { name: "ceo_name", value: "Ada Example", basis: { reasoning: "Team page names the CEO." } },
    { name: "offices", value: '["Berlin","Oslo"]', basis: null },
  ]);
});

test("a run that is active again may still carry the reason of its last end", () => {
  expect(outline(read("result-requeued-by-extend-or-enrich")).run).toEqual(["running", true, "match_limit_met", 8, 5]);
});

test("a run that met its match limit is over", () => {
  expect(outline(read("result-completed-match-limit"))).toEqual({
    run: ["completed", false, "match_limit_met", 8, 5],
    rows: ["matched", "matched", "unmatched"],
  });
});

test("a run whose candidates are exhausted is over", () => {
  expect(outline(read("result-completed-candidates-exhausted")).run).toEqual([
    "completed",
    false,
    "candidates_exhausted",
    31,
    2,
  ]);
});

test("a run without any match is a normal end", () => {
  expect(outline(read("result-completed-low-match-rate-zero"))).toEqual({
    run: ["completed", false, "low_match_rate", 60, 0],
    rows: ["unmatched"],
  });
});

test("a run that ran out of funds keeps its match", () => {
  expect(outline(read("result-completed-insufficient-funds"))).toEqual({
    run: ["completed", false, "insufficient_funds", 12, 1],
    rows: ["matched", "unmatched"],
  });
});

test("a failed run is over", () => {
  expect(outline(read("result-failed-error"))).toEqual({
    run: ["failed", false, "error_occurred", 2, 0],
    rows: ["unmatched"],
  });
});

test("a run that timed out keeps its match", () => {
  expect(outline(read("result-failed-timeout"))).toEqual({
    run: ["failed", false, "timeout", 40, 1],
    rows: ["matched", "unmatched"],
  });
});

test("a cancelled run keeps its match and the row nobody judged", () => {
  expect(outline(read("result-cancelled"))).toEqual({
    run: ["cancelled", false, "user_cancelled", 3, 1],
    rows: ["generated", "matched", "unmatched"],
  });
});

test("a run that asks for action is not active and has no reason", () => {
  expect(outline(read("result-action-required"))).toEqual({
    run: ["action_required", false, null, 4, 1],
    rows: ["matched"],
  });
});

test("a flat result without the run wrapper is read all the same", () => {
  expect(outline(read("result-old-quickstart-flat"))).toEqual({
    run: ["completed", false, null, 8, 5],
    rows: ["matched"],
  });
});

test("the body of the run endpoint is a run", () => {
  expect(readRun(fixture("run-running"), ID)).toEqual(read("result-running-1").run);
});
