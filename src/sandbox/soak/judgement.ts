import { setTimeout as sleep } from "node:timers/promises";
import { auditWatch, type Followed, shownOf } from "../audit.ts";
import type { Cast } from "./cast.ts";
import type { Ground } from "./ground.ts";

/** Edits have a budget of 40 a minute for the whole workspace, and what was held back longest waits for five minutes. */
const QUIET_WITHIN_MS = 8 * 60_000;

/** Waits until nothing is wrong with any watch; gives what still is when that takes too long. */
export async function untilQuiet({ ground, people }: Cast, followed: readonly Followed[]): Promise<readonly string[]> {
  const { slack, store } = ground;
  const until = Date.now() + QUIET_WITHIN_MS;
  const open = new Set(followed);
  for (;;) {
    const wrong = [...(await people.insist())];
    for (const each of open) {
      const complaints = await auditWatch(slack, store, each).catch((error: unknown) => [String(error)]);
      if (complaints.length === 0) open.delete(each);
      wrong.push(...complaints);
    }
    if (wrong.length === 0 || Date.now() > until) return wrong;
    await sleep(1_000);
  }
}

/** What Redis holds in the end: ours, and the queue's, which must not grow with what is over. */
export async function countKeys({ store }: Ground) {
  const names = await store.redis.keys("*");
  const ours = names.filter((name) => name.startsWith(store.keys.prefix)).length;
  return { ours, queue: names.length - ours };
}

/** What a person would miss, or see twice. */
export function lostAndDoubled({ slack }: Ground, followed: readonly Followed[]) {
  let [candidates, lost, doubled] = [0, 0, 0];
  for (const each of followed) {
    const { posted, keyOf, cards, completions } = shownOf(slack, each);
    candidates += each.matched.length;
    lost += each.matched.filter((id) => !posted.includes(keyOf(id))).length + Number(cards.length === 0);
    doubled += posted.length - new Set(posted).size + Math.max(0, cards.length - 1);
    doubled += Math.max(0, completions.length - each.ends);
    lost += Math.max(0, each.ends - completions.length);
  }
  return { candidates, lost, doubled };
}
