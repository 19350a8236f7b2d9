import { TICK_MS } from "../domain/poll-policy.ts";
import { pollsBetween } from "../store/runs.ts";
import type { Context } from "./context.ts";
import { pollRun } from "./poll-run.ts";

/**
 * Polls the runs that are due within a tick, side by side. What is due longer is in other hands, or the sweep's to find.
 * @param tick its end, in ms since the epoch
 * @throws the first failure, once all are done
 */
export async function pollTick(ctx: Context, tick: number): Promise<void> {
  const runIds = await pollsBetween(ctx.store, tick - TICK_MS, tick);
  const done = await Promise.allSettled(runIds.map((runId) => pollRun(ctx, runId)));
  for (const each of done) if (each.status === "rejected") throw each.reason;
}
