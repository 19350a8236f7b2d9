import { beforeAll, describe, expect, it, vi } from "vitest";
import { watchIdOf } from "../../src/domain/ids.ts";
import { getWatch } from "../../src/store/watches.ts";
import { buildProduct } from "../support/process.ts";
import { hasRedisServer, startRedisProcess } from "../support/redis-process.ts";
import { CHANNEL, type CrashWorld, RUN, readiness, startCrashWorld } from "./crash-world.ts";

/** What a power loss takes from Redis. */
interface Loss {
  readonly title: string;
  /** The last that Redis keeps. */
  readonly kept: (world: CrashWorld) => Promise<unknown>;
  /** What happens after that, and is lost. */
  readonly lost: (world: CrashWorld) => Promise<unknown>;
}

const storedWatch = ({ store, slack }: CrashWorld) => getWatch(store, watchIdOf(slack.team.id, CHANNEL, RUN));
/** Slack takes no post for three seconds, so that what is to be sent waits. */
const holdPosts = ({ slack }: CrashWorld) =>
  slack.faults.add({ method: "chat.postMessage", kind: "rate_limited", retryAfter: 3, times: 1 });
const stored = (world: CrashWorld, open: number) =>
  vi.waitFor(async () => expect((await storedWatch(world))?.open).toBe(open), { timeout: 40_000, interval: 10 });

const LOSSES: readonly Loss[] = [
  {
    title: "a candidate was sent",
    kept: async (world) => {
      await world.card();
      world.match(2);
      // The second one waits for a second to pass.
      await world.posted(1);
    },
    lost: (world) => world.posted(2),
  },
  {
    title: "candidates were found, and sent one by one",
    kept: (world) => world.card(),
    lost: async (world) => {
      world.match(2);
      await world.posted(2);
    },
  },
  {
    title: "candidates were found, and sent on a page",
    kept: (world) => world.card(),
    lost: async (world) => {
      world.match(6);
      await world.posted(6);
    },
  },
  {
    title: "candidates that it knew were sent on a page",
    kept: async (world) => {
      await world.card();
      holdPosts(world);
      world.match(6);
      await stored(world, 6);
    },
    lost: (world) => world.posted(6),
  },
  {
    title: "one that it knew was sent on a page with others that were found",
    kept: async (world) => {
      await world.card();
      const fault = holdPosts(world);
      world.match(1);
      await world.wait(() => fault.hits === 1, "a post that is refused for now");
    },
    lost: async (world) => {
      world.match(5, 1);
      await world.posted(6);
    },
  },
  {
    title: "the card was sent",
    kept: async (world) => {
      const fault = holdPosts(world);
      await world.follow();
      await world.wait(() => fault.hits === 1, "a post that is refused for now");
    },
    lost: (world) => world.wait(() => world.shown().cards[0], "the card"),
  },
  {
    title: "the run ended, and its completion was sent",
    kept: async (world) => {
      await world.card();
      world.match(1);
      await world.posted(1);
    },
    lost: async (world) => {
      world.run.end();
      await world.completed();
    },
  },
];

describe.skipIf(!hasRedisServer)(
  "when a power loss takes the last second of Redis (needs redis-server on the PATH)",
  () => {
    beforeAll(buildProduct, 120_000);

    it.concurrent.each(LOSSES.map((loss, index) => ({ ...loss, team: `T0LOSS${index}` })))(
      "in which $title: nothing is lost or doubled",
      async ({ kept, lost, team }) => {
        const redis = await startRedisProcess();
        const world = await startCrashWorld(team, redis.url);
        try {
          const running = await world.launch();
          await kept(world);
          await world.atRest();
          const forget = redis.keepFiles();
          await lost(world);
          await redis.kill("SIGKILL");
          forget();
          const from = world.run.matchedIds.length;
          if (world.run.isActive) world.match(5, from);
          await redis.start();
          await world.posted(world.run.matchedIds.length);
          world.run.end();
          await world.completed();
          await vi.waitFor(async () => expect((await storedWatch(world))?.ended).toBe(true), 30_000);
          expect(await world.settled()).toEqual([]);
          expect(await readiness(running)).toBe(200);
          expect(running.child.exitCode).toBeNull();
        } catch (error) {
          throw new Error(`${error instanceof Error ? error.message : error}\n${world.log().slice(-20_000)}`);
        } finally {
          await world.close();
          await redis.close();
        }
      },
      60_000,
    );
  },
);
