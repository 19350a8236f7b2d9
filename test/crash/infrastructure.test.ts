import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CrashPoint } from "../../src/steps/crash-points.ts";
import { connectForCommands } from "../../src/store/connect.ts";
import { buildProduct, type ServiceProcess } from "../support/process.ts";
import { hasRedisServer, type RedisProcess, startRedisProcess } from "../support/redis-process.ts";
import { startTcpProxy, type TcpProxy } from "../support/tcp-proxy.ts";
import { asked, type CrashWorld, readiness, soon, startCrashWorld } from "./crash-world.ts";

/** DESIGN 9: caught up after a SIGKILL; the same is asked after Redis is well again, or a worker was frozen. */
const CAUGHT_UP_WITHIN_MS = 45_000;

/** Points at which a worker freezes for longer than its lease, while another one runs. */
const FREEZES: readonly { readonly point: CrashPoint; readonly title: string; readonly matches: number }[] = [
  { point: "card claimed", title: "with the card in hand", matches: 0 },
  { point: "candidate claimed", title: "with a candidate in hand", matches: 2 },
  { point: "candidate answered", title: "with a candidate that Slack has taken", matches: 2 },
  { point: "page claimed", title: "with a page in hand", matches: 14 },
  { point: "poll read", title: "with a poll in hand", matches: 2 },
];

describe.skipIf(!hasRedisServer)("when what it stands on gives way (needs redis-server on the PATH)", () => {
  const figures: string[] = [];
  beforeAll(buildProduct, 120_000);
  afterAll(() => console.log(["well again, then caught up after", ...figures].join("\n")));

  const caughtUp = async (world: CrashWorld, title: string, since: number) => {
    await world.posted(world.run.matchedIds.length);
    const ms = Date.now() - since;
    world.run.end();
    await world.completed();
    expect(await world.settled()).toEqual([]);
    figures.push(`${(ms / 1_000).toFixed(1).padStart(6)} s  ${title}`);
    expect(ms).toBeLessThan(CAUGHT_UP_WITHIN_MS);
  };

  interface Ground {
    readonly world: CrashWorld;
    readonly redis: RedisProcess;
    readonly wire: TcpProxy;
  }

  /** A world that reaches its Redis over a wire of its own. */
  const onGround = async (team: string, story: (ground: Ground) => Promise<void>) => {
    const redis = await startRedisProcess();
    const wire = await startTcpProxy(Number(new URL(redis.url).port));
    const world = await startCrashWorld(team, redis.url, { REDIS_URL: `redis://127.0.0.1:${wire.port}` });
    try {
      await story({ world, redis, wire });
    } catch (error) {
      throw new Error(`${error instanceof Error ? error.message : error}\n${world.log().slice(-20_000)}`);
    } finally {
      await world.close();
      await wire.close();
      await redis.close();
    }
  };

  /** A backlog of pages and more to come: there is always something under way. */
  const busy = async (world: CrashWorld): Promise<ServiceProcess> => {
    const running = await world.launch();
    await world.card();
    world.match(35);
    await world.posted(1);
    return running;
  };

  it.concurrent.each(FREEZES.map((row, index) => ({ ...row, team: `T0FREEZE${index}` })))(
    "a worker frozen beyond its lease $title writes nothing when it thaws",
    ({ point, title, team, matches }) =>
      onGround(team, async ({ world }) => {
        const frozen = await world.launch({ at: point, by: "SIGSTOP" });
        const typed = world.follow();
        if (matches > 0) {
          if (point !== "poll read") await world.card();
          world.match(matches);
        }
        await frozen.logged("dies");
        const frozeAt = Date.now();
        await world.launch();
        await typed;
        await world.wait(() => world.shown().cards[0], "the card");
        await world.posted(matches);
        const heard = frozen.output().length;
        frozen.child.kill("SIGCONT");
        await world.wait(() => frozen.output().length > heard, "a word of the thawed worker");
        await caughtUp(world, `frozen ${title}`, frozeAt);
      }),
    120_000,
  );

  it.concurrent(
    "Redis killed and started again: nothing is lost or doubled",
    () =>
      onGround("T0REDISKILL", async ({ world, redis }) => {
        const running = await busy(world);
        await redis.kill("SIGKILL");
        world.match(5, 35);
        await asked(world);
        expect(await readiness(running)).toBe(503);
        await redis.start();
        await caughtUp(world, "Redis killed and started again", Date.now());
        expect(running.child.exitCode).toBeNull();
      }),
    120_000,
  );

  it.concurrent(
    "Redis full: people are answered, it says so, and goes on by itself when there is room",
    () =>
      onGround("T0REDISFULL", async ({ world, redis }) => {
        const running = await busy(world);
        const operator = connectForCommands(redis.url, 5_000);
        operator.on("error", () => {});
        await new Promise<void>((resolve) => operator.once("ready", () => resolve()));
        await operator.config("SET", "maxmemory", "1mb");
        world.match(5, 35);
        await asked(world);
        await soon(async () => expect(await readiness(running)).toBe(503));
        await new Promise((resolve) => setTimeout(resolve, 3_000));
        await operator.config("SET", "maxmemory", "0");
        operator.disconnect();
        await caughtUp(world, "Redis full", Date.now());
        await soon(async () => expect(await readiness(running)).toBe(200));
        expect(running.child.exitCode).toBeNull();
      }),
    120_000,
  );

  it.concurrent(
    "Redis answers after two seconds: people are answered in time, and nothing is lost or doubled",
    () =>
      onGround("T0REDISSLOW", async ({ world, wire }) => {
        const running = await busy(world);
        wire.delay(1_000);
        world.match(5, 35);
        for (let turn = 0; turn < 3; turn += 1) await asked(world);
        await new Promise((resolve) => setTimeout(resolve, 8_000));
        wire.delay(0);
        await caughtUp(world, "Redis slow (2 s)", Date.now());
        expect(running.child.exitCode).toBeNull();
      }),
    120_000,
  );

  it.concurrent(
    "the connection to Redis is cut every second: nothing is lost or doubled",
    () =>
      onGround("T0REDISCUT", async ({ world, wire }) => {
        const running = await busy(world);
        for (let turn = 0; turn < 12; turn += 1) {
          wire.cut();
          world.match(1, 35 + turn);
          await new Promise((resolve) => setTimeout(resolve, 1_000));
        }
        await caughtUp(world, "connection cut every second", Date.now());
        expect(running.child.exitCode).toBeNull();
      }),
    120_000,
  );
});
