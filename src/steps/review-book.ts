import { isKnownMatched } from "../domain/diff.ts";
import type { Reviewable, Tally } from "../domain/review.ts";
import { tallyOf } from "../domain/review.ts";
import type { Watch } from "../domain/watch.ts";
import { getReviews, type ReviewBook } from "../store/reviews.ts";
import { getKnown, getMatchOrder } from "../store/runs.ts";
import type { Context } from "./context.ts";

/** All candidates of a watch in their order of match, with what was decided about them. */
export interface OpenReviewBook extends ReviewBook {
  readonly candidates: readonly Reviewable[];
}

export async function openReviewBook(ctx: Context, watch: Watch): Promise<OpenReviewBook> {
  const [book, order, known] = await Promise.all([
    getReviews(ctx.store, watch.id),
    getMatchOrder(ctx.store, watch.runId),
    getKnown(ctx.store, watch.runId),
  ]);
  const candidates = order.map((id) => ({ id, isMatched: isKnownMatched(known.get(id) ?? "") }));
  return { ...book, candidates };
}

/** How the review of a watch stands; null when there is nothing to review. */
export async function readTally(ctx: Context, watch: Watch): Promise<Tally | null> {
  const { candidates, reviews } = await openReviewBook(ctx, watch);
  return candidates.length === 0 ? null : tallyOf(candidates, reviews);
}
