import type { Message } from "../domain/message.ts";
import { within } from "../steps/within.ts";
import { help } from "./replies/help.ts";
import type { RouteContext } from "./routes.ts";

/** Help is given also while nobody can say what the channel follows. In ms. */
const WAITS_MS = 1_000;

/** Help that fits what this channel follows now. */
export async function helpAnswer({ actions, asker, botUserId, desk }: RouteContext): Promise<Message> {
  const asked = Promise.resolve().then(() => actions.listWatches(asker.channelId));
  const result = await within(asked, WAITS_MS).catch((error: unknown) => {
    desk.onTrouble("action_failed", error);
    return null;
  });
  return help({ items: result?.kind === "list" ? result.items : null, botUserId, now: desk.now() });
}
