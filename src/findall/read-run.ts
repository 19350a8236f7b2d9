import { z } from "zod";
import type { Run, RunSpec } from "../domain/run.ts";
import { FindAllError } from "./error.ts";
import { countOrNull, flagOrNull, isObject, listOf, textOf, textOrNull } from "./foreign-value.ts";
import type { Untrusted, WireMatchCondition, WireMetrics, WireRun, WireRunStatus, WireSchema } from "./wire.ts";

/** Statuses that mean the run goes on (findall-api, "Status"); asked only when `is_active` itself is missing. */
const ACTIVE_STATUSES: ReadonlySet<string> = new Set(["queued", "running", "cancelling"]);

const anything = z.unknown().optional();
const text = anything.transform(textOf);
const textOrNothing = anything.transform(textOrNull);
const count = anything.transform((value) => countOrNull(value) ?? 0);

const metricsShape = z.object({
  generated_candidates_count: count,
  matched_candidates_count: count,
} satisfies Untrusted<WireMetrics>);

const statusShape = z
  .object({
    status: text,
    is_active: anything.transform(flagOrNull),
    metrics: anything.transform((value) => (isObject(value) ? value : {})).pipe(metricsShape),
    termination_reason: textOrNothing,
  } satisfies Untrusted<WireRunStatus>)
  // A status that says nothing would read as the end of the run.
  .refine(({ status, is_active }) => status !== "" || is_active !== null, "says nothing");

const runShape = z.object({
  // A bare status is in no generation of the documentation, but costs nothing to understand.
  status: z.preprocess((value) => (typeof value === "string" ? { status: value } : value), statusShape),
  generator: textOrNothing,
  created_at: textOrNothing,
  modified_at: textOrNothing,
} satisfies Untrusted<WireRun>);

/**
 * Reads the body of `GET …/runs/{id}`, or the `run` inside a result.
 *
 * A missing `is_active` is derived from the status: only queued, running and cancelling are active. Missing counts are 0,
 * as the API's schema has it.
 * @param id the id that was asked for; it, and not the body, names the run, since all our state is kept under it
 * @throws FindAllError `unreadable` when the body is no run of the current API, e.g. one of the old V0 API
 */
export function readRun(body: unknown, id: string): Run {
  if (isV0Run(body)) {
    throw new FindAllError(
      "unreadable",
      "this run was made with the old FindAll API (V0), whose results cannot be read",
    );
  }
  const parsed = runShape.safeParse(body);
  if (!parsed.success) throw new FindAllError("unreadable", `the answer is not a FindAll run (${where(parsed.error)})`);
  const { status, generator, created_at, modified_at } = parsed.data;
  return {
    id,
    status: status.status,
    isActive: status.is_active ?? ACTIVE_STATUSES.has(status.status),
    terminationReason: status.termination_reason,
    generated: status.metrics.generated_candidates_count,
    matched: status.metrics.matched_candidates_count,
    generator,
    createdAt: created_at,
    modifiedAt: modified_at,
  };
}

/**
 * Reads the body of `GET …/schema`.
 * @throws FindAllError `unreadable` when the body has nothing of a FindAll schema
 */
export function readSpec(body: unknown): RunSpec {
  const fields: Untrusted<WireSchema> = isObject(body) ? body : {};
  const { objective, entity_type, match_conditions, match_limit } = fields;
  if (objective === undefined && entity_type === undefined && match_conditions === undefined) {
    throw new FindAllError("unreadable", "the answer is not a FindAll schema");
  }
  return {
    objective: textOf(objective),
    entityType: textOf(entity_type),
    matchConditions: listOf(match_conditions).map(readMatchCondition),
    matchLimit: countOrNull(match_limit),
  };
}

/** V0 runs are still answered by the run endpoint, with another body (findall-api, "Endpoints"). */
function isV0Run(body: unknown): boolean {
  if (!isObject(body) || isObject(body.status)) return false;
  return "are_enrichments_active" in body || ("is_active" in body && "results" in body);
}

function readMatchCondition(value: unknown): RunSpec["matchConditions"][number] {
  if (!isObject(value)) return { name: textOf(value), description: "" };
  const { name, description }: Untrusted<WireMatchCondition> = value;
  return { name: textOf(name), description: textOf(description) };
}

function where(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue === undefined ? "unknown shape" : `${issue.path.join(".") || "body"}: ${issue.message}`;
}
