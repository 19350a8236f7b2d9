import { watchIdOf } from "../domain/ids.ts";
import { decidedOf, nextToReview, type Person, standing, tallyOf } from "../domain/review.ts";
import { getRun } from "../store/runs.ts";
import { countHeld } from "../store/settings.ts";
import { isStoreUnavailable } from "../store/store.ts";
import { getWatch, type StoredWatch } from "../store/watches.ts";
import type { Context } from "./context.ts";
import { type OpenReviewBook, openReviewBook } from "./review-book.ts";
import { readItem, refusalFor } from "./review-item.ts";
import type { QueueCursor, QueueResult } from "./review-results.ts";

/** The id of the watch of a run in a channel, whether or not there is one. */
export function watchIdFor(ctx: Context, runId: string, channelId: string): string {
  return watchIdOf(ctx.workspace.teamId, channelId, runId);
}

/** The next candidate without a decision, in order of match, at or after the cursor's place. */
export async function reviewNext(ctx: Context, watchId: string, by: Person, cursor: QueueCursor): Promise<QueueResult> {
  try {
    const watch = await getWatch(ctx.store, watchId);
    if (!watch) return { kind: "not_watched" };
    const refusal = await refusalFor(ctx, watch.channel, by);
    if (refusal) return refusal;
    return await next(ctx, watch, cursor);
  } catch (error) {
    if (isStoreUnavailable(error)) return { kind: "store_unavailable" };
    throw error;
  }
}

async function next(ctx: Context, watch: StoredWatch, cursor: QueueCursor): Promise<QueueResult> {
  const book = await openReviewBook(ctx, watch);
  const tally = tallyOf(book.candidates, book.reviews);
  if (tally.toReview + decidedOf(tally) === 0) {
    return { kind: "nothing_yet", watch, held: await countHeld(ctx.store, watch.id) };
  }
  const place = nextToReview(book.candidates, book.reviews, cursor.from);
  if (place === null) return finished(ctx, watch, { tally, cursor });
  const item = await readItem(ctx, watch, book.candidates[place]?.id ?? "");
  // Its data is gone while its place is not: go on behind it.
  if (!item) return next(ctx, watch, { ...cursor, from: place + 1 });
  return {
    kind: "next",
    item,
    position: countInQueue(book, place + 1),
    total: countInQueue(book, book.candidates.length),
    tally,
    cursor: { from: place, left: tally.toReview, skipped: cursor.skipped },
    decidedMeanwhile: Math.max(0, (cursor.left ?? tally.toReview) - tally.toReview),
  };
}

async function finished(
  ctx: Context,
  watch: StoredWatch,
  { tally, cursor }: Pick<Extract<QueueResult, { kind: "finished" }>, "tally" | "cursor">,
): Promise<QueueResult> {
  const stored = await getRun(ctx.store, watch.runId);
  const run = stored?.run ?? null;
  return {
    kind: "finished",
    watch,
    run,
    spec: stored?.spec ?? null,
    tally,
    cursor: { ...cursor, left: tally.toReview },
  };
}

/** Candidates among the first `places` that are decided or ask for a decision. */
function countInQueue({ candidates, reviews }: OpenReviewBook, places: number): number {
  return candidates.slice(0, places).filter(({ id, isMatched }) => {
    const review = reviews.get(id);
    return isMatched || (review !== undefined && standing(review) !== null);
  }).length;
}
