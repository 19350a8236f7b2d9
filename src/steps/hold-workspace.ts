import type { SendFailure } from "../slack/errors.ts";
import { renderHeldNote } from "../slack/messages/hold.ts";
import { getHold, type Hold, setHold } from "../store/hold.ts";
import { isStoreUnavailable } from "../store/store.ts";
import { watchesAskedSince } from "../store/watches.ts";
import type { Context } from "./context.ts";

/** A command's `response_url` lives 30 minutes (slack-platform 5); a minute is left for clocks that differ. */
export const RESPONSE_URL_LIFE_MS = 29 * 60_000;

/**
 * Slack refuses the installation: nothing is sent for anybody until `auth.test` is good again, and everything is kept.
 * People are told once, in answer to their commands, which takes no token; later each answer to a command says it.
 * @param settle puts down what was in hand, before anybody is told
 */
export async function holdWorkspace(ctx: Context, failure: SendFailure, settle: () => Promise<void>): Promise<void> {
  const { code: reason, needed } = failure;
  const isNew = await setHold(ctx.store, { reason, needed }, ctx.now());
  await settle();
  if (!isNew) return;
  ctx.log.error({ event: "workspace_held", code: reason, needed }, "Slack refuses the app: nothing can be sent");
  await tellWhoAskedLately(ctx, { reason, needed });
}

/** Once each, however many runs they follow. Whose runs are over have nothing to wait for. */
async function tellWhoAskedLately(ctx: Context, hold: Pick<Hold, "reason" | "needed">): Promise<void> {
  const watches = await watchesAskedSince(ctx.store, ctx.now() - RESPONSE_URL_LIFE_MS);
  const concerned = watches.filter(({ state, ended }) => state === "active" && !ended);
  const urls = new Map(concerned.map(({ requester, responseUrl }) => [requester, responseUrl]));
  const note = renderHeldNote(hold);
  await Promise.all([...urls.values()].map((url) => url && ctx.slack.respond(url, note)));
}

/** Why nothing can be sent to anybody now; null when it can, and when the store does not say. */
export async function readHold(ctx: Context): Promise<Hold | null> {
  return getHold(ctx.store).catch((error: unknown) => {
    if (isStoreUnavailable(error)) return null;
    throw error;
  });
}
