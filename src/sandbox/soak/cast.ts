import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { shownOf } from "../audit.ts";
import { auditLiveContent, hostsOf } from "../audit-live.ts";
import { hostileCandidates } from "../stories/hostile.ts";
import { type Chance, chanceOf } from "./chance.ts";
import { createCounters } from "./counters.ts";
import { createFleet } from "./fleet.ts";
import type { Ground } from "./ground.ts";
import { createLapses } from "./lapses.ts";
import { createPeople } from "./people.ts";
import { createStory, type Story } from "./story.ts";
import { startWatchdog } from "./watchdog.ts";

export interface CastOptions {
  readonly seed: number;
  readonly processes: number;
  readonly directory: string;
  readonly say: (line: string) => void;
}

/** Everybody who acts in a soak, and what they act on. */
export type Cast = ReturnType<typeof createCast>;

/** The next run of a channel may begin although the last one is not told yet (ms). */
const NEXT_STORY_AFTER_MS = 90_000;
const BURST = 1_000;
/** Where links may lead: to what candidates name as their pages and sources, and nowhere else. */
const HOSTS = hostsOf(hostileCandidates());

/** Nobody acts yet, but the watchdog. */
export function createCast(ground: Ground, { seed, processes, directory, say }: CastOptions) {
  const { slack, store, environment } = ground;
  const chances = (name: string): Chance => chanceOf(seed, name);
  const [operations, faults, kills] = [createCounters(), createCounters(), createCounters()];
  const stories: Story[] = [];
  const deletedByPeople = new Set<string>();
  const lapses = createLapses();
  const people = createPeople({
    slack,
    store,
    stories: () => stories,
    chanceOf: chances,
    did: operations,
    deleted: deletedByPeople,
  });
  const fleet = createFleet({ size: processes, environment, directory, chanceOf: chances, killed: kills, lapses });
  const live = auditLiveContent(slack, HOSTS);
  const watchdog = startWatchdog({ slack, stories, lapses, live, say });
  const [acting, following, dying] = [new AbortController(), new AbortController(), new AbortController()];
  // Every actor listens to them: that is no leak.
  for (const each of [acting, following, dying]) setMaxListeners(0, each.signal);
  const end = () => [acting, following, dying].forEach((each) => void each.abort());
  return {
    ground,
    chances,
    operations,
    faults,
    kills,
    stories,
    deletedByPeople,
    live,
    lapses,
    people,
    fleet,
    watchdog,
    acting,
    following,
    dying,
    say,
    end,
  };
}

/** Every channel has one run after another, some of them followed by another channel too; people click and type. */
export async function liveOn(cast: Cast): Promise<void> {
  const { ground, people, acting } = cast;
  await Promise.all([...ground.channels.map((channel) => inhabit(cast, channel)), people.live(acting.signal)]);
}

async function inhabit(cast: Cast, channel: string): Promise<void> {
  const { ground, chances, operations, stories, people, following } = cast;
  const { signal } = cast.acting;
  const chance = chances(channel);
  await chance.pause(0, 5_000, signal);
  while (!signal.aborted) {
    const others = chance.isHit(0.25) ? [chance.pick(ground.channels)] : [];
    const options = { chance, did: operations, deletedByPeople: cast.deletedByPeople };
    const story = createStory(ground.findall, [...new Set([channel, ...others])], options);
    stories.push(story);
    void people.follow(story, following.signal);
    await chance.pause(0, 3_000, signal);
    await story.play(signal, () => told(ground, story, signal));
    await told(ground, story, signal);
    await chance.pause(2_000, 12_000, signal);
  }
}

/** One more run, which finds a thousand candidates at once; they need a minute to be told even where nothing goes wrong. */
export async function burst(cast: Cast): Promise<void> {
  const { ground, chances, operations, stories, people, following, acting, deletedByPeople } = cast;
  const chance = chances("burst");
  const story = createStory(ground.findall, [chance.pick(ground.channels)], {
    chance,
    did: operations,
    deletedByPeople,
    burst: BURST,
  });
  operations.count(`${BURST} matches at once`);
  stories.push(story);
  void people.follow(story, following.signal);
  await story.play(acting.signal, () => told(ground, story, acting.signal));
}

/** Waits until every channel of a story shows its end, or for long enough; says whether it does. */
async function told({ slack }: Ground, story: Story, signal: AbortSignal): Promise<boolean> {
  const until = Date.now() + NEXT_STORY_AFTER_MS;
  const isTold = () => story.followed().every((each) => shownOf(slack, each).completions.length >= each.ends);
  while (!signal.aborted && !isTold() && Date.now() < until) await sleep(500);
  return isTold();
}
