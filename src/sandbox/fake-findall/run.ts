import type { WireCandidate, WireRunResult, WireSchema } from "../../findall/wire.ts";
import { seeded } from "../seeded.ts";
import { enrichedRow, type FakeCandidate, type FakeEnrichment } from "./candidate.ts";
import { createEventLog, type FakeEvent } from "./event-log.ts";
import { ACTIVE, rawRun, resultBody, runBody } from "./run-bodies.ts";
import { addRow, editRow, judge, matchedRows, removeRow, rowOf, startState } from "./run-state.ts";

export interface FakeRunOptions {
  readonly id?: string;
  readonly objective?: string;
  readonly entityType?: string;
  readonly matchConditions?: readonly { readonly name: string; readonly description: string }[];
  readonly matchLimit?: number | null;
  readonly generator?: string;
  /** `running` unless told; `queued` waits for `start()`. */
  readonly status?: string;
  /** Belongs to another account: every endpoint answers 404. */
  readonly foreign?: boolean;
  /** Clock of this run's `created_at` and `modified_at`, ms since the epoch; the fake's clock unless told. */
  readonly now?: () => number;
}

/** How the run deviates from what a tidy API would answer. All may be changed while the run goes on. */
export interface FakeRunQuirks {
  /** Another order of candidates in every answer; the same orders one after the other for a run of the same id. */
  reorder: boolean;
  /** Reported instead of what the rows say. */
  metrics: { generated?: number; matched?: number } | null;
  /** Whether `modified_at` moves with every change, stands still, or is missing. */
  modifiedAt: "moves" | "frozen" | "missing";
  /** Changes are seen in the result and are no events. */
  silent: boolean;
}

export interface FakeEnd {
  readonly status?: string;
  /** Null for none. */
  readonly reason?: string | null;
}

/** One run of the fake, and the hand that moves it. Every change is visible to the very next request. */
export interface FakeRun {
  readonly id: string;
  readonly foreign: boolean;
  readonly quirks: FakeRunQuirks;
  /** queued → running */
  start(): void;
  /** Adds a candidate that nobody has judged yet; returns its id. */
  generate(candidate?: FakeCandidate): string;
  /** A candidate (known by id, or new) becomes `matched`; returns its id. */
  match(candidate?: string | FakeCandidate): string;
  /** As `match`, many times, in one change. */
  matchMany(count: number, candidateOf?: (index: number) => FakeCandidate): string[];
  /** A candidate (known by id, or new) becomes `unmatched`; returns its id. */
  unmatch(candidate?: string | FakeCandidate): string;
  /** Adds or replaces enrichment values of one candidate. */
  enrich(id: string, values: Readonly<Record<string, FakeEnrichment>>): void;
  /** A matched candidate matches no longer. */
  withdraw(id: string): void;
  /** Changes a row in any way at all. */
  edit(id: string, change: (row: WireCandidate) => WireCandidate): void;
  /** The row is gone from the result. */
  remove(id: string): void;
  /** The row is in the result once more, with the same id. */
  duplicate(id: string, change?: (row: WireCandidate) => WireCandidate): void;
  /** The run ends; `completed` and `match_limit_met` unless told. */
  end(end?: FakeEnd): void;
  /** The run becomes active again. The reason of the last end stays, as the documentation leaves open. */
  resume(): void;
  /** As the vendor's extend: a higher limit, and active again. */
  extend(additional: number): void;
  /** As the vendor's enrich: more is looked up, and active again. */
  requeueForEnrichment(enrichment: NonNullable<WireSchema["enrichments"]>[number]): void;
  /** Serves this body for `/result` from now on, and its `run` (or itself, where there is none) for the run. */
  setRaw(result: unknown): void;
  readonly status: string;
  readonly reason: string | null;
  readonly isActive: boolean;
  readonly matchedIds: readonly string[];
  /** Rises with every change. */
  readonly version: number;
  runBody(): unknown;
  resultBody(): unknown;
  schemaBody(): WireSchema;
  /** The kept events after the one with this id (all of them for null); null when there is no such event. */
  eventsAfter(id: string | null): readonly FakeEvent[] | null;
  /** Calls `listener` after every change, until the returned function is called. */
  onChange(listener: () => void): () => void;
}

/** Creates a run; the server serves it, `FakeRun` moves it. */
export function createFakeRun(id: string, options: FakeRunOptions, now: () => number): FakeRun {
  const clock = options.now ?? now;
  const createdMicros = clock() * 1000;
  const state = startState(options, createdMicros);
  const quirks: FakeRunQuirks = { reorder: false, metrics: null, modifiedAt: "moves", silent: false };
  const log = createEventLog(id, clock);
  const random = seeded([...id].reduce((hash, letter) => (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0, 1));
  const listeners = new Set<() => void>();

  const touch = () => {
    state.version += 1;
    // Two changes within one millisecond are two changes: the API reports microseconds.
    if (quirks.modifiedAt !== "frozen") state.modifiedMicros = Math.max(clock() * 1000, state.modifiedMicros + 1);
  };
  // The same object while nothing changed, so that the server can keep its bytes: a large result is asked for often.
  let kept: { readonly key: string; readonly body: WireRunResult } | null = null;
  const currentResult = () => {
    const key = JSON.stringify([state.version, quirks]);
    if (kept?.key !== key || quirks.reorder)
      kept = { key, body: resultBody(id, state, quirks, createdMicros, log.lastId, random) };
    return kept.body;
  };
  const changed = <T>(change: () => T): T => {
    const before = { rows: [...state.rows], spec: state.spec };
    const result = change();
    if (!quirks.silent) log.note(before, state);
    touch();
    for (const listener of listeners) listener();
    return result;
  };
  const setStatus = (status: string) => {
    state.status = status;
  };

  return {
    id,
    foreign: options.foreign ?? false,
    quirks,
    start: () => changed(() => setStatus("running")),
    generate: (candidate = {}) => changed(() => addRow(state, id, candidate)),
    match: (candidate = {}) => changed(() => judge(state, id, candidate, true)),
    matchMany: (count, candidateOf = () => ({})) =>
      changed(() => Array.from({ length: count }, (_, index) => judge(state, id, candidateOf(index), true))),
    unmatch: (candidate = {}) => changed(() => judge(state, id, candidate, false)),
    enrich: (row, values) => changed(() => editRow(state, row, (known) => enrichedRow(known, values))),
    withdraw: (row) => changed(() => judge(state, id, row, false)),
    edit: (row, change) => changed(() => editRow(state, row, change)),
    remove: (row) => changed(() => removeRow(state, row)),
    duplicate: (row, change = (same) => same) => changed(() => state.rows.push(change(rowOf(state, row)))),
    end: ({ status = "completed", reason = "match_limit_met" } = {}) =>
      changed(() => {
        setStatus(status);
        state.reason = reason;
      }),
    resume: () => changed(() => setStatus("running")),
    extend: (additional) =>
      changed(() => {
        state.spec = { ...state.spec, match_limit: (state.spec.match_limit ?? 0) + additional };
        setStatus("running");
      }),
    requeueForEnrichment: (enrichment) =>
      changed(() => {
        state.spec = { ...state.spec, enrichments: [...(state.spec.enrichments ?? []), enrichment] };
        setStatus("running");
      }),
    setRaw: (result) =>
      changed(() => {
        state.raw = { result: structuredClone(result) };
      }),
    get status() {
      return state.status;
    },
    get reason() {
      return state.reason;
    },
    get isActive() {
      return ACTIVE.has(state.status);
    },
    get matchedIds() {
      return matchedRows(state).map((row) => row.candidate_id);
    },
    get version() {
      return state.version;
    },
    runBody: () => (state.raw === null ? runBody(id, state, quirks, createdMicros) : rawRun(state.raw.result)),
    resultBody: () => (state.raw === null ? currentResult() : state.raw.result),
    schemaBody: () => state.spec,
    eventsAfter: log.after,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
