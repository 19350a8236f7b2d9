import { TICK_MS } from "../domain/poll-policy.ts";
import { pollsBetween } from "../store/runs.ts";
import type { Context } from "./context.ts";
import { pollRun } from "./poll-run.ts";

/**
 * Polls the runs that are due within a tick, side by side. What is due longer is in other hands, or the sweep's to find;
 * so is what fails here.
 * @param tick its end, in ms since the epoch
 * @throws while Redis cannot say what is due
 */
export async function pollTick(ctx: Context, tick: number): Promise<void> {
  const runIds = await pollsBetween(ctx.store, tick - TICK_MS, tick);
  const poll = (runId: string) =>
    pollRun(ctx, runId).catch((error: unknown) =>
      ctx.log.warn({ event: "poll_broken_off", run: runId, err: error }, "a poll failed; the sweep takes it up again"),
    );
  await Promise.all(runIds.map(poll));
}
