import type { RunEvent } from "../domain/news.ts";
import { eventIdOf } from "./event-id.ts";
import { isObject, textOf } from "./foreign-value.ts";
import { readCandidate } from "./read-candidates.ts";
import { readSpec } from "./read-run.ts";
import type { Untrusted, WireEvent } from "./wire.ts";

/** What one message of the stream says. */
export interface ToldEvent {
  /** Null for what says nothing about candidates or what the run looks for: heartbeats, and types that are new to us. */
  readonly event: RunEvent | null;
  /** Where the stream can be taken up again; only kept events have that (findall-api, "Event stream"). */
  readonly cursor: string | null;
  /** The stream's own words when it gives up. */
  readonly error: string | null;
}

const CANDIDATE = "findall.candidate.";
const ENRICHED = `${CANDIDATE}enriched`;
/** What says how a candidate was judged. That one was `generated` says nothing about one that may be judged by now. */
const JUDGED: ReadonlySet<string> = new Set(["matched", "unmatched", "discarded"].map((end) => CANDIDATE + end));
const SCHEMA = "findall.schema.";
const NOTHING: ToldEvent = { event: null, cursor: null, error: null };

/**
 * Reads one message; one without data, as a stream may send to show that it lives, says nothing.
 * @throws SyntaxError when it is no JSON
 */
export function readEvent(message: { readonly event?: string | undefined; readonly data: string }): ToldEvent {
  const body: unknown = message.data === "" ? null : JSON.parse(message.data);
  if (!isObject(body)) return NOTHING;
  const wire: Untrusted<WireEvent> = body;
  const type = textOf(wire.type) || (message.event ?? "");
  if (type === "error") return { event: null, cursor: null, error: wordsOf(wire.error) };
  const isKept = type.startsWith(CANDIDATE) || type.startsWith(SCHEMA);
  return { event: eventOf(type, wire.data), cursor: isKept ? eventIdOf(wire.event_id) : null, error: null };
}

function eventOf(type: string, data: unknown): RunEvent | null {
  if (type.startsWith(SCHEMA)) {
    const isSpec = isObject(data) && ("objective" in data || "match_conditions" in data);
    return isSpec ? { kind: "respecified", spec: readSpec(data) } : null;
  }
  const kind = type === ENRICHED ? "enriched" : JUDGED.has(type) ? "judged" : null;
  // Named by anything but its id, a candidate might be told once more by the result, under its id.
  if (kind === null || !isObject(data) || textOf(data.candidate_id) === "") return null;
  // The type says the same as the row's own status, should that be missing.
  const status = textOf(data.match_status) || type.slice(CANDIDATE.length);
  const candidate = readCandidate({ ...data, match_status: status });
  return candidate === null ? null : { kind, candidate };
}

function wordsOf(error: unknown): string {
  return (isObject(error) && textOf(error.message)) || "for no stated reason";
}
