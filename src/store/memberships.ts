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
