import type { Candidate } from "../../domain/candidate.ts";
import { entryIdOf } from "../../domain/ids.ts";
import type { Message } from "../../domain/message.ts";

/**
 * What a message with candidates says to programs: its own id, by which it is found again, and the id of each candidate
 * on it, so that anybody can count that every candidate is in the thread once. Ids only; a full page stays under 1 kB.
 */
export function candidateMetadata(
  entryId: string,
  watchId: string,
  candidates: readonly Candidate[],
): NonNullable<Message["metadata"]> {
  const ids = candidates.map((candidate) => entryIdOf(watchId, "candidate", candidate.id));
  return {
    event_type: "findall_candidates",
    event_payload: { id: entryId, watch: watchId, candidates: ids.join(" ") },
  };
}
