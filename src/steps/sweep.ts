import { noteEra } from "../store/eras.ts";
import { clearHold, getHold } from "../store/hold.ts";
import { laneDepth, lanesDue } from "../store/outbox.ts";
import { countPolledRuns, pollsDue } from "../store/runs.ts";
import { countPaused, countWatches, hasWatches } from "../store/watches.ts";
import { finishRefilters } from "./apply-filter.ts";
import type { Context } from "./context.ts";
import { noteFailure, noteOk } from "./health.ts";
import { refreshHomes } from "./home.ts";
import { remindChannels } from "./remind.ts";
import { retryPausedWatches } from "./resume-watches.ts";
import { forgetWorkspace, UNINSTALLED } from "./uninstall.ts";
import { advanceExecutions } from "./workflow.ts";

/** What is so much overdue has lost its job, by a crash or because the queue could not be reached. */
const OVERDUE_MS = 2_000;
const AT_ONCE = 500;

/** Finds what a crash left behind and puts it back on its way; safe to run anywhere, at any time, any number of times. */
export async function sweep(ctx: Context): Promise<void> {
  await releaseHold(ctx);
  await retryPausedWatches(ctx);
  const before = ctx.now() - OVERDUE_MS;
  const { maxMs } = ctx.settings.poll;
  for (const runId of await pollsDue(ctx.store, before, AT_ONCE, maxMs)) await ctx.wakeups.poll(runId);
  for (const channel of await lanesDue(ctx.store, before, AT_ONCE)) await ctx.wakeups.lane(channel);
  await finishRefilters(ctx);
  await remindChannels(ctx);
  await advanceExecutions(ctx);
  await refreshHomes(ctx);
  await observe(ctx);
  ctx.health.lastSweepAt = ctx.now();
}

/**
 * Notices soon that Redis is another server than before, which may have forgotten something; and lets it note when it was
 * last heard of. Not part of the sweep, whose job may itself have to be found first after such a change.
 */
export async function watchRedis(ctx: Context): Promise<void> {
  await noteEra(ctx.store, ctx.now()).catch((error) => ctx.log.debug({ event: "era_not_noted", err: error }));
}

/** While Slack refuses the token everything waits; a good `auth.test` ends that. */
async function releaseHold(ctx: Context): Promise<void> {
  const hold = await getHold(ctx.store);
  if (!hold || ctx.now() < hold.releaseAt) return;
  const answer = await ctx.slack.authTest();
  if (!answer.ok) {
    noteFailure(ctx.health.slack, ctx.now(), answer.failure.code);
    const isRemoved = hold.reason === UNINSTALLED && answer.failure.action === "pause_workspace";
    if (isRemoved && (await hasWatches(ctx.store))) await forgetWorkspace(ctx);
    return;
  }
  await clearHold(ctx.store);
  noteOk(ctx.health.slack, ctx.now());
  ctx.log.info({ event: "hold_released", reason: hold.reason }, "Slack accepts the token again");
  for (const channel of await lanesDue(ctx.store, Number.MAX_SAFE_INTEGER, AT_ONCE)) await ctx.wakeups.lane(channel);
}

async function observe(ctx: Context): Promise<void> {
  const [counts, paused, runs, lanes, hold] = await Promise.all([
    countWatches(ctx.store),
    countPaused(ctx.store),
    countPolledRuns(ctx.store),
    laneDepth(ctx.store, ctx.now()),
    getHold(ctx.store),
  ]);
  for (const [state, count] of Object.entries(counts)) ctx.metrics.watches.set({ state }, count);
  ctx.metrics.watchesRefused.reset();
  for (const [reason, count] of Object.entries(paused)) ctx.metrics.watchesRefused.set({ reason }, count);
  ctx.metrics.workspaceHeld.reset();
  if (hold) ctx.metrics.workspaceHeld.set({ reason: hold.reason }, 1);
  ctx.metrics.runsPolled.set(runs);
  ctx.metrics.laneDepth.set(lanes.depth);
  ctx.metrics.laneAge.set(lanes.ageMs / 1_000);
}
