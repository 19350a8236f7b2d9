import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { fileNameOf } from "../../src/export/file-name.ts";
import { jsonOf } from "../../src/export/json.ts";
import type { ExportRow, ExportSubject } from "../../src/export/rows.ts";
import { ANA, BEN, REVIEWED, row, SUBJECT } from "./examples.ts";

const parsed = async (rows: readonly ExportRow[], subject: ExportSubject = SUBJECT) =>
  JSON.parse((await jsonOf(rows, subject)).toString("utf8"));

const citation = (url: string, title: string, ...excerpts: string[]) => ({ url, title, excerpts });

describe("the JSON", () => {
  test("says everything, value by value", async () => {
    expect(await parsed([REVIEWED])).toEqual({
      schema: "findall-notifier/export",
      schema_version: 1,
      exported_at: "2026-11-23T12:00:00.000Z",
      channel: "C0RESEARCH",
      filter: "all",
      run: {
        id: SUBJECT.runId,
        status: "completed",
        is_active: false,
        termination_reason: "match_limit_met",
        generator: "core",
        generated: 212,
        matched: 12,
        created_at: "2026-11-23T10:00:00Z",
        modified_at: "2026-11-23T11:00:00Z",
        objective: "Find robotics companies founded after 2020",
        entity_type: "companies",
        match_limit: 50,
        match_conditions: [
          { name: "founded_after_2020", description: "Founded after 2020" },
          { name: "in_europe", description: "Seat in Europe" },
        ],
      },
      candidate_count: 1,
      candidates: [
        {
          id: "candidate_1",
          name: "Tern Robotics",
          url: "https://tern.example",
          description: "Warehouse humanoids, arms",
          match_status: "matched",
          withdrawn: false,
          held_back: false,
          permalink: "https://acme.slack.com/archives/C0RESEARCH/p1",
          decision: { verdict: "accepted", reviewer: BEN, decided_at: "2026-11-23T11:59:59.000Z" },
          notes: [
            { by: ANA, text: "too small\nask again", at: "2026-11-23T11:59:58.000Z" },
            { by: BEN, text: "fine", at: "2026-11-23T11:59:59.000Z" },
          ],
          history: [
            { what: "rejected", by: ANA, at: "2026-11-23T11:59:58.000Z" },
            { what: "accepted", by: BEN, at: "2026-11-23T11:59:59.000Z" },
          ],
          history_forgotten: 0,
          match_conditions: [
            {
              name: "founded_after_2020",
              value: "2021",
              is_matched: true,
              basis: {
                reasoning: 'The register says "2021".',
                confidence: "high",
                citations: [
                  citation("https://register.example/a?b=1&c=2", "Register", "entered 2021-03-04", "Tern"),
                  citation("https://news.example/tern", ""),
                ],
              },
            },
            { name: "in_europe", value: "Oslo", is_matched: null, basis: null },
          ],
          enrichments: [
            {
              name: "ceo_name",
              value: "Ada Example",
              basis: { reasoning: "Team page.", confidence: "medium", citations: [] },
            },
          ],
        },
      ],
    });
  });

  test("cuts and alters nothing", async () => {
    const odd = `=1+1\u0000\r\n\u202e"${"x".repeat(100_000)}`;
    const { candidates } = await parsed([row({ description: odd }), row({ id: "candidate_2" })]);
    expect(candidates.map(({ id }: { id: string }) => id)).toEqual(["candidate_1", "candidate_2"]);
    expect(candidates[0].description).toBe(odd);
    expect(candidates[0].decision).toBeNull();
  });

  test("says how much of a history is kept no longer", async () => {
    const { candidates } = await parsed([row({}, { review: { ...REVIEWED.review, forgotten: 7 } })]);
    expect(candidates[0]).toMatchObject({
      history: [{ what: "rejected" }, { what: "accepted" }],
      history_forgotten: 7,
    });
  });

  test("of nothing, and of a run that is kept no longer, is JSON too", async () => {
    const { candidates, run, candidate_count } = await parsed([], { ...SUBJECT, run: null, spec: null });
    expect({ candidates, candidate_count }).toEqual({ candidates: [], candidate_count: 0 });
    expect(run).toMatchObject({ id: SUBJECT.runId, status: null, match_conditions: null });
  });

  test("has every field that docs/export.md describes, and no other", async () => {
    const docs = readFileSync(path.resolve(import.meta.dirname, "../../docs/export.md"), "utf8");
    const table = docs.slice(docs.indexOf("## JSON"));
    const described = [...table.matchAll(/^\| `([a-z_.[\]]+)` \|/gm)].map(([, name]) => name);
    expect([...pathsOf(await parsed([REVIEWED]))].sort()).toEqual(described.sort());
  });

  test("has the example of docs/export.md as its output", async () => {
    const docs = readFileSync(path.resolve(import.meta.dirname, "../../docs/export.md"), "utf8");
    const example = JSON.parse(/```json\n([\s\S]*?)```/.exec(docs)?.[1] ?? "null");
    expect(example).toEqual(await parsed([REVIEWED]));
  });
});

/** The names of all fields, `candidates[].decision.verdict` like. */
function pathsOf(value: unknown, at = ""): readonly string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((each) => pathsOf(each, `${at}[]`)))];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const here = at === "" ? name : `${at}.${name}`;
    return [here, ...pathsOf(inner, here)];
  });
}

describe("the name of the file", () => {
  test("says run, filter and time, and sorts by time", () => {
    expect(fileNameOf({ ...SUBJECT, filter: "accepted" }, "csv")).toBe(
      "findall_40e0ab8c10754be0b7a16477abb38a2f-accepted-2026-11-23-1200.csv",
    );
    expect(fileNameOf(SUBJECT, "json")).toMatch(/-all-2026-11-23-1200\.json$/);
  });

  test.each(["../../etc/passwd", "a b/c\\d:e\u202e<x>", "", "x".repeat(500), "…"])(
    "is safe for the run %j",
    (runId) => {
      const name = fileNameOf({ ...SUBJECT, runId, filter: "unreviewed" }, "json");
      expect(name).toMatch(/^[A-Za-z0-9_][A-Za-z0-9_-]*\.json$/);
      expect(name.length).toBeLessThanOrEqual(80);
      expect(fileNameOf({ ...SUBJECT, runId, exportedAt: Number.NaN }, "csv").length).toBeLessThanOrEqual(80);
    },
  );
});
