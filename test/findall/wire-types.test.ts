import type {
  FindAllCandidate,
  FindAllCandidateMetrics,
  FindAllRun,
  FindAllRunResult,
  FindAllRunStatus,
  FindAllSchema,
} from "parallel-web/resources/beta/findall";
import type { Citation, FieldBasis } from "parallel-web/resources/task-run";
import { expectTypeOf, test } from "vitest";
import type {
  WireCandidate,
  WireCitation,
  WireFieldBasis,
  WireMetrics,
  WireRun,
  WireRunResult,
  WireRunStatus,
  WireSchema,
} from "../../src/findall/wire.ts";

// Checked by the compiler; at run time these say nothing.

test("whatever the official SDK promises fits our wire types", () => {
  expectTypeOf<FindAllRunResult>().toExtend<WireRunResult>();
  expectTypeOf<FindAllRun>().toExtend<WireRun>();
  expectTypeOf<Omit<FindAllSchema, "enrichments">>().toExtend<Omit<WireSchema, "enrichments">>();
});

test("our wire types have exactly the fields of the official SDK", () => {
  expectTypeOf<keyof WireRunResult>().toEqualTypeOf<keyof FindAllRunResult>();
  expectTypeOf<keyof WireRun>().toEqualTypeOf<keyof FindAllRun>();
  expectTypeOf<keyof WireRunStatus>().toEqualTypeOf<keyof FindAllRunStatus>();
  expectTypeOf<keyof WireMetrics>().toEqualTypeOf<keyof FindAllCandidateMetrics>();
  expectTypeOf<keyof WireCandidate>().toEqualTypeOf<keyof FindAllCandidate>();
  expectTypeOf<keyof WireFieldBasis>().toEqualTypeOf<keyof FieldBasis>();
  expectTypeOf<keyof WireCitation>().toEqualTypeOf<keyof Citation>();
  expectTypeOf<keyof WireSchema>().toEqualTypeOf<keyof FindAllSchema>();
});

test("apart from the open enums, our wire types fit where the official SDK's are asked for", () => {
  expectTypeOf<Omit<WireCandidate, "match_status">>().toExtend<Omit<FindAllCandidate, "match_status">>();
  expectTypeOf<WireMetrics>().toExtend<FindAllCandidateMetrics>();
  expectTypeOf<WireFieldBasis>().toExtend<FieldBasis>();
});
