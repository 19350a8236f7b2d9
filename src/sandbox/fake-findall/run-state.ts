import type { WireCandidate, WireSchema } from "../../findall/wire.ts";
import { type FakeCandidate, generatedRow, judgedRow } from "./candidate.ts";
import type { FakeRunOptions } from "./run.ts";

/** What a fake run is made of; its operations change it in place. */
export interface State {
  rows: WireCandidate[];
  status: string;
  reason: string | null;
  spec: WireSchema;
  generated: number;
  version: number;
  modifiedMicros: number;
  raw: { readonly result: unknown } | null;
}

export function startState(options: FakeRunOptions, createdMicros: number): State {
  return {
    rows: [],
    status: options.status ?? "running",
    reason: null,
    spec: {
      objective: options.objective ?? "Find all invented companies that make things",
      entity_type: options.entityType ?? "companies",
      match_conditions: [
        ...(options.matchConditions ?? [{ name: "makes_things_check", description: "The company makes things." }]),
      ],
      generator: options.generator ?? "core",
      match_limit: options.matchLimit === undefined ? 10 : options.matchLimit,
    },
    generated: 0,
    version: 0,
    modifiedMicros: createdMicros,
    raw: null,
  };
}

export function addRow(state: State, runId: string, candidate: FakeCandidate): string {
  state.generated += 1;
  const row = generatedRow(runId, state.generated, candidate);
  state.rows.push(row);
  return row.candidate_id;
}

export function judge(state: State, runId: string, candidate: string | FakeCandidate, isMatched: boolean): string {
  const wanted = typeof candidate === "string" ? {} : candidate;
  const named = typeof candidate === "string" ? candidate : candidate.id;
  const known = named !== undefined && state.rows.some((row) => row.candidate_id === named);
  if (typeof candidate === "string" && !known) throw new Error(`no candidate ${candidate} in ${runId}`);
  const id = known && named !== undefined ? named : addRow(state, runId, wanted);
  editRow(state, id, (row) => judgedRow(row, isMatched, state.spec, wanted));
  return id;
}

export function rowOf(state: State, id: string): WireCandidate {
  const row = state.rows.find((known) => known.candidate_id === id);
  if (row === undefined) throw new Error(`no candidate ${id}`);
  return row;
}

export function editRow(state: State, id: string, change: (row: WireCandidate) => WireCandidate): void {
  const row = rowOf(state, id);
  state.rows[state.rows.indexOf(row)] = change(row);
}

export function removeRow(state: State, id: string): void {
  state.rows.splice(state.rows.indexOf(rowOf(state, id)), 1);
}

export function matchedRows(state: State): WireCandidate[] {
  return state.rows.filter((row) => row.match_status === "matched");
}
