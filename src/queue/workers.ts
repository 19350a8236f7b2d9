import { Worker } from "bullmq";
import type { Cluster, Redis } from "ioredis";
import type { Logger } from "../log.ts";
import type { Context } from "../steps/context.ts";
import { deliverLane } from "../steps/deliver.ts";
import { pollRun } from "../steps/poll-run.ts";
import { sweep } from "../steps/sweep.ts";
import { LANES, POLLS, type Queues, SWEEPS } from "./queues.ts";

/** A job's lock, and how often jobs of dead workers are looked for: a kill is made good within seconds. */
const LOCK_MS = 10_000;
const STALLED_EVERY_MS = 5_000;
const SWEEP_EVERY_MS = 5_000;
const CONCURRENCY = { [LANES]: 50, [POLLS]: 50, [SWEEPS]: 1 } as const;

export interface Workers {
  /** Takes no more jobs and waits for those in hand. */
  readonly close: () => Promise<void>;
}

/** Starts the workers; each job is one call of a step. `connect` gives a connection that waits for Redis. */
export function startWorkers(ctx: Context, queues: Queues, connect: () => Redis | Cluster): Workers {
  const connections: (Redis | Cluster)[] = [];
  const start = (name: keyof typeof CONCURRENCY, step: (data: never) => Promise<void>) => {
    const connection = connect();
    connections.push(connection);
    const worker = new Worker(name, async (job) => step(job.data as never), {
      connection,
      prefix: queues.prefix,
      concurrency: CONCURRENCY[name],
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_EVERY_MS,
      // What a job leaves undone stands in the store: a job may stall as often as workers die.
      maxStalledCount: 1_000,
      // After an error of its connection a worker asks again soon, not after BullMQ's 15 s.
      runRetryDelay: 1_000,
    });
    worker.on("error", (error) => ctx.log.debug({ event: "worker_error", queue: name, err: error }));
    worker.on("failed", (job, error) => reportFailed(ctx.log, name, job?.data, error));
    return worker;
  };
  const workers = [
    start(LANES, (data: { channel: string }) => deliverLane(ctx, data.channel)),
    start(POLLS, (data: { runId: string }) => pollRun(ctx, data.runId)),
    start(SWEEPS, () => sweep(ctx)),
  ];
  const schedule = () => scheduleSweeps(queues, ctx.log);
  // Redis may come back empty: the schedule is put there whenever the connection is made.
  for (const connection of connections.slice(-1)) connection.on("ready", schedule);
  void schedule();
  return {
    close: async () => {
      await Promise.allSettled(workers.map((worker) => worker.close()));
      for (const connection of connections) connection.disconnect();
    },
  };
}

async function scheduleSweeps(queues: Queues, log: Logger): Promise<void> {
  try {
    await queues.sweeps.upsertJobScheduler("sweep", { every: SWEEP_EVERY_MS }, { name: "sweep" });
  } catch (error) {
    log.debug({ event: "sweep_not_scheduled", err: error }, "Redis is away; again when it is back");
  }
}

/** The lease of what was in hand runs out and the sweep finds it; the failure itself is worth a line. */
function reportFailed(log: Logger, queue: string, data: unknown, error: Error): void {
  log.warn(
    { event: "job_failed", queue, data, err: error },
    "a step failed; what it left undone will be taken up again",
  );
}
