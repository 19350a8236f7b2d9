import { setTimeout as sleep } from "node:timers/promises";
import { auditWatch, type Followed, shownOf } from "../audit.ts";
import { costOf } from "../bench/process-cost.ts";
import type { Cast } from "./cast.ts";
import type { Fleet } from "./fleet.ts";
import type { Ground } from "./ground.ts";

/** What was held back longest waits for five minutes. */
const QUIET_WITHIN_MS = 8 * 60_000;
/** Edits have a budget of 40 a minute for the whole workspace: as long as it is used up, what waits for it may wait longer. */
const EDITS_A_MINUTE = 35;
const EDITED_WITHIN_MS = 20 * 60_000;

/** Of each service process, once all is quiet. */
const RSS_MB = 350;
/** Markers, counters, channels and people. */
const KEYS_AT_ALL = 300;
/** A run and a watch with what belongs to them, their card, alerts and notes. */
const KEYS_A_WATCH = 16;
/** Its entry, its share of a page, and what is said about it later. */
const KEYS_A_CANDIDATE = 1.5;
const JOBS_AT_ALL = 100;
const JOBS_A_WATCH = 3;

/** Waits until nothing is wrong with any watch; gives what still is when that takes too long. */
export async function untilQuiet({ ground, people }: Cast, followed: readonly Followed[]): Promise<readonly string[]> {
  const { slack, store } = ground;
  const healedAt = Date.now();
  const isEditing = () => {
    const sinceMs = Date.now() - 60_000;
    return slack.calls("chat.update").filter(({ ok, at }) => ok && at > sinceMs).length >= EDITS_A_MINUTE;
  };
  const isOverdue = (ms: number) => ms > EDITED_WITHIN_MS || (ms > QUIET_WITHIN_MS && !isEditing());
  const open = new Set(followed);
  for (;;) {
    const wrong = [...(await people.insist())];
    for (const each of open) {
      const complaints = await auditWatch(slack, store, each).catch((error: unknown) => [String(error)]);
      if (complaints.length === 0) open.delete(each);
      wrong.push(...complaints);
    }
    if (wrong.length === 0 || isOverdue(Date.now() - healedAt)) return wrong;
    await sleep(1_000);
  }
}

/** What there is in the end, for which Redis may hold something. */
export interface KeyCounts {
  readonly watches: number;
  /** One for each channel that follows its run. */
  readonly candidates: number;
  /** Commands and clicks: each leaves a mark for a while, so that it is not done twice. */
  readonly acts: number;
}

/** What Redis holds in the end: ours, in proportion to what there is, and the queue's, which must not grow with what is over. */
export async function countKeys({ store }: Ground, counts: KeyCounts) {
  const { watches, candidates, acts } = counts;
  const names = await store.redis.keys("*");
  const ours = names.filter((name) => name.startsWith(store.keys.prefix)).length;
  const queue = names.length - ours;
  const oursBound = Math.ceil(KEYS_AT_ALL + watches * KEYS_A_WATCH + candidates * KEYS_A_CANDIDATE + acts);
  const queueBound = JOBS_AT_ALL + watches * JOBS_A_WATCH;
  const violations = [
    ...(ours > oursBound ? [`${ours} keys of ours in Redis; ${oursBound} allowed`] : []),
    ...(queue > queueBound ? [`${queue} keys of the queue in Redis; ${queueBound} allowed`] : []),
  ];
  return { ours, oursBound, queue, queueBound, violations };
}

/** What each service process holds in the end, and the most it ever held (MB). */
export function memoryOf(fleet: Fleet) {
  const costs = fleet.pids().map((pid) => costOf(pid));
  const violations = costs
    .filter(({ rssMb }) => rssMb > RSS_MB)
    .map(({ rssMb }) => `a service process holds ${Math.round(rssMb)} MB; ${RSS_MB} MB allowed`);
  return { rssMb: costs.map(({ rssMb }) => rssMb), peakMb: costs.map(({ peakRssMb }) => peakRssMb), violations };
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
