import type { Cluster, Redis } from "ioredis";
import type { Logger } from "../log.ts";
import type { Context } from "../steps/context.ts";
import { deliverLane } from "../steps/deliver.ts";
import { pollRun } from "../steps/poll-run.ts";
import { pollTick } from "../steps/poll-tick.ts";
import { sweep, watchRedis } from "../steps/sweep.ts";
import { LANES, POLLS, type PollJob, type Queues, SWEEPS } from "./queues.ts";
import { startTirelessWorker } from "./tireless-worker.ts";

/** A job's lock, and how often jobs of dead workers are looked for: a kill is made good within seconds. */
const LOCK_MS = 10_000;
const STALLED_EVERY_MS = 5_000;
/** A worker that lets jobs lie for that long, though Redis answers, is stuck: longer than any wait of BullMQ's own. */
const LOOK_EVERY_MS = 3_000;
const PATIENCE_MS = 15_000;
const SWEEP_EVERY_MS = 5_000;
const SWEEP = "sweep";
/** Of polls each job may be a whole tick's; how many are at work at once is bounded besides (`Context.polls`). */
const CONCURRENCY = { [LANES]: 50, [POLLS]: 200, [SWEEPS]: 1 } as const;

export interface Workers {
  /** Takes no more jobs and waits for those in hand. */
  readonly close: () => Promise<void>;
}

/** Starts the workers; each job is one call of a step. `connect` gives a connection that waits for Redis. */
export function startWorkers(ctx: Context, queues: Queues, connect: () => Redis | Cluster): Workers {
  const start = (name: keyof typeof CONCURRENCY, step: (data: never) => Promise<void>) =>
    startTirelessWorker({
      queue: queues[name],
      step,
      concurrency: CONCURRENCY[name],
      worker: {
        prefix: queues.prefix,
        lockDuration: LOCK_MS,
        stalledInterval: STALLED_EVERY_MS,
        // What a job leaves undone stands in the store: a job may stall as often as workers die.
        maxStalledCount: 1_000,
        // After an error of its connection a worker asks again soon, not after BullMQ's 15 s.
        runRetryDelay: 1_000,
      },
      connect,
      log: ctx.log,
      lookEveryMs: LOOK_EVERY_MS,
      patienceMs: PATIENCE_MS,
    });
  const workers = [
    start(LANES, (data: { channel: string }) => deliverLane(ctx, data.channel)),
    start(POLLS, (data: PollJob) => ("tick" in data ? pollTick(ctx, data.tick) : pollRun(ctx, data.runId))),
    start(SWEEPS, () => sweep(ctx)),
  ];
  void scheduleSweeps(queues, ctx.log);
  const lookingAfter = setInterval(() => {
    void watchRedis(ctx);
    void keepSweepsScheduled(queues, ctx.log);
  }, SWEEP_EVERY_MS);
  return {
    close: async () => {
      clearInterval(lookingAfter);
      await Promise.allSettled(workers.map((worker) => worker.close()));
    },
  };
}

async function scheduleSweeps(queues: Queues, log: Logger): Promise<void> {
  try {
    await queues.sweeps.upsertJobScheduler(SWEEP, { every: SWEEP_EVERY_MS }, { name: SWEEP });
  } catch (error) {
    log.debug({ event: "sweep_not_scheduled", err: error }, "Redis is away; again when it is back");
  }
}

/** Redis may be emptied, or come back empty: nobody else would notice that nothing is swept any more. */
async function keepSweepsScheduled(queues: Queues, log: Logger): Promise<void> {
  const isScheduled = await queues.sweeps.getJobScheduler(SWEEP).catch(() => true);
  if (!isScheduled) await scheduleSweeps(queues, log);
}
