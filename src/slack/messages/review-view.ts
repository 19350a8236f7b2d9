import { type EarlierVerdict, type Review, standing } from "../../domain/review.ts";

/** What a message shows of a candidate's review. */
export interface ReviewView {
  /** Names the candidate of this watch in buttons: the id of its outbox entry. */
  readonly key: string;
  readonly review: Review;
  /** What this channel decided about the same entity in another run. */
  readonly earlier: EarlierVerdict | null;
  /** The channel wants what it decided before on one line. */
  readonly folded: boolean;
}

/** Whether the candidate takes one line; a decision of this run is always shown whole. */
export function isFolded(view: ReviewView): boolean {
  return view.folded && view.earlier !== null && standing(view.review) === null;
}
