import { POST_INTERVAL_MS } from "../domain/delivery.ts";
import type { Entry } from "../domain/outbox.ts";
import type { FindResult, FoundMessage } from "../slack/client.ts";
import { getEntry, getMessageTimes, type Settlement, settleEntry } from "../store/outbox.ts";
import { getWatch, type StoredWatch } from "../store/watches.ts";
import type { Context } from "./context.ts";
import { type Claimed, threadOf } from "./send-entry.ts";
import { settleLookFailure } from "./send-failure.ts";

/** Slack may show a message a little after it took it: looked for twice, so far apart, before it is sent again. */
const LOOK_AGAIN_MS = 3_000;
const LOOKS = 2;

/**
 * Finds out what became of a post whose answer was lost, or that Redis may have forgotten, by the ids in its metadata.
 * Found: its `ts` is adopted. Not there, looked twice: it is sent again. Where Slack does not let us look (no history scope), it is sent again too, and
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
  if (found.kind === "failed") return settleLookFailure(ctx, { entry, watch, claimed }, found.failure);
  const now = ctx.now();
  const { settlement, resolution } = entry.doubted
    ? await concludeDoubted(ctx, entry, watch, found, entry.doubted)
    : concludeLost(entry, found, now);
  const isSettled = await settleEntry(ctx.store, entry, claimed.token, now, settlement, now + POST_INTERVAL_MS);
  if (isSettled) report(ctx, entry, found.kind, resolution);
}

type Answer = Exclude<FindResult, { kind: "failed" }>;

interface Conclusion {
  readonly settlement: Settlement;
  /** How an ambiguous send came out, when it did. */
  readonly resolution: "found" | "sent_again" | "could_not_ask" | null;
}

/** What becomes of a post whose answer was lost. */
function concludeLost(entry: Entry, found: Answer, now: number): Conclusion {
  switch (found.kind) {
    case "found":
      return adopted(entry, found, now);
    case "absent":
      return entry.looks + 1 >= LOOKS
        ? { settlement: { outcome: "absent", maybeRepeated: false }, resolution: "sent_again" }
        : { settlement: { outcome: "unknown", at: now + LOOK_AGAIN_MS, looks: entry.looks + 1 }, resolution: null };
    case "impossible":
      return { settlement: { outcome: "absent", maybeRepeated: true }, resolution: "could_not_ask" };
  }
}

/**
 * What becomes of an entry of which Redis may have forgotten that it was sent. Hardly ever was it: where Slack does not let
 * us look it is sent without a word about that.
 */
async function concludeDoubted(
  ctx: Context,
  entry: Entry,
  watch: StoredWatch,
  found: Answer,
  era: number,
): Promise<Conclusion> {
  if (found.kind === "found") return adopted(entry, found, ctx.now());
  const isOfThread = entry.channel === watch.channel && threadOf(entry, watch) === watch.threadTs;
  const isWatchCleared =
    isOfThread && (found.kind === "impossible" || (await areKnown(ctx, found.others.filter(isOf(watch)))));
  return { settlement: { outcome: "absent", maybeRepeated: false, cleared: era, isWatchCleared }, resolution: null };
}

function adopted(entry: Entry, found: FoundMessage, now: number): Conclusion {
  const { id, ts, candidates } = found;
  const settlement: Settlement =
    id === entry.id
      ? { outcome: "sent", ts, version: entry.shown, next: now }
      : { outcome: "paged", page: id, ts, candidates };
  return { settlement, resolution: "found" };
}

const isOf = (watch: StoredWatch) => (message: FoundMessage) => message.watch === watch.id;

/** Whether the store knows of each message that it is in Slack, with everything on it. */
async function areKnown({ store }: Context, messages: readonly FoundMessage[]): Promise<boolean> {
  const ids = messages.flatMap(({ id, candidates }) => (candidates.length > 0 ? candidates : [id]));
  return (await getMessageTimes(store, ids)).size === new Set(ids).size;
}

function report(ctx: Context, entry: Entry, answer: string, resolution: Conclusion["resolution"]): void {
  if (resolution) ctx.metrics.ambiguous.inc({ resolution });
  ctx.log.info({ event: "unknown_post_looked_for", entry: entry.id, kind: entry.kind, answer, resolution });
}
