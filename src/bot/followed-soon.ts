import type { WatchListItem } from "../steps/results.ts";
import { within } from "../steps/within.ts";
import type { RouteContext } from "./routes.ts";

/** An answer that would be better for knowing what the channel follows waits no longer for it. In ms. */
const WAITS_MS = 3_000;

/** What this channel follows; null while nobody can say. */
export async function followedSoon({ actions, asker, desk }: RouteContext): Promise<readonly WatchListItem[] | null> {
  const asked = Promise.resolve().then(() => actions.listWatches(asker.channelId));
  const result = await within(asked, WAITS_MS).catch((error: unknown) => {
    desk.onTrouble("action_failed", error);
    return null;
  });
  return result?.kind === "list" ? result.items : null;
}
