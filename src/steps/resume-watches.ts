import type { Watch } from "../domain/watch.ts";
import {
  getWatch,
  noteOpened,
  pausedWatchesDue,
  type ResumedBy,
  resumeWatch,
  watchesOfChannel,
} from "../store/watches.ts";
import type { Context } from "./context.ts";

/** The bot may post in a channel again: everything that waited there goes on its way. */
export async function resumeChannel(ctx: Context, channel: string): Promise<void> {
  await noteOpened(ctx.store, channel, ctx.now());
  const watches = await watchesOfChannel(ctx.store, channel);
  for (const watch of watches.filter((each) => each.state === "paused")) await resume(ctx, watch, "mended");
}

/** Tries paused watches again whose time has come; if the cause is still there they pause again without a word. */
export async function retryPausedWatches(ctx: Context): Promise<void> {
  for (const id of await pausedWatchesDue(ctx.store, ctx.now())) {
    const watch = await getWatch(ctx.store, id);
    if (watch) await resume(ctx, watch, "retry");
    else await resumeWatch(ctx.store, id, ctx.now());
  }
}

async function resume(ctx: Context, watch: Watch, by: ResumedBy): Promise<void> {
  if (!(await resumeWatch(ctx.store, watch.id, ctx.now(), by))) return;
  ctx.log.info({ event: "watch_resumed", watch: watch.id, run: watch.runId, channel: watch.channel });
  await ctx.wakeups.lane(watch.channel);
  await ctx.wakeups.poll(watch.runId);
}
