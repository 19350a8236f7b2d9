import { entryIdOf, watchIdOf } from "../domain/ids.ts";
import type { Run, RunSpec } from "../domain/run.ts";
import { type Overrides, settingsOf } from "../domain/settings.ts";
import { FindAllError } from "../findall/error.ts";
import type { ChannelDescription } from "../slack/client.ts";
import { getSettings, setOverrides } from "../store/settings.ts";
import { isStoreUnavailable } from "../store/store.ts";
import { getWatch, resumeWatch, type StoredWatch, startWatch as storeWatch } from "../store/watches.ts";
import { applyChange } from "./apply-filter.ts";
import { cardLinkOf } from "./card-link.ts";
import type { Context } from "./context.ts";
import { troubleReading } from "./outside-trouble.ts";
import type { Asker, ChannelRefusal, StartWatchResult } from "./results.ts";

/**
 * Starts following a run in the asker's channel. Checks everything that can be checked before anything is promised; says
 * "watching" only after the watch, its card and its first poll are durable.
 */
export async function startWatch(
  ctx: Context,
  runId: string,
  asker: Asker,
  overrides: Overrides | null = null,
): Promise<StartWatchResult> {
  try {
    return await start(ctx, runId, asker, overrides);
  } catch (error) {
    if (isStoreUnavailable(error)) return { kind: "store_unavailable" };
    if (error instanceof FindAllError) return troubleReading(error);
    throw error;
  }
}

async function start(
  ctx: Context,
  runId: string,
  asker: Asker,
  overrides: Overrides | null,
): Promise<StartWatchResult> {
  const watchId = watchIdOf(ctx.workspace.teamId, asker.channelId, runId);
  // The store first: while it is away nothing else is worth asking.
  const existing = await getWatch(ctx.store, watchId);
  const [run, spec, channel] = await Promise.all([
    ctx.findall.getRun(runId, { signal: ctx.signal }),
    readSpec(ctx, runId),
    ctx.slack.describeChannel(asker.channelId),
  ]);
  const refusal = refusalOf(channel, asker);
  if (refusal) return { kind: "channel_refused", refusal };
  if (existing) await override(ctx, existing, overrides);
  if (existing?.state === "paused") return resume(ctx, existing, run);
  ctx.reach("command acked");
  const outcome = await storeWatch(ctx.store, newWatch(watchId, runId, asker, overrides), run, spec, ctx.now());
  ctx.reach("watch stored");
  ctx.log.info({ event: `watch_${outcome}`, watch: watchId, run: runId, channel: asker.channelId });
  await ctx.wakeups.poll(runId);
  await ctx.wakeups.lane(asker.channelId);
  const watch = await getWatch(ctx.store, watchId);
  if (!watch) throw new Error("a watch that was just stored is not there");
  const cardLink = cardLinkOf(ctx, watch);
  if (outcome === "created") return { kind: "watching", watch, run, spec };
  return { kind: outcome === "reopened" ? "reopened" : "already_watching", watch, run, cardLink };
}

async function resume(ctx: Context, watch: StoredWatch, run: Run): Promise<StartWatchResult> {
  await resumeWatch(ctx.store, watch.id, ctx.now(), "asked");
  ctx.log.info({ event: "watch_resumed", watch: watch.id, run: watch.runId, channel: watch.channel });
  await ctx.wakeups.lane(watch.channel);
  await ctx.wakeups.poll(watch.runId);
  const resumed = (await getWatch(ctx.store, watch.id)) ?? watch;
  return { kind: "reopened", watch: resumed, run, cardLink: cardLinkOf(ctx, resumed) };
}

/** A run whose schema cannot be read just now is watched all the same; the poll asks again. */
async function readSpec(ctx: Context, runId: string): Promise<RunSpec | null> {
  try {
    return await ctx.findall.getSpec(runId, { signal: ctx.signal });
  } catch (error) {
    if (error instanceof FindAllError) return null;
    throw error;
  }
}

/** What was said for this watch alone is added to what was said before, or takes it back when empty; it holds at once. */
async function override(ctx: Context, watch: StoredWatch, given: Overrides | null): Promise<void> {
  if (given === null) return;
  const isTakenBack = Object.keys(given).length === 0;
  const overrides = isTakenBack ? {} : { ...watch.overrides, ...given };
  const now = ctx.now();
  await setOverrides(ctx.store, watch.id, overrides, now);
  const settings = settingsOf(await getSettings(ctx.store, watch.channel), overrides);
  await applyChange(ctx, watch, settings, now);
}

function newWatch(id: string, runId: string, asker: Asker, overrides: Overrides | null) {
  return {
    id,
    runId,
    channel: asker.channelId,
    requester: asker.userId,
    requesterName: asker.userName,
    responseUrl: asker.responseUrl,
    cardEntry: entryIdOf(id, "card", ""),
    overrides: overrides ?? {},
  };
}

/** Null when the bot may post there, or when Slack does not tell: then the card itself will find out. */
function refusalOf(channel: ChannelDescription, asker: Asker): ChannelRefusal | null {
  switch (channel.kind) {
    case "open":
    case "unknown":
      return null;
    case "archived":
      return "archived";
    case "not_member":
      return channel.isPrivate ? "private_channel" : "not_in_channel";
    case "not_found":
      // Slack shows a bot neither private channels nor conversations it is not part of; the command names which it was.
      return asker.channelName === "directmessage" ? "direct_message" : "private_channel";
  }
}
