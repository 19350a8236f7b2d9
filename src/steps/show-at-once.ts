import { randomUUID } from "node:crypto";
import { contentHash } from "../domain/ids.ts";
import type { Entry } from "../domain/outbox.ts";
import type { Watch } from "../domain/watch.ts";
import { toPlainMessage } from "../slack/fit.ts";
import { getEntry } from "../store/outbox.ts";
import { beginDirect, endDirect } from "../store/reviews.ts";
import { isStoreUnavailable } from "../store/store.ts";
import { getWatch } from "../store/watches.ts";
import type { Context } from "./context.ts";
import { renderEntry } from "./render-entry.ts";
import { messageOf } from "./review-item.ts";
import type { ClickContext } from "./review-results.ts";

/**
 * Shows a message as it is stored now by the `response_url` of a click on it: at once, past the lane and its budget of
 * edits. False when this click does not lead to that message, or Slack did not take it; then the lane does it. Never rejects.
 */
export async function showAtOnce(ctx: Context, key: string, watch: Watch, click: ClickContext): Promise<boolean> {
  if (!click.responseUrl || !click.messageTs) return false;
  try {
    const entry = await messageOf(ctx, key);
    if (!entry || entry.ts !== click.messageTs || entry.channel !== watch.channel) return false;
    return await show(ctx, entry, click.responseUrl);
  } catch (error) {
    // The decision is stored and the message is dirty: the lane shows it, once Redis is back.
    if (!isStoreUnavailable(error)) ctx.log.error({ event: "show_failed", entry: key, err: error });
    return false;
  }
}

async function show(ctx: Context, { id, channel }: Entry, responseUrl: string): Promise<boolean> {
  const token = randomUUID();
  // The version first, then what is rendered: a newer state is then shown under an older number, never the other way.
  const version = await beginDirect(ctx.store, id, token, ctx.now());
  if (version === null) return false;
  const hash = await send(ctx, id, responseUrl).catch((error) => {
    if (isStoreUnavailable(error)) throw error;
    ctx.log.error({ event: "render_failed", entry: id, err: error });
    return null;
  });
  ctx.reach("click shown");
  const isClean = await endDirect(ctx.store, id, token, ctx.now(), { version, hash });
  if (!isClean) await ctx.wakeups.lane(channel);
  return hash !== null;
}

/** The digest of what Slack took; null when it took nothing. */
async function send(ctx: Context, entryId: string, responseUrl: string): Promise<string | null> {
  const entry = await getEntry(ctx.store, entryId);
  const watch = entry ? await getWatch(ctx.store, entry.watchId) : null;
  const rendered = entry && watch ? await renderEntry(ctx, entry, watch) : null;
  if (!entry || !rendered) return null;
  const message = entry.plain ? toPlainMessage(rendered.message) : rendered.message;
  const answer = await ctx.slack.respond(responseUrl, message, { replaceOriginal: true });
  if (answer.ok) return contentHash(rendered.content);
  ctx.log.warn({ event: "direct_answer_failed", entry: entryId, code: answer.failure.code });
  return null;
}
