import { Redis } from "ioredis";
import { beforeAll, describe, expect, it } from "vitest";
import { keysOn } from "../../src/sandbox/audit.ts";
import { PEOPLE } from "../../src/sandbox/fake-slack/world.ts";
import { buildProduct, type ServiceProcess } from "../support/process.ts";
import { hasRedisServer, type RedisProcess, startRedisProcess } from "../support/redis-process.ts";
import { CHANNEL, type CrashWorld, readiness, readyz, soon, startCrashWorld } from "./crash-world.ts";

interface Ground {
  readonly world: CrashWorld;
  readonly redis: RedisProcess;
  /** Makes its disk as empty as it was at first. */
  readonly emptyDisk: () => void;
}

/** How Redis forgets everything in the middle of a run. */
const WAYS: readonly { readonly title: string; readonly forget: (ground: Ground) => Promise<unknown> }[] = [
  {
    title: "was emptied",
    forget: async ({ redis }) => {
      const operator = new Redis(redis.url);
      await operator.flushall();
      operator.disconnect();
    },
  },
  {
    title: "came back with an empty disk",
    forget: async ({ redis, emptyDisk }) => {
      await redis.kill("SIGKILL");
      emptyDisk();
      await redis.start();
    },
  },
];

describe.skipIf(!hasRedisServer)("when Redis forgets everything (needs redis-server on the PATH)", () => {
  beforeAll(buildProduct, 120_000);

  const onRedis = async (team: string, story: (ground: Ground) => Promise<void>) => {
    const redis = await startRedisProcess();
    const emptyDisk = redis.keepFiles();
    const world = await startCrashWorld(team, redis.url);
    try {
      await story({ world, redis, emptyDisk });
    } catch (error) {
      throw new Error(`${error instanceof Error ? error.message : error}\n${world.log().slice(-20_000)}`);
    } finally {
      await world.close();
      await redis.close();
    }
  };

  it.concurrent.each(WAYS.map((way, index) => ({ ...way, team: `T0EMPTY${index}` })))(
    "after Redis $title people get true answers, and who asks again gets a new card with every match once",
    ({ forget, team }) =>
      onRedis(team, async (ground) => {
        const { world } = ground;
        const running = await world.launch();
        await world.card();
        world.match(14);
        await world.posted(4);
        await forget(ground);
        const forgotAt = Date.now();
        await soon(async () => expect(await said(world, "list")).toContain("does not follow any run yet"));
        expect(await said(world, "status run_a")).toContain("follows it in this channel");
        world.match(3, 14);
        await world.follow();
        const card = await world.wait(() => world.shown().cards[1], "a new card");
        const inThread = () => world.shown().candidates.filter((message) => message.threadTs === card.ts);
        await world.wait(() => inThread().flatMap(keysOn).length >= 17, "every match in the new thread");
        world.run.end();
        await world.completed();
        await world.wait(() => /17 match/.test(world.slack.textOf(card)), "the new card's last edit");
        expect(inThread().flatMap(keysOn)).toEqual(world.run.matchedIds.map(world.shown().keyOf));
        const { cards, completions } = world.shown();
        expect([cards.length, completions.map((each) => each.threadTs)]).toEqual([2, [card.ts]]);
        expect(world.slack.stats().tooFast).toBe(0);
        await soon(async () => expect(await sweptAt(running)).toBeGreaterThan(forgotAt + 1_000));
        expect(await readiness(running)).toBe(200);
        expect(running.child.exitCode).toBeNull();
      }),
  );
});

/** What a command is answered. */
async function said({ slack }: CrashWorld, text: string): Promise<string> {
  const command = await slack.command({ user: PEOPLE.ana, channel: CHANNEL, text });
  return slack.textOf(await slack.waitFor(() => command.ephemerals().at(-1), { timeoutMs: 3_000 }));
}

/** When what a crash left behind was last looked for (ms, to the second). */
async function sweptAt(running: ServiceProcess): Promise<number> {
  const { checks } = (await (await fetch(readyz(running))).json()) as { checks: { activity: { detail: string } } };
  return Date.now() - Number(/last sweep (\d+) s ago/.exec(checks.activity.detail)?.[1]) * 1_000;
}
