import { expect, test } from "vitest";
import { FindAllError } from "../../src/findall/error.ts";
import { readRun, readSpec } from "../../src/findall/read-run.ts";

function errorOf(read: () => unknown): FindAllError {
  try {
    read();
  } catch (error) {
    if (error instanceof FindAllError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

test("unknown statuses, reasons and generators are kept as they are", () => {
  const status = { status: "paused", is_active: false, metrics: {}, termination_reason: "quota_exceeded" };
  expect(readRun({ status, generator: "ultra" }, "r")).toMatchObject({
    status: "paused",
    terminationReason: "quota_exceeded",
    generator: "ultra",
  });
});

test.each([
  ["queued", true],
  ["running", true],
  ["cancelling", true],
  ["action_required", false],
  ["completed", false],
  ["something new", false],
])("without is_active, a run that is %s counts as active: %s", (status, isActive) => {
  expect(readRun({ status: { status, metrics: {} } }, "r").isActive).toBe(isActive);
});

test("is_active decides, whatever the status says", () => {
  expect(readRun({ status: { status: "running", is_active: false } }, "r").isActive).toBe(false);
  expect(readRun({ status: { status: "completed", is_active: true } }, "r").isActive).toBe(true);
});

test("everything that can be missing may be missing", () => {
  expect(readRun({ status: { status: "running" } }, "r")).toEqual({
    id: "r",
    status: "running",
    isActive: true,
    terminationReason: null,
    generated: 0,
    matched: 0,
    generator: null,
    createdAt: null,
    modifiedAt: null,
  });
});

test("counts of another type are read as counts or as nothing", () => {
  const metrics = { generated_candidates_count: "12", matched_candidates_count: -3 };
  expect(readRun({ status: { status: "running", metrics } }, "r")).toMatchObject({ generated: 12, matched: 0 });
});

test("the id that was asked for names the run", () => {
  expect(readRun({ findall_id: "another", status: "running" }, "mine").id).toBe("mine");
});

test("a V0 run is refused in words a person understands", () => {
  const error = errorOf(() => readRun({ is_active: true, are_enrichments_active: false, results: [] }, "r"));
  expect(error).toMatchObject({ code: "unreadable" });
  expect(error.detail).toContain("V0");
});

test.each([null, 5, "text", [], {}, { status: null }, { status: {} }, { status: 7 }])("%j is no run", (body) => {
  expect(errorOf(() => readRun(body, "r")).code).toBe("unreadable");
});

test("the schema says what the run looks for", () => {
  const body = {
    objective: "Find all",
    entity_type: "companies",
    match_conditions: [{ name: "a_check", description: "A" }],
    match_limit: 50,
    enrichments: null,
  };
  expect(readSpec(body)).toEqual({
    objective: "Find all",
    entityType: "companies",
    matchConditions: [{ name: "a_check", description: "A" }],
    matchLimit: 50,
  });
});

test("a schema with missing and odd parts is read as far as it goes", () => {
  expect(readSpec({ objective: null, match_conditions: ["a_check", { name: 5 }, null] })).toEqual({
    objective: "",
    entityType: "",
    matchConditions: [
      { name: "a_check", description: "" },
      { name: "5", description: "" },
      { name: "", description: "" },
    ],
    matchLimit: null,
  });
});

test.each([null, [], {}, "text", { error: {} }])("%j is no schema", (body) => {
  expect(errorOf(() => readSpec(body)).code).toBe("unreadable");
});
