import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { OwnRedis } from "../own-redis.ts";
import { burst, type Cast, type CastOptions, createCast, liveOn } from "./cast.ts";
import { findallTroubles } from "./findall-troubles.ts";
import { openGround } from "./ground.ts";
import { countKeys, lostAndDoubled, memoryOf, untilQuiet } from "./judgement.ts";
import type { Lapses } from "./lapses.ts";
import { recoveries, waits } from "./latencies.ts";
import { measureNeighbours } from "./neighbours.ts";
import { slackTroubles } from "./slack-troubles.ts";
import { makeTrouble, oneByOne, type Trouble } from "./trouble.ts";

export interface SoakOptions extends CastOptions {
  readonly minutes: number;
  readonly channels: number;
  /** Where redis-server is looked for. */
  readonly searchPath: string;
  /** Ends it before its time; then it fails. */
  readonly signal: AbortSignal;
}

export type SoakReport = Awaited<ReturnType<typeof judge>>;

/** So much of the time each trouble happens alone; then all of them are mixed, with kills. */
const ALONE_SHARE = 0.3;
/** From here on every trouble must have struck, and a thousand candidates come at once. */
const LONG_MINUTES = 10;

/** Many channels and runs under faults of both sides and kills; judged all the time, and once more when all is quiet. */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  const ground = await openGround(options.directory, options.searchPath, options.channels);
  const cast = createCast(ground, options);
  const interrupted = once(options.signal, "abort").then((): never => {
    throw new Error("interrupted");
  });
  interrupted.catch(() => {});
  try {
    const played = trouble(cast, options.minutes * 60_000);
    return await Promise.race([played.then((names) => judge(cast, names, options.minutes)), interrupted]);
  } finally {
    cast.end();
    cast.watchdog.stop();
    cast.live.stop();
    await cast.fleet.stop();
    await ground.close();
  }
}

/**
 * All goes on, under one trouble after another, then under all of them; in the end everything is well again. Gives the
 * names of all troubles.
 */
async function trouble(cast: Cast, durationMs: number): Promise<readonly string[]> {
  const { ground, chances, faults, stories, fleet, dying, acting, say } = cast;
  fleet.begin();
  const living = liveOn(cast);
  const runIds = () => stories.filter((story) => !story.isOver()).map((story) => story.run.id);
  const ofCalls = [...slackTroubles(ground.slack, ground.channels), ...findallTroubles(ground.findall, runIds)];
  const ofRedis = [redisRestarted(ground.redis, cast.lapses)];
  const aloneMs = durationMs * ALONE_SHARE;
  say(`${ofCalls.length + ofRedis.length} troubles, each alone`);
  await oneByOne([...ofCalls, ...ofRedis], chances("alone"), faults, aloneMs / (ofCalls.length + ofRedis.length));
  say("all of them mixed, and kills");
  const bursting = durationMs >= LONG_MINUTES * 60_000 ? burst(cast) : Promise.resolve();
  const mix = (name: string, troubles: readonly Trouble[], everyMs: readonly [number, number]) =>
    makeTrouble({ troubles, chance: chances(name), counters: faults, everyMs }, dying.signal);
  const mixed = Promise.all([
    mix("troubles", ofCalls, [150, 1_000]),
    mix("redis", ofRedis, [30_000, 60_000]),
    fleet.die(dying.signal),
  ]);
  await sleep(durationMs - aloneMs);
  for (const each of [dying, acting]) each.abort();
  await Promise.all([mixed, living, bursting]);
  return [...ofCalls, ...ofRedis].map(({ name }) => name);
}

/** Waits until all is quiet, looks whether one channel's trouble is the others' too, and judges everything. */
async function judge(cast: Cast, troubles: readonly string[], minutes: number) {
  const { ground, stories, people, fleet, watchdog, operations, faults, kills, say } = cast;
  const { slack } = ground;
  const healedAt = Date.now();
  say("healed; waiting until all is quiet");
  const followed = stories.flatMap((story) => story.followed());
  (await untilQuiet(cast, followed)).forEach(watchdog.violated);
  const quietAfterMs = Date.now() - healedAt;
  cast.following.abort();
  say("one channel limited and one broken; the others are measured");
  const neighbours = await measureNeighbours(ground);
  [...neighbours.violations, ...(await people.audit())].forEach(watchdog.violated);
  const neverStruck = troubles.filter((name) => faults.of(name) === 0);
  if (minutes >= LONG_MINUTES) neverStruck.map((name) => `never struck: ${name}`).forEach(watchdog.violated);
  // Once more: what was quiet has stayed as it was, but for a card that is just saying that its run was looked at.
  (await untilQuiet(cast, followed)).forEach(watchdog.violated);
  watchdog.look();
  const told = lostAndDoubled(ground, followed);
  const watches = followed.length + neighbours.watches;
  const candidates = told.candidates + neighbours.candidates;
  const acts = slack.deliveries().length;
  const keys = await countKeys(ground, { watches, candidates, acts });
  const memory = memoryOf(fleet);
  [...keys.violations, ...memory.violations].forEach(watchdog.violated);
  return {
    operations,
    faults,
    neverStruck,
    kills,
    watches: followed.length,
    ...told,
    looked: cast.live.looked(),
    waits: waits(slack, stories),
    recoveries: recoveries(slack, stories, fleet.deaths),
    acks: people.acks,
    rateLimited: slack.stats().rateLimited,
    spoiledCalls: slack.calls().filter(({ fault }) => fault !== null).length,
    keys,
    memory,
    neighbours,
    quietAfterMs,
    violations: watchdog.violations(),
  };
}

function redisRestarted(redis: OwnRedis, lapses: Lapses): Trouble {
  return {
    name: "Redis: restarted",
    weight: 1,
    begin: (chance) => {
      const [signal, pauseMs] = [chance.pick(["SIGTERM", "SIGKILL"] as const), chance.between(0, 1_500)];
      const over = lapses.begin();
      const restarted = redis
        .stop(signal)
        .then(() => sleep(pauseMs))
        .then(redis.start)
        .finally(over);
      return { lastsMs: 5_000, end: () => restarted };
    },
  };
}
