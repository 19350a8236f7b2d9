import { Queue } from "bullmq";
import type { Cluster, Redis } from "ioredis";
import type { Logger } from "../log.ts";
import type { Wakeups } from "../steps/context.ts";

/** BullMQ's keys carry a hash tag, as Redis Cluster needs, and the workspace, so that two installations may share a Redis. */
const prefixOf = (team: string): string => `{findall:${team}}`;
export const LANES = "lanes";
export const POLLS = "polls";
export const SWEEPS = "sweeps";

export interface Queues {
  /** Where BullMQ keeps them; workers must use the same. */
  readonly prefix: string;
  readonly lanes: Queue<{ channel: string }>;
  readonly polls: Queue<{ runId: string }>;
  readonly sweeps: Queue;
  readonly close: () => Promise<void>;
}

/** Opens the queues for adding jobs, on a connection that fails fast. */
export function openQueues(connection: Redis | Cluster, team: string, log: Logger): Queues {
  const prefix = prefixOf(team);
  const defaultJobOptions = { removeOnComplete: true, removeOnFail: true, attempts: 1 };
  const open = <T>(name: string) => {
    const queue = new Queue<T>(name, { connection, prefix, defaultJobOptions });
    queue.on("error", (error) => log.debug({ event: "queue_error", queue: name, err: error }));
    return queue;
  };
  const queues = {
    lanes: open<{ channel: string }>(LANES),
    polls: open<{ runId: string }>(POLLS),
    sweeps: open(SWEEPS),
  };
  return {
    ...queues,
    prefix,
    close: async () => {
      await Promise.allSettled(Object.values(queues).map((queue) => queue.close()));
    },
  };
}

/**
 * Wakes lanes and polls. At most one job of a lane runs and one waits (`keepLastIfActive`); jobs for later are told apart
 * by their time, so that many who ask for the same moment make one job.
 */
export function createWakeups(queues: Queues, log: Logger, now: () => number): Wakeups {
  const add = async (queue: Queue, name: string, data: object, id: string, at: number | undefined) => {
    const delay = at === undefined ? 0 : Math.max(0, at - now());
    const deduplication = delay > 0 ? { id: `${id}@${at}` } : { id, keepLastIfActive: true };
    try {
      await queue.add(name, data, { delay, deduplication });
    } catch (error) {
      log.warn({ event: "wakeup_failed", job: name, id, err: error }, "the sweep will find it");
    }
  };
  return {
    lane: (channel, at) => add(queues.lanes, "lane", { channel }, channel, at),
    poll: (runId, at) => add(queues.polls, "poll", { runId }, runId, at),
    forget: async () => {
      const gone = await Promise.allSettled(
        [queues.lanes, queues.polls].map((queue) => queue.obliterate({ force: true })),
      );
      for (const each of gone)
        if (each.status === "rejected") log.warn({ event: "jobs_not_forgotten", err: each.reason });
    },
  };
}
