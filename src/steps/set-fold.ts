import { setFold as storeFold } from "../store/settings.ts";
import { isStoreUnavailable } from "../store/store.ts";
import type { Context } from "./context.ts";
import type { FoldResult } from "./review-results.ts";

/** Sets whether candidates that a channel decided about in another run take one line of a page from now on. */
export async function setFold(ctx: Context, channelId: string, fold: boolean): Promise<FoldResult> {
  try {
    await storeFold(ctx.store, channelId, fold, ctx.now());
    await ctx.wakeups.lane(channelId);
    return { kind: "set", fold };
  } catch (error) {
    if (isStoreUnavailable(error)) return { kind: "store_unavailable" };
    throw error;
  }
}
