import type { Store } from "./store.ts";

/** Slack is asked again after this time; so long somebody who left a channel may still decide there. */
const TRUSTED_FOR_MS = 5 * 60_000;

/** Whether this person was seen in the channel lately. */
export async function isKnownMember(store: Store, channel: string, user: string): Promise<boolean> {
  return (await store.redis.exists(store.keys.member(channel, user))) === 1;
}

/** Remembers, for a while, that Slack says that this person is in the channel. */
export async function rememberMember(store: Store, channel: string, user: string): Promise<void> {
  await store.redis.set(store.keys.member(channel, user), "1", "PX", TRUSTED_FOR_MS);
}

/** Longer ago than this, Slack is asked again whatever for: so long somebody who left a channel may still see its runs. */
const CHANNELS_KEPT_MS = 2 * 60_000;

/** The channels that a person was in not longer ago than `maxAgeMs`; null when Slack has to be asked. */
export async function knownChannels(
  store: Store,
  user: string,
  now: number,
  maxAgeMs: number,
): Promise<readonly string[] | null> {
  const json = await store.redis.get(store.keys.personChannels(user));
  if (json === null) return null;
  const { at, ids } = JSON.parse(json) as { at: number; ids: string[] };
  return Math.abs(now - at) <= maxAgeMs ? ids : null;
}

/** Remembers, for two minutes at most, in which channels Slack says that a person is. */
export async function rememberChannels(store: Store, user: string, ids: readonly string[], now: number): Promise<void> {
  const json = JSON.stringify({ at: now, ids });
  await store.redis.set(store.keys.personChannels(user), json, "PX", CHANNELS_KEPT_MS);
}

/** There is reason to doubt what is remembered: the person turned out not to be where they were thought to be. */
export async function forgetChannels(store: Store, user: string): Promise<void> {
  await store.redis.del(store.keys.personChannels(user));
}

/** True for the first time only: this person has not been told what the app is, nor used it. */
export async function isFirstMeeting(store: Store, user: string): Promise<boolean> {
  return (await store.redis.set(store.keys.met(user), "1", "NX")) === "OK";
}

/** Nothing was told after all. */
export async function undoMeeting(store: Store, user: string): Promise<void> {
  await store.redis.del(store.keys.met(user));
}
