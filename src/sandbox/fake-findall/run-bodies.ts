import type { WireRun, WireRunResult } from "../../findall/wire.ts";
import type { FakeRunQuirks } from "./run.ts";
import { matchedRows, type State } from "./run-state.ts";

export const ACTIVE: ReadonlySet<string> = new Set(["queued", "running", "cancelling"]);
export function runBody(id: string, state: State, quirks: FakeRunQuirks, createdMicros: number): WireRun {
  return {
    findall_id: id,
    status: {
      status: state.status,
      is_active: ACTIVE.has(state.status),
      metrics: {
        generated_candidates_count: quirks.metrics?.generated ?? state.rows.length,
        matched_candidates_count: quirks.metrics?.matched ?? matchedRows(state).length,
      },
      ...(state.reason === null ? {} : { termination_reason: state.reason }),
    },
    generator: state.spec.generator ?? "core",
    metadata: {},
    created_at: rfc3339(createdMicros),
    ...(quirks.modifiedAt === "missing" ? {} : { modified_at: rfc3339(state.modifiedMicros) }),
  };
}

export function resultBody(
  id: string,
  state: State,
  quirks: FakeRunQuirks,
  createdMicros: number,
  lastEventId: string | null,
  random: () => number,
): WireRunResult {
  return {
    run: runBody(id, state, quirks, createdMicros),
    candidates: quirks.reorder ? shuffled(state.rows, random) : [...state.rows],
    last_event_id: lastEventId,
  };
}

export function rawRun(result: unknown): unknown {
  if (typeof result !== "object" || result === null) return result;
  if ("run" in result) return result.run;
  return result;
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [result[last], result[other]] = [result[other] as T, result[last] as T];
  }
  return result;
}

/** RFC 3339 with microseconds, as the vendor writes times. */
function rfc3339(micros: number): string {
  const ms = Math.floor(micros / 1000);
  const rest = String(Math.floor(micros - ms * 1000)).padStart(3, "0");
  return new Date(ms).toISOString().replace("Z", `${rest}Z`);
}
