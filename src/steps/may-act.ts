import type { Person } from "../domain/review.ts";
import { isStoreUnavailable } from "../store/store.ts";
import type { Context } from "./context.ts";
import { refusalFor } from "./review-item.ts";
import type { ReviewRefusal } from "./review-results.ts";

/** Null for one who is in the channel, and may have things done there from somewhere else. */
export async function mayActIn(ctx: Context, channelId: string, by: Person): Promise<ReviewRefusal | null> {
  try {
    return await refusalFor(ctx, channelId, by);
  } catch (error) {
    if (isStoreUnavailable(error)) return { kind: "store_unavailable" };
    throw error;
  }
}
