import type { Snapshot } from "../domain/candidate.ts";
import { FindAllError } from "./error.ts";
import { eventIdOf } from "./event-id.ts";
import { isObject } from "./foreign-value.ts";
import { readCandidates } from "./read-candidates.ts";
import { readRun } from "./read-run.ts";
import { splitResult } from "./split-rows.ts";
import type { Untrusted, WireRunResult } from "./wire.ts";

/**
 * Reads the body of `GET …/result`.
 *
 * An old quickstart showed the run without its `run` wrapper; both are read. Missing or null `candidates` are none.
 * @param id the id that was asked for
 * @throws FindAllError `unreadable` when the body is no result of the current API
 * @throws SyntaxError when the body is no JSON
 */
export function readSnapshot(body: Buffer, id: string): Snapshot {
  const { envelope, rows } = splitResult(body);
  const result: Untrusted<WireRunResult> = isObject(envelope) ? envelope : {};
  const run = readRun(isObject(result.run) ? result.run : envelope, id);
  const candidates = result.candidates ?? [];
  if (!Array.isArray(candidates)) throw new FindAllError("unreadable", "the answer holds no list of candidates");
  return {
    run,
    candidates: readCandidates(rows ?? candidates),
    lastEventId: eventIdOf(result.last_event_id),
    bytes: body.byteLength,
  };
}
