import { Queue } from "bullmq";
import type { Cluster, Redis } from "ioredis";
import { tickOf } from "../domain/poll-policy.ts";
import type { Logger } from "../log.ts";
import type { Wakeups } from "../steps/context.ts";

/** BullMQ's keys carry a hash tag, as Redis Cluster needs, and the workspace, so that two installations may share a Redis. */
const prefixOf = (team: string): string => `{findall:${team}}`;
export const LANES = "lanes";
export const POLLS = "polls";
export const SWEEPS = "sweeps";

/** One run at once, or all that are due within a tick. */
export type PollJob = { readonly runId: string } | { readonly tick: number };

export interface Queues {
  /** Where BullMQ keeps them; workers must use the same. */
  readonly prefix: string;
  readonly lanes: Queue<{ channel: string }>;
  readonly polls: Queue<PollJob>;
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
    polls: open<PollJob>(POLLS),
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
 * by their time, so that many who ask for the same moment make one job. Polls for later are asked for by the tick: a job
 * for each run would be four of the six commands that a poll sends to Redis.
 */
export function createWakeups(queues: Queues, log: Logger, now: () => number): Wakeups {
  const add = async (queue: Queue, name: string, data: object, id: string, at: number | null) => {
    const delay = at === null ? 0 : Math.max(0, at - now());
    const deduplication = at === null ? { id, keepLastIfActive: true } : { id: `${id}@${at}` };
    try {
      await queue.add(name, data, { delay, deduplication });
      return true;
    } catch (error) {
      log.warn({ event: "wakeup_failed", job: name, id, err: error }, "the sweep will find it");
      return false;
    }
  };
  const later = (at: number | undefined) => (at !== undefined && at > now() ? at : null);
  /** What this process has asked for already. */
  const ticks = new Set<number>();
  const addTick = async (tick: number) => {
    if (ticks.has(tick)) return;
    ticks.add(tick);
    // By a timer and not by the clock, which may be set back: then the same tick comes again.
    setTimeout(() => ticks.delete(tick), tick - now()).unref();
    if (!(await add(queues.polls, "tick", { tick }, "tick", tick))) ticks.delete(tick);
  };
  return {
    lane: async (channel, at) => void (await add(queues.lanes, "lane", { channel }, channel, later(at))),
    poll: async (runId, at) => {
      const due = later(at);
      if (due === null) await add(queues.polls, "poll", { runId }, runId, null);
      else await addTick(tickOf(due));
    },
    forget: async () => {
      const gone = await Promise.allSettled([
        queues.lanes.obliterate({ force: true }),
        queues.polls.obliterate({ force: true }),
      ]);
      ticks.clear();
      for (const each of gone)
        if (each.status === "rejected") log.warn({ event: "jobs_not_forgotten", err: each.reason });
    },
  };
}
