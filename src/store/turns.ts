import type { Store } from "./store.ts";

/** Longer than the least time between two posts: a turn is counted from when we ask, the pace from Slack's answer. */
const TURN_MS = 1_500;

/** When a message that is in no lane may go to the channel (ms); the lane, and who asks next, waits for it. */
export async function reserveTurn(store: Store, channel: string, now: number): Promise<number> {
  return Number(await store.run("reserveTurn", store.keys.lane(channel), channel, now, TURN_MS));
}

/** Lets nothing be posted to the channel before `time` (ms). */
export async function endTurn(store: Store, channel: string, now: number, time: number): Promise<void> {
  await store.run("endTurn", store.keys.lane(channel), channel, now, time);
}
