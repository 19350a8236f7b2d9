import { isKnownMatched } from "../domain/diff.ts";
import { entryIdOf } from "../domain/ids.ts";
import type { Reviewable, Tally } from "../domain/review.ts";
import { tallyOf } from "../domain/review.ts";
import { getEntryIds } from "../store/outbox.ts";
import { getReviews, type ReviewBook } from "../store/reviews.ts";
import { getKnown, getMatchOrder } from "../store/runs.ts";
import { getHeld } from "../store/settings.ts";
import type { StoredWatch } from "../store/watches.ts";
import type { Context } from "./context.ts";

/** All candidates of a watch in their order of match, with what was decided about them. */
export interface OpenReviewBook extends ReviewBook {
  readonly candidates: readonly Reviewable[];
}

export async function openReviewBook(ctx: Context, watch: StoredWatch): Promise<OpenReviewBook> {
  const [book, all, known, held] = await Promise.all([
    getReviews(ctx.store, watch.id),
    getMatchOrder(ctx.store, watch.runId),
    getKnown(ctx.store, watch.runId),
    getHeld(ctx.store, watch.id),
  ]);
  // What a filter holds back is not in the thread, so nobody is asked to review it.
  const order = await ownOf(ctx, watch, held.size === 0 ? all : all.filter((id) => !held.has(id)));
  const candidates = order.map((id) => ({ id, isMatched: isKnownMatched(known.get(id) ?? "") }));
  return { ...book, candidates };
}

/** A run may go on for other channels: what it finds for them alone is not this watch's to review. */
async function ownOf(ctx: Context, watch: StoredWatch, ids: readonly string[]): Promise<readonly string[]> {
  const hasAll = watch.primed && watch.state !== "stopped" && watch.state !== "lost";
  if (hasAll) return ids;
  const entries = new Set(await getEntryIds(ctx.store, watch.id));
  return ids.filter((id) => entries.has(entryIdOf(watch.id, "candidate", id)));
}

/** How the review of a watch stands; null when there is nothing to review. */
export async function readTally(ctx: Context, watch: StoredWatch): Promise<Tally | null> {
  const { candidates, reviews } = await openReviewBook(ctx, watch);
  return candidates.length === 0 ? null : tallyOf(candidates, reviews);
}
