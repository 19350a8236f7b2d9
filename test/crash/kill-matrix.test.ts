import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { PEOPLE } from "../../src/sandbox/fake-slack/world.ts";
import { ACTIONS } from "../../src/slack/controls.ts";
import type { CrashPoint } from "../../src/steps/crash-points.ts";
import { buildProduct, type ServiceProcess } from "../support/process.ts";
import { hasRedisServer, type RedisProcess, startRedisProcess } from "../support/redis-process.ts";
import { CHANNEL, type CrashWorld, type Fate, startCrashWorld } from "./crash-world.ts";

/** DESIGN 9: caught up after a SIGKILL. */
const CAUGHT_UP_WITHIN_MS = 45_000;

interface Row {
  readonly title: string;
  readonly fate: Fate;
  /** What happens until the process dies. */
  readonly play: (world: CrashWorld, process: ServiceProcess) => Promise<unknown>;
  /** What people do before everything must come right by itself. */
  readonly meanwhile?: (world: CrashWorld) => Promise<unknown>;
  /** What else must be so in the end. */
  readonly check?: (world: CrashWorld) => void;
}

const at = (point: CrashPoint, play: Row["play"], title: string): Row => ({ title, fate: { at: point }, play });

const watching = (world: CrashWorld) => world.follow();
/** The first poll finds so many matches. */
const watchingMatched = (count: number) => async (world: CrashWorld) => {
  world.match(count);
  await world.follow();
};
/** A card, and so many matches in one answer of Parallel's. */
const matching = (count: number) => async (world: CrashWorld) => {
  await world.card();
  world.match(count);
};
/** As `matching`, of a run whose result is so large that its events are read instead. */
const matchingByEvents = (count: number) => async (world: CrashWorld) => {
  world.run.unmatch({ description: "x".repeat(110_000) });
  await world.card();
  await world.wait(() => world.findall.stats.requests({ path: "result" }) > 0, "the first reading");
  world.match(count);
};
const ending = (count: number) => async (world: CrashWorld) => {
  await matching(count)(world);
  if (count > 0) await world.posted(count);
  world.run.end();
};
/** Slack takes the post (or not) and never answers; the process is killed while it waits. */
const unanswered =
  (commit: boolean, count: number) =>
  async (world: CrashWorld, process: ServiceProcess): Promise<void> => {
    if (count > 0) await world.card();
    const fault = world.slack.faults.add({ method: "chat.postMessage", kind: "hang", commit, times: 1 });
    if (count > 0) world.match(count);
    else await world.follow();
    await world.wait(() => fault.hits === 1, "a post that is under way");
    await process.kill("SIGKILL");
  };
const clicking = async (world: CrashWorld): Promise<void> => {
  await matching(1)(world);
  await world.posted(1);
  const [message] = world.shown().candidates;
  await world.slack.click({ user: PEOPLE.ana, channel: CHANNEL, ts: message!.ts, actionId: ACTIONS.accepted });
};
const isDecided = (world: CrashWorld): void => {
  const { candidates, cards } = world.shown();
  expect(world.slack.textOf(candidates[0]!)).toMatch(/Accepted by/);
  expect(world.slack.textOf(cards[0]!)).toMatch(/1 accepted/);
};

const ROWS: readonly Row[] = [
  // those that take longest begin first
  at("poll part written", matching(260), "in the middle of a large commit"),
  at("poll read", watchingMatched(2), "run read, nothing written"),
  at("news read", matchingByEvents(3), "events of a run read, nothing written"),
  {
    ...at("command acked", watching, "after the ack, before the watch is stored: the command can be given again"),
    meanwhile: async (world) => {
      expect(world.slack.channel(CHANNEL).messages()).toEqual([]);
      await world.follow();
    },
  },
  at("watch stored", watching, "watch stored, card not claimed"),
  at("card claimed", watching, "card claimed, not sent"),
  { title: "card sent, answer lost", fate: {}, play: unanswered(true, 0) },
  { title: "card under way, never taken", fate: {}, play: unanswered(false, 0) },
  at("card answered", watching, "card's ts received, not stored"),
  at("poll written", watchingMatched(5), "entries written, nothing posted"),
  at("candidate claimed", matching(2), "candidate claimed, not sent"),
  { title: "candidate sent, answer lost", fate: {}, play: unanswered(true, 2) },
  { title: "candidate under way, never taken", fate: {}, play: unanswered(false, 2) },
  at("candidate answered", matching(2), "candidate's ts received, not stored"),
  at("page claimed", matching(14), "page claimed, not sent"),
  { title: "page sent, answer lost", fate: {}, play: unanswered(true, 14) },
  at("page answered", matching(14), "page's ts received, not stored"),
  at("card edit answered", matching(2), "card edited, edit not stored"),
  {
    title: "a lost post was looked for, and what was found is not stored",
    fate: { at: "look answered" },
    play: async (world) => {
      await world.card();
      world.slack.faults.add({ method: "chat.postMessage", kind: "lost", times: 1 });
      world.match(2);
    },
  },
  {
    title: "after the last candidate, before the final edit",
    fate: { at: "candidate settled", after: 1 },
    play: async (world) => {
      await matching(2)(world);
      world.run.end();
    },
  },
  at("last card edit claimed", ending(1), "final edit claimed, not sent"),
  at("last card edit answered", ending(1), "final edit sent, not stored"),
  at("last card edit settled", ending(1), "after the final edit, before the completion"),
  at("completion claimed", ending(1), "completion claimed, not sent"),
  at("completion answered", ending(1), "completion's ts received, not stored"),
  at("completion settled", ending(1), "between completion and clean-up"),
  { ...at("click stored", clicking, "a click stored, not shown"), check: isDecided },
  { ...at("click shown", clicking, "a click shown, and that not stored"), check: isDecided },
];

describe.skipIf(!hasRedisServer)("a process killed in the middle (needs redis-server on the PATH)", () => {
  let redis: RedisProcess;
  const figures: string[] = [];
  beforeAll(async () => {
    buildProduct();
    redis = await startRedisProcess();
  }, 120_000);
  afterAll(async () => {
    await redis?.close();
    console.log(["killed, then caught up after", ...figures].join("\n"));
  });

  const inWorld = async (team: string, story: (world: CrashWorld) => Promise<void>) => {
    const world = await startCrashWorld(team, redis.url);
    try {
      await story(world);
    } catch (error) {
      throw new Error(`${error instanceof Error ? error.message : error}\n${world.log().slice(-20_000)}`);
    } finally {
      await world.close();
    }
  };

  it.concurrent("lets go of a run's keys in time, though it was killed as it was about to", () =>
    inWorld("T0CLEAN", async (world) => {
      const first = await world.launch();
      await ending(2)(world);
      await world.completed();
      expect(await world.settled()).toEqual([]);
      await first.kill("SIGKILL");
      // After the end a run is looked at for ten minutes, then rests.
      const later = { clockAheadMs: 11 * 60_000 };
      const second = await world.launch({ at: "poll read", ...later });
      expect(await second.ended).toEqual({ code: null, signal: "SIGKILL" });
      await world.launch(later);
      const { redis: connection, keys } = world.store;
      const lives = async () => {
        const names = await connection.keys(`${keys.prefix}*`);
        const kept = names.filter((name) => /:(run|watch|entry):/.test(name));
        return Promise.all(kept.map((name) => connection.pttl(name)));
      };
      await vi.waitFor(async () => expect(Math.min(...(await lives()))).toBeGreaterThan(0), 60_000);
      expect(await world.settled()).toEqual([]);
    }));

  it.concurrent.each(ROWS.map((row, index) => ({ ...row, team: `T0KILL${index}` })))(
    "loses and doubles nothing: $title",
    ({ title, team, fate, play, meanwhile, check }) =>
      inWorld(team, async (world) => {
        const first = await world.launch(fate);
        // A story that waits for what the dead can no longer do is over with its death.
        await Promise.race([play(world, first), first.ended]);
        expect(await first.ended).toEqual({ code: null, signal: "SIGKILL" });
        const diedAt = Date.now();
        await world.launch();
        await meanwhile?.(world);
        await world.wait(() => world.shown().cards[0], "the card");
        await world.posted(world.run.matchedIds.length);
        if (!world.run.isActive) await world.completed();
        const ms = Date.now() - diedAt;
        if (world.run.isActive) world.run.end();
        await world.completed();
        expect(await world.settled()).toEqual([]);
        check?.(world);
        figures.push(`${(ms / 1_000).toFixed(1).padStart(6)} s  ${title}`);
        expect(ms).toBeLessThan(CAUGHT_UP_WITHIN_MS);
      }),
  );
});
