import { dueBefore, type Store } from "./store.ts";

/** A step of a workflow that waits for us. */
export interface NewExecution {
  readonly id: string;
  readonly runId: string;
  readonly channel: string;
  readonly requester: string;
}

export interface StoredExecution extends NewExecution {
  /** ms since the epoch */
  readonly createdAt: number;
  /** The watch that it waits for; null before that is started. */
  readonly watchId: string | null;
  /** What Slack is to be told, as JSON, and since when; null while that is not decided. */
  readonly outcome: string | null;
  readonly decidedAt: number;
  /** Tries in a row that failed. */
  readonly failures: number;
}

/** So long a repeated event finds that its step is over. */
const CLOSED_KEPT_MS = 24 * 3_600_000;

/**
 * Makes a step durable, due at once. May be repeated: each part adds only what is missing, so a process that dies in
 * between leaves nothing that Slack's next delivery of the event does not complete.
 */
export async function addExecution(store: Store, execution: NewExecution, now: number): Promise<void> {
  const { id, runId, channel, requester } = execution;
  const key = store.keys.execution(id);
  await store.redis.hsetnx(key, "createdAt", now);
  await store.redis.hset(key, "runId", runId, "channel", channel, "requester", requester);
  if ((await store.redis.hexists(key, "closed")) === 0) {
    await store.redis.zadd(store.keys.executions, "NX", now, id);
  }
}

export async function getExecution(store: Store, id: string): Promise<StoredExecution | null> {
  const fields = await store.redis.hgetall(store.keys.execution(id));
  if (!fields.createdAt || fields.closed) return null;
  return {
    id,
    runId: fields.runId ?? "",
    channel: fields.channel ?? "",
    requester: fields.requester ?? "",
    createdAt: Number(fields.createdAt),
    watchId: fields.watchId ?? null,
    outcome: fields.outcome ?? null,
    decidedAt: Number(fields.decidedAt ?? 0),
    failures: Number(fields.failures ?? 0),
  };
}

export async function executionsDue(store: Store, now: number, most: number): Promise<string[]> {
  return dueBefore(store, store.keys.executions, now, most);
}

/** Takes a step for one look; false when somebody else has it, or it is not due. */
export async function claimExecution(store: Store, id: string, now: number, nextAt: number): Promise<boolean> {
  return (await store.run("claimDue", store.keys.executions, id, now, nextAt)) === 1;
}

/** Writes what is known now, and when the step is looked at again (ms). */
export async function keepExecution(
  store: Store,
  id: string,
  fields: Partial<Pick<StoredExecution, "watchId" | "outcome" | "decidedAt" | "failures">>,
  nextAt: number,
): Promise<void> {
  const given = Object.entries(fields).flatMap(([name, value]) => (value === null ? [] : [name, String(value)]));
  if (given.length > 0) await store.redis.hset(store.keys.execution(id), ...given);
  await store.redis.zadd(store.keys.executions, "XX", nextAt, id);
}

/** Nothing more is to be done for the step. */
export async function closeExecution(store: Store, id: string): Promise<void> {
  await store.redis.hset(store.keys.execution(id), "closed", "1");
  await store.redis.zrem(store.keys.executions, id);
  await store.redis.pexpire(store.keys.execution(id), CLOSED_KEPT_MS);
}
