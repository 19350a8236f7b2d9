import { type Queue, Worker, type WorkerOptions } from "bullmq";
import type { Cluster, Redis } from "ioredis";
import type { Logger } from "../log.ts";

export interface TirelessWorkerOptions {
  readonly queue: Queue;
  readonly step: (data: never) => Promise<void>;
  readonly concurrency: number;
  /** Everything else that BullMQ is told. */
  readonly worker: Omit<WorkerOptions, "connection" | "concurrency" | "autorun">;
  /** Gives a connection that waits for Redis; each worker has its own. */
  readonly connect: () => Redis | Cluster;
  readonly log: Logger;
  /** How often the queue is looked at, and how long jobs may lie there untouched, in ms. */
  readonly lookEveryMs: number;
  readonly patienceMs: number;
}

export interface TirelessWorker {
  /** Takes no more jobs and waits for those in hand. */
  readonly close: () => Promise<void>;
}

/** One that is of no use is replaced less and less often. */
const MAX_PATIENCE_MS = 5 * 60_000;

/**
 * A worker that is replaced when it takes no jobs although some are due, it has room and Redis answers. BullMQ's may end
 * up so, without a word, when a node of a Redis Cluster went away and came back: its blocking read is torn down and then
 * waited for forever (taskforcesh/bullmq issue 4138; seen with 6.7.0, docs/decisions/exactly-once.md). A replaced worker's
 * jobs are finished by leases, as a dead process's are.
 */
export function startTirelessWorker(options: TirelessWorkerOptions): TirelessWorker {
  const { queue, concurrency, lookEveryMs, log } = options;
  let running = 0;
  let taken = 0;
  const step = async (data: unknown) => {
    taken += 1;
    running += 1;
    try {
      await options.step(data as never);
    } finally {
      running -= 1;
    }
  };
  let current = open(options, step);
  let idleSince: number | null = null;
  let takenAtLastLook = -1;
  let patienceMs = options.patienceMs;

  const look = async () => {
    const hasTakenSome = taken !== takenAtLastLook;
    takenAtLastLook = taken;
    if (hasTakenSome) patienceMs = options.patienceMs;
    const isOverdue = await hasDueJob(queue).catch(() => false);
    if (hasTakenSome || running >= concurrency || !isOverdue || taken !== takenAtLastLook) {
      idleSince = null;
      return;
    }
    idleSince ??= Date.now();
    if (Date.now() - idleSince < patienceMs) return;
    log.warn(
      { event: "worker_replaced", queue: queue.name, afterMs: Date.now() - idleSince },
      "a worker took no jobs although some were due; another one takes its place",
    );
    idleSince = null;
    patienceMs = Math.min(MAX_PATIENCE_MS, patienceMs * 2);
    const stuck = current;
    current = open(options, step);
    abandon(stuck);
  };
  let looking: Promise<void> | null = null;
  const timer = setInterval(() => {
    looking ??= look().finally(() => {
      looking = null;
    });
  }, lookEveryMs);
  return {
    close: async () => {
      clearInterval(timer);
      await looking;
      await current.worker.close().catch(() => {});
      current.connection.disconnect();
    },
  };
}

interface Opened {
  readonly worker: Worker;
  readonly connection: Redis | Cluster;
}

function open(options: TirelessWorkerOptions, step: (data: unknown) => Promise<void>): Opened {
  const { queue, concurrency, log } = options;
  const connection = options.connect();
  const worker = new Worker(queue.name, async (job) => step(job.data), { ...options.worker, connection, concurrency });
  worker.on("error", (error) => log.debug({ event: "worker_error", queue: queue.name, err: error }));
  // The lease of what was in hand runs out and the sweep finds it; the failure itself is worth a line.
  worker.on("failed", (job, error) =>
    log.warn(
      { event: "job_failed", queue: queue.name, data: job?.data, err: error },
      "a step failed; what it left undone will be taken up again",
    ),
  );
  return { worker, connection };
}

/** Nobody waits for it: what it is stuck in may never end. */
function abandon({ worker, connection }: Opened): void {
  void worker.close(true).catch(() => {});
  connection.disconnect();
}

/** Is there a job that a worker with room would have taken? Throws while Redis is away. */
async function hasDueJob(queue: Queue): Promise<boolean> {
  if ((await queue.getWaitingCount()) > 0) return true;
  const [next] = await queue.getDelayed(0, 0);
  return next !== undefined && next !== null && next.timestamp + next.delay <= Date.now();
}
