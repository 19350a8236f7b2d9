import { dueBefore, type Store } from "./store.ts";

/** What a person's Home tab shows, and since when they may be looking at it. */
export interface StoredHome {
  /** ms since the epoch */
  readonly openedAt: number;
  /** Digest of what was published last; null: that failed, or nothing was. */
  readonly digest: string | null;
  /** Slack's name for that version. */
  readonly version: string | null;
}

/** Longer than a Home tab is kept up to date after it was opened. */
const KEPT_MS = 24 * 3_600_000;

/** A person has their Home tab before them; it is looked at again at `nextAt` (ms). */
export async function noteHomeOpened(store: Store, user: string, now: number, nextAt: number): Promise<void> {
  await store.redis.hset(store.keys.home(user), "openedAt", now);
  await store.redis.pexpire(store.keys.home(user), KEPT_MS);
  await store.redis.zadd(store.keys.homes, nextAt, user);
}

export async function getHome(store: Store, user: string): Promise<StoredHome | null> {
  const [openedAt, digest, version] = await store.redis.hmget(store.keys.home(user), "openedAt", "digest", "version");
  return openedAt ? { openedAt: Number(openedAt), digest: digest || null, version: version || null } : null;
}

/** What a person sees now. */
export async function noteHomeShown(
  store: Store,
  user: string,
  shown: Pick<StoredHome, "digest" | "version">,
): Promise<void> {
  await store.redis.hset(store.keys.home(user), "digest", shown.digest ?? "", "version", shown.version ?? "");
  await store.redis.pexpire(store.keys.home(user), KEPT_MS);
}

/** Looks at an open Home tab again at another time (ms). */
export async function postponeHome(store: Store, user: string, nextAt: number): Promise<void> {
  await store.redis.zadd(store.keys.homes, "XX", nextAt, user);
}

/** People whose Home tab is due for a look. */
export async function homesDue(store: Store, now: number, most: number): Promise<string[]> {
  return (await dueBefore(store, store.keys.homes, now, most)).slice(0, most);
}

/** Takes a Home tab for one look; false when somebody else has it. */
export async function claimHome(store: Store, user: string, now: number, nextAt: number): Promise<boolean> {
  return (await store.run("claimDue", store.keys.homes, user, now, nextAt)) === 1;
}

/** The Home tab is not kept up to date any longer. */
export async function closeHome(store: Store, user: string): Promise<void> {
  await store.redis.zrem(store.keys.homes, user);
  await store.redis.del(store.keys.home(user));
}
