import { watchIdOf } from "../domain/ids.ts";
import { isStoreUnavailable } from "../store/store.ts";
import { getWatch, stopWatch as storeStop } from "../store/watches.ts";
import { cardLinkOf } from "./card-link.ts";
import type { Context } from "./context.ts";
import type { Asker, StopWatchResult } from "./results.ts";

/** Stops following a run in the asker's channel; the run itself goes on, and the card says who stopped it. */
export async function stopWatch(ctx: Context, runId: string, asker: Asker): Promise<StopWatchResult> {
  const watchId = watchIdOf(ctx.workspace.teamId, asker.channelId, runId);
  try {
    const outcome = await storeStop(ctx.store, watchId, asker.userName, ctx.now());
    const watch = await getWatch(ctx.store, watchId);
    if (outcome === "none" || !watch) return { kind: "not_watched" };
    const cardLink = cardLinkOf(ctx, watch);
    if (outcome === "over") return { kind: "already_over", watch, cardLink };
    ctx.log.info({ event: "watch_stopped", watch: watchId, run: runId, channel: asker.channelId });
    await ctx.wakeups.lane(asker.channelId);
    return { kind: "stopped", watch, cardLink };
  } catch (error) {
    if (isStoreUnavailable(error)) return { kind: "store_unavailable" };
    throw error;
  }
}
