import { getRun } from "../store/runs.ts";
import { isStoreUnavailable } from "../store/store.ts";
import { watchesOfChannel } from "../store/watches.ts";
import { cardLinkOf } from "./card-link.ts";
import type { Context } from "./context.ts";
import type { ListWatchesResult } from "./results.ts";

/** The watches of a channel, newest first, with links to their cards. */
export async function listWatches(ctx: Context, channelId: string): Promise<ListWatchesResult> {
  try {
    const watches = await watchesOfChannel(ctx.store, channelId);
    const items = await Promise.all(
      watches.map(async (watch) => {
        const stored = await getRun(ctx.store, watch.runId);
        return { watch, run: stored?.run ?? null, spec: stored?.spec ?? null, cardLink: cardLinkOf(ctx, watch) };
      }),
    );
    return { kind: "list", items };
  } catch (error) {
    if (isStoreUnavailable(error)) return { kind: "store_unavailable" };
    throw error;
  }
}
