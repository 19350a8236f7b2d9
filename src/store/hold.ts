import type { Store } from "./store.ts";

/** Why the whole workspace is held back, if it is. Times in ms. */
export interface Hold {
  readonly reason: string;
  /** The scope that Slack misses, if that is the reason. */
  readonly needed: string | null;
  /** Since when sending has failed; holds that follow each other closely are one. */
  readonly since: number;
  /** Not lifted before this time. */
  readonly releaseAt: number;
}

export async function getHold(store: Store): Promise<Hold | null> {
  const fields = ["reason", "needed", "since", "releaseAt"] as const;
  const [reason, needed, since, releaseAt] = await store.redis.hmget(store.keys.hold, ...fields);
  return reason ? { reason, needed: needed || null, since: Number(since), releaseAt: Number(releaseAt) } : null;
}

const HOLD_FIRST_MS = 10_000;
const HOLD_MOST_MS = 5 * 60_000;
/** Holds within this time of each other are one trouble. */
const HOLD_MEMORY_MS = 15 * 60_000;

/**
 * Holds all sending back, since Slack refuses the installation; keeps the first reason.
 * @returns whether this is the beginning of a trouble, which nobody knows of yet
 */
export async function setHold(
  store: Store,
  { reason, needed = null }: { readonly reason: string; readonly needed?: string | null },
  now: number,
): Promise<boolean> {
  const waits = [HOLD_FIRST_MS, HOLD_MOST_MS, HOLD_MEMORY_MS];
  return (await store.run("setHold", store.keys.hold, now, reason, ...waits, needed ?? "")) === 1;
}

/** What a refusal was really about: known only later, and then it counts. */
export async function giveReason(store: Store, reason: string): Promise<void> {
  await store.redis.hset(store.keys.hold, "reason", reason);
}

export async function clearHold(store: Store): Promise<void> {
  await store.redis.del(store.keys.hold);
}
