import { POST_INTERVAL_MS } from "../domain/delivery.ts";
import type { Entry } from "../domain/outbox.ts";
import { getEntry, type Settlement, settleEntry } from "../store/outbox.ts";
import { getWatch } from "../store/watches.ts";
import type { Context } from "./context.ts";
import { type Claimed, threadOf } from "./send-entry.ts";
import { settleLookFailure } from "./send-failure.ts";

/** Slack may show a message a little after it took it: looked for twice, so far apart, before it is sent again. */
const LOOK_AGAIN_MS = 3_000;
const LOOKS = 2;

/**
 * Finds out what became of a post whose answer was lost, by the id in its metadata. Found: its `ts` is adopted. Not
 * there, looked twice: it is sent again. Where Slack does not let us look (no history scope), it is sent again too, and
 * the message says that it may be there twice: a repeated message is seen and forgiven, a missing candidate is neither.
 */
export async function lookForEntry(ctx: Context, claimed: Claimed): Promise<void> {
  const entry = await getEntry(ctx.store, claimed.entryId);
  const watch = entry ? await getWatch(ctx.store, entry.watchId) : null;
  if (!entry) return;
  if (!watch) {
    // The watch has expired: nobody waits for this any more.
    await settleEntry(ctx.store, entry, claimed.token, ctx.now(), { outcome: "dead" });
    return;
  }
  const found = await ctx.slack.find({
    channel: entry.channel,
    threadTs: threadOf(entry, watch),
    oldestMs: entry.claimedAt ?? claimed.claimedAt,
    entryId: entry.id,
  });
  ctx.reach("look answered");
  const now = ctx.now();
  let settlement: Settlement;
  let resolution: string | null;
  switch (found.kind) {
    case "found":
      settlement = { outcome: "sent", ts: found.ts, version: entry.shown, next: now };
      resolution = "found";
      break;
    case "absent":
      resolution = entry.looks + 1 >= LOOKS ? "sent_again" : null;
      settlement = resolution
        ? { outcome: "absent", maybeRepeated: false }
        : { outcome: "unknown", at: now + LOOK_AGAIN_MS, looks: entry.looks + 1 };
      break;
    case "impossible":
      settlement = { outcome: "absent", maybeRepeated: true };
      resolution = "could_not_ask";
      break;
    case "failed":
      return settleLookFailure(ctx, { entry, watch, claimed }, found.failure);
  }
  const isSettled = await settleEntry(ctx.store, entry, claimed.token, now, settlement, now + POST_INTERVAL_MS);
  if (isSettled) report(ctx, entry, found.kind, resolution);
}

function report(ctx: Context, entry: Entry, answer: string, resolution: string | null): void {
  if (resolution) ctx.metrics.ambiguous.inc({ resolution });
  ctx.log.info({ event: "unknown_post_looked_for", entry: entry.id, kind: entry.kind, answer, resolution });
}
