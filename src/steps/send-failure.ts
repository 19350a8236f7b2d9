import { EDIT_BURST_MS, POST_INTERVAL_MS } from "../domain/delivery.ts";
import { entryIdOf } from "../domain/ids.ts";
import type { Entry } from "../domain/outbox.ts";
import type { SendFailure } from "../slack/errors.ts";
import { renderPausedNote } from "../slack/messages/note.ts";
import { type Settlement, settleEntry } from "../store/outbox.ts";
import { getRun } from "../store/runs.ts";
import { discardWatch, pauseWatches, type StoredWatch, watchesOfChannel } from "../store/watches.ts";
import type { Context } from "./context.ts";
import { noteFailure } from "./health.ts";
import { holdWorkspace, RESPONSE_URL_LIFE_MS } from "./hold-workspace.ts";
import type { Claimed } from "./send-entry.ts";

/** A post whose answer was lost is looked for after so long: Slack needs a moment to show it. */
const LOOK_AFTER_MS = 3_000;
/** When looking itself fails: wait so long, unless Slack says how long. */
const LOOK_RETRY_MS = 10_000;
const BACKOFF_FIRST_MS = 1_000;
const BACKOFF_MOST_MS = 60_000;
const SLOW_MS = 5 * 60_000;
/** A paused watch is tried again so often, in case the cause went away without a word. */
const TRY_PAUSED_AGAIN_MS = 15 * 60_000;
/** A card that may not be edited any more is replaced at most so often, but for the last time at once. */
const NEW_CARD_EVERY_MS = 10 * 60_000;

/** What concerns more than the one message, or will take long: readiness shows it until a call goes well. */
const SHOWN_IN_HEALTH: ReadonlySet<string> = new Set(["retry", "retry_slowly", "ambiguous", "pause_workspace"]);

export interface InHand {
  readonly entry: Entry;
  readonly watch: StoredWatch;
  readonly claimed: Claimed;
}

/** Writes down what follows from a failed send, and tells people what they can mend. */
export async function settleFailure(ctx: Context, inHand: InHand, failure: SendFailure): Promise<void> {
  report(ctx, inHand, failure);
  const { entry } = inHand;
  const now = ctx.now();
  switch (failure.action) {
    case "retry_after":
      return settle(ctx, inHand, heldBack(entry, now + (failure.retryAfterMs ?? BACKOFF_FIRST_MS)));
    case "ambiguous":
      if (entry.ts) return settle(ctx, inHand, { outcome: "retry", at: now + backoff(ctx, entry) });
      // It may be in the channel since this moment: the next post keeps its distance.
      return settle(ctx, inHand, { outcome: "unknown", at: now + LOOK_AFTER_MS, looks: 0 }, now + POST_INTERVAL_MS);
    case "not_sent":
      return settle(ctx, inHand, { outcome: "retry", at: now });
    case "retry":
      return settle(ctx, inHand, { outcome: "retry", at: now + backoff(ctx, entry) });
    case "retry_slowly":
      return settle(ctx, inHand, { outcome: "retry", at: now + SLOW_MS });
    case "pause_workspace":
      return holdWorkspace(ctx, failure, () => settle(ctx, inHand, { outcome: "retry", at: now }));
    case "pause_channel":
    case "pause_watch":
      return pause(ctx, inHand, failure);
    case "plain_text":
      ctx.metrics.invalidMessages.inc();
      return entry.plain
        ? giveUp(ctx, inHand, failure)
        : settle(ctx, inHand, { outcome: "retry", at: now, plain: true });
    case "repost_card":
    case "new_card":
    case "drop":
      if (isThreadGone(entry, failure)) return settle(ctx, inHand, { outcome: "rethread", at: now });
      if (failure.action === "drop") return giveUp(ctx, inHand, failure);
      return settle(ctx, inHand, replacement(inHand, failure.action, now));
  }
}

/** The card was deleted before its thread held anything: Slack has no thread to reply to any more. */
function isThreadGone(entry: Entry, failure: SendFailure): boolean {
  const isReply = entry.kind !== "card" && !entry.ts;
  return isReply && (failure.code === "thread_not_found" || failure.code === "message_not_found");
}

/**
 * Slack will never take this message; a watch that cannot even have its card is told of, and not kept. What a person
 * cannot be told directly there may be another way to say.
 */
async function giveUp(ctx: Context, inHand: InHand, failure: SendFailure): Promise<void> {
  if (isFirstCard(inHand)) return discard(ctx, inHand, failure);
  if (isDirect(inHand)) await tellByResponseUrl(ctx, inHand, inHand.watch.pauseReason ?? failure.code);
  return settle(ctx, inHand, { outcome: "dead" });
}

function isFirstCard({ entry, watch }: InHand): boolean {
  return entry.kind === "card" && watch.threadTs === null && !watch.cardReposted;
}

/** A message to a person, not to the channel. */
function isDirect({ entry, watch }: InHand): boolean {
  return entry.channel !== watch.channel;
}

/** Looking for an unknown post failed: it stays unknown, until Slack lets us look. */
export async function settleLookFailure(ctx: Context, inHand: InHand, failure: SendFailure): Promise<void> {
  const { entry } = inHand;
  const now = ctx.now();
  ctx.log.warn({ event: "look_failed", entry: entry.id, channel: entry.channel, code: failure.code }, failure.detail);
  if (failure.action === "pause_channel" || failure.action === "pause_watch") return pause(ctx, inHand, failure);
  const at = now + (failure.retryAfterMs ?? LOOK_RETRY_MS);
  const waiting = stillWaiting(entry, at);
  // A 429 on a look concerns the whole workspace, and is kept in Redis for every worker.
  const isLimited = failure.action === "retry_after" && waiting.outcome === "unknown";
  const wait = () => settle(ctx, inHand, isLimited ? { ...waiting, looksHold: at } : waiting);
  return failure.action === "pause_workspace" ? holdWorkspace(ctx, failure, wait) : wait();
}

/** What was pending is pending again, what was unknown stays unknown. */
function stillWaiting(entry: Entry, at: number): Settlement {
  return entry.state === "unknown" ? { outcome: "unknown", at, looks: entry.looks } : { outcome: "retry", at };
}

/** A 429 on a post concerns the channel, one on an edit the whole workspace; both are kept in Redis, for every worker. */
function heldBack(entry: Entry, until: number): Settlement {
  const hold = entry.ts ? { editsHold: until + EDIT_BURST_MS } : { channelHold: until };
  return { outcome: "retry", at: until, ...hold };
}

function backoff(ctx: Context, entry: Entry): number {
  const wait = Math.min(BACKOFF_MOST_MS, BACKOFF_FIRST_MS * 2 ** Math.min(entry.attempts, 10));
  return Math.round(wait * (0.75 + 0.5 * ctx.random()));
}

/** A message that can no longer be edited: a card is posted anew, any other message stays as it is. */
function replacement(inHand: InHand, action: "repost_card" | "new_card", now: number): Settlement {
  const { entry, watch, claimed } = inHand;
  const isDeleted = action === "repost_card";
  if (entry.kind !== "card") {
    return isDeleted ? { outcome: "dead" } : { outcome: "sent", version: claimed.version, next: now };
  }
  // Whoever deletes a card twice does not want it: once is an accident, and repaired.
  if (isDeleted) return watch.cardReposted ? { outcome: "dead" } : { outcome: "repost", deleted: true, at: now };
  const postedAt = Number(entry.ts) * 1_000;
  return { outcome: "repost", deleted: false, at: watch.ended ? now : Math.max(now, postedAt + NEW_CARD_EVERY_MS) };
}

/** A person must mend something in Slack: everything is kept, and they are told what. */
async function pause(ctx: Context, inHand: InHand, failure: SendFailure): Promise<void> {
  const { entry, watch } = inHand;
  const now = ctx.now();
  // A direct message that cannot be delivered pauses nothing.
  if (isDirect(inHand)) return giveUp(ctx, inHand, failure);
  if (isFirstCard(inHand) && entry.state !== "unknown") return discard(ctx, inHand, failure);
  // Nobody waits for the last words of what somebody stopped; they are tried again now and then.
  if (watch.state === "stopped") return settle(ctx, inHand, stillWaiting(entry, now + TRY_PAUSED_AGAIN_MS));
  const concerned = failure.action === "pause_watch" ? [watch] : await concernedBy(ctx, watch);
  // A workflow that names nobody has nobody to tell: the card, the list and the Home tab say it.
  const told = new Set<string>([""]);
  const rows = concerned.map((each) => {
    const isFirst = !told.has(each.requester);
    told.add(each.requester);
    return { id: each.id, note: isFirst ? entryIdOf(each.id, "note", `paused:${failure.code}:${now}`) : "" };
  });
  await settle(ctx, inHand, stillWaiting(entry, now + BACKOFF_FIRST_MS));
  const mode = entry.ts ? "edit" : "post";
  const { claimedAt } = inHand.claimed;
  const again = now + TRY_PAUSED_AGAIN_MS;
  const paused = await pauseWatches(ctx.store, rows, failure.code, again, now, mode, claimedAt);
  if (paused.length > 0) {
    ctx.log.warn({ event: "watches_paused", channel: watch.channel, watches: paused.length, code: failure.code });
  }
  for (const requester of told) if (requester !== "") await ctx.wakeups.lane(requester);
}

/** A channel that refuses one message refuses all. Whose run is over has nothing to wait for, and is not disturbed. */
async function concernedBy(ctx: Context, watch: StoredWatch): Promise<readonly StoredWatch[]> {
  const others = await watchesOfChannel(ctx.store, watch.channel);
  return [watch, ...others.filter((other) => other.id !== watch.id && other.state === "active" && !other.ended)];
}

/** Nothing of this watch has reached Slack: the person is told why, and no half-made watch is left. */
async function discard(ctx: Context, inHand: InHand, failure: SendFailure): Promise<void> {
  const { watch } = inHand;
  if (!(await tellByResponseUrl(ctx, inHand, failure.code)) && watch.requester !== "") {
    const message = await pausedNote(ctx, inHand, failure.code);
    const notAfter = ctx.now() + ctx.settings.slackTimeoutMs;
    await ctx.slack.post({ channel: watch.requester, threadTs: null, broadcast: false, message, notAfter });
  }
  await discardWatch(ctx.store, watch.id);
  ctx.log.warn({ event: "watch_discarded", watch: watch.id, channel: watch.channel, code: failure.code });
}

async function tellByResponseUrl(ctx: Context, inHand: InHand, code: string): Promise<boolean> {
  const { watch } = inHand;
  if (!watch.responseUrl || ctx.now() - watch.askedAt > RESPONSE_URL_LIFE_MS) return false;
  return (await ctx.slack.respond(watch.responseUrl, await pausedNote(ctx, inHand, code))).ok;
}

async function pausedNote(ctx: Context, inHand: InHand, reason: string) {
  const { entry, watch } = inHand;
  const objective = (await getRun(ctx.store, watch.runId))?.spec?.objective ?? null;
  const { botName } = ctx.workspace;
  const isDiscarded = isFirstCard(inHand);
  return renderPausedNote({ entryId: entry.id, watch, reason, objective, botName, isDiscarded });
}

async function settle(ctx: Context, inHand: InHand, settlement: Settlement, pace?: number): Promise<void> {
  const isSettled = await settleEntry(ctx.store, inHand.entry, inHand.claimed.token, ctx.now(), settlement, pace);
  if (!isSettled) ctx.log.warn({ event: "settle_stale", entry: inHand.entry.id, outcome: settlement.outcome });
}

function report(ctx: Context, { entry, watch }: InHand, failure: SendFailure): void {
  const operation = entry.ts ? "update" : "post";
  ctx.metrics.deliveries.inc({ kind: entry.kind, outcome: failure.action });
  if (failure.action === "retry_after") ctx.metrics.rateLimited.inc({ operation });
  if (SHOWN_IN_HEALTH.has(failure.action)) noteFailure(ctx.health.slack, ctx.now(), failure.code);
  const fields = { kind: entry.kind, entry: entry.id, run: watch.runId, channel: entry.channel, operation };
  const level = failure.action === "plain_text" || failure.action === "drop" ? "error" : "warn";
  ctx.log[level]({ event: "send_failed", ...fields, action: failure.action, code: failure.code }, failure.detail);
}
