import type { Candidate } from "../domain/candidate.ts";
import type { Note, Review } from "../domain/review.ts";
import type { Run, RunSpec } from "../domain/run.ts";

/** A candidate with all that was said about it. All text is foreign. */
export interface ExportRow {
  readonly candidate: Candidate;
  /** It matched, and no longer does. */
  readonly withdrawn: boolean;
  readonly review: Review;
  readonly notes: readonly Note[];
  /** The channel's filter keeps it out of the thread. */
  readonly heldBack: boolean;
  /** The message that the candidate stands on; null while it is on its way. */
  readonly permalink: string | null;
}

/** What is exported, and when. */
export interface ExportSubject {
  readonly runId: string;
  /** As last seen; null when it is kept no longer. */
  readonly run: Run | null;
  readonly spec: RunSpec | null;
  readonly channel: string;
  readonly filter: "accepted" | "rejected" | "maybe" | "unreviewed" | "all";
  /** ms since the epoch */
  readonly exportedAt: number;
}

/** ISO 8601 in UTC; empty for what is no time. */
export function isoTime(ms: number): string {
  const time = new Date(ms);
  return Number.isNaN(time.getTime()) ? "" : time.toISOString();
}
