import type { Store } from "./store.ts";

/** Lets Redis give a sign of life, so that what it may forget next is looked for from now on only. */
export async function noteEra(store: Store, now: number): Promise<void> {
  await store.run("noteEra", store.keys.redis, now);
}

/** Redis is about to be stopped in order, and forgets nothing: that it is another one afterwards begins no era. */
export async function closeEra(store: Store): Promise<void> {
  await store.redis.hdel(store.keys.redis, "runId");
}
