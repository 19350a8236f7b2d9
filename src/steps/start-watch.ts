import { entryIdOf, watchIdOf } from "../domain/ids.ts";
import type { Run, RunSpec } from "../domain/run.ts";
import { type Overrides, settingsOf, withOverrides } from "../domain/settings.ts";
import { FindAllError } from "../findall/error.ts";
import { getSettings, setOverrides } from "../store/settings.ts";
import { isStoreUnavailable } from "../store/store.ts";
import { getWatch, type Requester, resumeWatch, type StoredWatch, startWatch as storeWatch } from "../store/watches.ts";
import { applyChange } from "./apply-filter.ts";
import { cardLinkOf } from "./card-link.ts";
import { refusalOf } from "./channel-refusal.ts";
import type { Context } from "./context.ts";
import { outlookOf } from "./outlook.ts";
import { troubleReading } from "./outside-trouble.ts";
import type { Asker, StartWatchResult } from "./results.ts";

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
  // What a person has paused only a person resumes.
  if (existing?.pausedByName && asker.isWorkflow)
    return { kind: "already_watching", ...(await about(ctx, existing, run, spec)) };
  const resumed = existing?.state === "paused" ? await resume(ctx, existing, asker) : null;
  if (resumed) return { kind: "reopened", ...(await about(ctx, resumed, run, spec)) };
  ctx.reach("command acked");
  const outcome = await storeWatch(ctx.store, newWatch(watchId, runId, asker, overrides), run, spec, ctx.now());
  ctx.reach("watch stored");
  ctx.log.info({ event: `watch_${outcome}`, watch: watchId, run: runId, channel: asker.channelId });
  await ctx.wakeups.poll(runId);
  await ctx.wakeups.lane(asker.channelId);
  const watch = await getWatch(ctx.store, watchId);
  if (!watch) throw new Error("a watch that was just stored is not there");
  const told = await about(ctx, watch, run, spec);
  if (outcome === "created") return { kind: "watching", ...told };
  return { kind: outcome === "reopened" ? "reopened" : "already_watching", ...told };
}

/** What is told of a watch, however it began. */
async function about(ctx: Context, watch: StoredWatch, run: Run, spec: RunSpec | null) {
  return { watch, run, spec, cardLink: cardLinkOf(ctx, watch), outlook: await outlookOf(ctx, watch, !run.isActive) };
}

/** Null when there is nothing to go on with: its run was lost before it was held up, and is there again. */
async function resume(ctx: Context, watch: StoredWatch, asker: Asker): Promise<StoredWatch | null> {
  await resumeWatch(ctx.store, watch.id, ctx.now(), "asked", asker.isWorkflow ? null : requesterOf(asker));
  ctx.log.info({ event: "watch_resumed", watch: watch.id, run: watch.runId, channel: watch.channel });
  await ctx.wakeups.lane(watch.channel);
  await ctx.wakeups.poll(watch.runId);
  const resumed = await getWatch(ctx.store, watch.id);
  return resumed?.state === "lost" ? null : resumed;
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
  const overrides = withOverrides(watch.overrides, given);
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
    ...requesterOf(asker),
    cardEntry: entryIdOf(id, "card", ""),
    overrides: overrides ?? {},
  };
}

function requesterOf({ userId, userName, responseUrl }: Asker): Requester {
  return { requester: userId, requesterName: userName, responseUrl };
}
