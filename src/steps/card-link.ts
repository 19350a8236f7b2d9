import type { Watch } from "../domain/watch.ts";
import { permalink } from "../slack/client.ts";
import type { Context } from "./context.ts";

/** The link to a watch's card, or null while the card is still on its way. */
export function cardLinkOf(ctx: Context, watch: Watch): string | null {
  return watch.cardTs ? permalink(ctx.workspace.teamUrl, watch.channel, watch.cardTs) : null;
}
