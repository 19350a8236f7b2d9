import type { Candidate } from "../../domain/candidate.ts";
import type { EarlierVerdict, Note, Review } from "../../domain/review.ts";

/** What the modals show of a candidate. */
export interface DetailsItem {
  /** Names the candidate of this watch in buttons: the id of its outbox entry. */
  readonly key: string;
  readonly candidate: Candidate;
  /** It matched, and no longer does. */
  readonly withdrawn: boolean;
  readonly review: Review;
  readonly notes: readonly Note[];
  /** What this channel decided about the same entity in another run. */
  readonly earlier: EarlierVerdict | null;
  /** The message that the candidate stands on; null while it is on its way. */
  readonly messageLink: string | null;
}
