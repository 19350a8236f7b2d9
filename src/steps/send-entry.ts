import { CARD_DEBOUNCE_MS, POST_INTERVAL_MS } from "../domain/delivery.ts";
import { contentHash } from "../domain/ids.ts";
import type { Message } from "../domain/message.ts";
import type { Entry } from "../domain/outbox.ts";
import type { SendResult } from "../slack/client.ts";
import { failureOf } from "../slack/errors.ts";
import { toPlainMessage } from "../slack/fit.ts";
import { getEntry, type Settlement, settleEntry } from "../store/outbox.ts";
import { isStoreUnavailable } from "../store/store.ts";
import { getWatch, type StoredWatch } from "../store/watches.ts";
import type { Context } from "./context.ts";
import { messageName } from "./crash-points.ts";
import { noteOk } from "./health.ts";
import { type Rendered, renderEntry, renderWithoutDetails } from "./render-entry.ts";
import { settleFailure } from "./send-failure.ts";

/** A claimed message must leave the process within this time, or not at all: the lease is reckoned from it. */
export const SEND_WITHIN_MS = 3_000;

/** A message taken in hand. */
export interface Claimed {
  readonly entryId: string;
  readonly token: string;
  /** The version asked for at the time of the claim. */
  readonly version: number;
  /** ms since the epoch */
  readonly claimedAt: number;
}

/** Renders a claimed message, posts or edits it, and settles it. */
export async function sendEntry(ctx: Context, claimed: Claimed): Promise<void> {
  const entry = await getEntry(ctx.store, claimed.entryId);
  if (!entry) return;
  const watch = await getWatch(ctx.store, entry.watchId);
  const rendered = watch ? await render(ctx, entry, watch) : null;
  if (!watch || !rendered) {
    // An edit of something that is gone from the store leaves the message as it is.
    await settle(ctx, entry, claimed, entry.ts ? sentAsIs(claimed) : { outcome: "skipped", version: claimed.version });
    return;
  }
  const hash = contentHash(rendered.content);
  if (entry.ts && entry.hash === hash) {
    ctx.metrics.deliveries.inc({ kind: entry.kind, outcome: "unchanged" });
    await settle(ctx, entry, claimed, sentAsIs(claimed));
    return;
  }
  const message = entry.plain ? toPlainMessage(rendered.message) : rendered.message;
  const name = messageName(entry, watch);
  ctx.reach(`${name} claimed`);
  const broadcast = rendered.alsoInChannel === true;
  const result = await call(ctx, entry, watch, { message, broadcast }, claimed.claimedAt + SEND_WITHIN_MS);
  if (!result.ok) {
    await settleFailure(ctx, { entry, watch, claimed }, result.failure);
    return;
  }
  ctx.reach(`${name} answered`);
  await settle(ctx, entry, claimed, { ...sentAsIs(claimed), ts: result.ts, hash, shows: rendered.shows });
  ctx.reach(`${name} settled`);
  noteSent(ctx, entry, watch, rendered.hasWaited === true);
}

/** A message that cannot be rendered is our mistake: it is said in plain words, and holds nothing else up. */
async function render(ctx: Context, entry: Entry, watch: StoredWatch): Promise<Rendered | null> {
  try {
    return await renderEntry(ctx, entry, watch);
  } catch (error) {
    if (isStoreUnavailable(error)) throw error;
    ctx.metrics.invalidMessages.inc();
    ctx.log.error({ event: "render_failed", kind: entry.kind, entry: entry.id, run: watch.runId, err: error });
    return renderWithoutDetails(entry, watch);
  }
}

async function call(
  ctx: Context,
  entry: Entry,
  watch: StoredWatch,
  { message, broadcast }: { readonly message: Message; readonly broadcast: boolean },
  notAfter: number,
): Promise<SendResult> {
  // A process that was frozen since the claim has been overtaken: what it rendered is old.
  if (ctx.now() > notAfter) return { ok: false, failure: failureOf("past_deadline", "not_sent") };
  if (entry.ts) return ctx.slack.update({ channel: entry.channel, ts: entry.ts, message });
  return ctx.slack.post({
    channel: entry.channel,
    threadTs: threadOf(entry, watch),
    broadcast,
    message,
    notAfter,
  });
}

/** Where an entry's message is a reply: everything but the card, and but what goes to a person directly. */
export function threadOf(entry: Entry, watch: StoredWatch): string | null {
  return entry.kind === "card" || entry.channel !== watch.channel ? null : watch.threadTs;
}

function sentAsIs(claimed: Claimed): Extract<Settlement, { outcome: "sent" }> {
  return { outcome: "sent", version: claimed.version, next: claimed.claimedAt + CARD_DEBOUNCE_MS };
}

/** Settles, and says when the channel may get its next post: a second after Slack answered, never after we asked. */
async function settle(ctx: Context, entry: Entry, claimed: Claimed, settlement: Settlement): Promise<void> {
  const now = ctx.now();
  const isPost = !entry.ts && settlement.outcome === "sent";
  const pace = isPost ? now + POST_INTERVAL_MS : undefined;
  if (!(await settleEntry(ctx.store, entry, claimed.token, now, settlement, pace))) {
    ctx.log.warn({ event: "settle_stale", entry: entry.id, outcome: settlement.outcome }, "another worker took over");
  }
}

function noteSent(ctx: Context, entry: Entry, watch: StoredWatch, hasWaited: boolean): void {
  const now = ctx.now();
  noteOk(ctx.health.slack, now);
  ctx.health.lastDeliveryAt = now;
  ctx.metrics.deliveries.inc({ kind: entry.kind, outcome: entry.ts ? "edited" : "posted" });
  if (entry.kind === "candidate" && !entry.ts && !hasWaited)
    ctx.metrics.matchToSlack.observe((now - entry.notBefore) / 1_000);
  ctx.log.info({
    event: entry.ts ? "message_edited" : "message_posted",
    kind: entry.kind,
    entry: entry.id,
    run: watch.runId,
    channel: entry.channel,
    ...(entry.kind === "page" ? { candidates: entry.members.length } : {}),
  });
}
