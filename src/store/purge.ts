import { Cluster } from "ioredis";
import type { Store } from "./store.ts";

const KEYS_AT_ONCE = 500;

/** Removes everything that is kept of this workspace, a bounded number of keys at a time; how many there were. */
export async function purgeWorkspace(store: Store): Promise<number> {
  const nodes = store.redis instanceof Cluster ? store.redis.nodes("master") : [store.redis];
  let removed = 0;
  for (const node of nodes) {
    let cursor = "0";
    do {
      // The hash tag's braces mean nothing in a pattern; what a team's id could hold does not either.
      const [next, keys] = await node.scan(cursor, "MATCH", `${store.keys.prefix}*`, "COUNT", KEYS_AT_ONCE);
      cursor = next;
      if (keys.length > 0) removed += await node.unlink(...keys);
    } while (cursor !== "0");
  }
  return removed;
}
