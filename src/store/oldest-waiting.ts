import type { Store } from "./store.ts";

/** A lane's score is class × 2^40 + order of match (see the scripts' prelude); this is the class of new candidates. */
const CLASS = 2 ** 40;
const NEW_CANDIDATES = 3;
/** Entries of a lane among which the oldest that a watch has waiting is looked for. */
const OLDEST_AMONG = 50;

/**
 * When the oldest candidate of a watch that waits in its lane was handed over (ms); 0 for a page, which goes as soon as it
 * may. Null when there is none among the lane's first: a bounded look.
 */
export async function oldestWaiting(store: Store, channel: string, watchId: string): Promise<number | null> {
  const [from, to] = [NEW_CANDIDATES * CLASS, (NEW_CANDIDATES + 1) * CLASS - 1];
  const ids = await store.redis.zrangebyscore(store.keys.lane(channel), from, to, "LIMIT", 0, OLDEST_AMONG);
  const rows = await Promise.all(
    ids.map((id) => store.redis.hmget(store.keys.entry(id), "watchId", "kind", "addedAt")),
  );
  const [, kind, addedAt] = rows.find(([owner]) => owner === watchId) ?? [];
  if (kind === undefined) return null;
  return kind === "page" ? 0 : Number(addedAt ?? 0);
}
