import { Redis } from "ioredis";
import { beforeAll, describe, expect, it } from "vitest";
import { CHANNELS, PEOPLE } from "../../src/sandbox/fake-slack/world.ts";
import { buildProduct, type ServiceProcess } from "../support/process.ts";
import { hasRedisServer, type RedisProcess, startRedisProcess } from "../support/redis-process.ts";
import { startTcpProxy, type TcpProxy } from "../support/tcp-proxy.ts";
import { type CrashWorld, readiness, soon, startCrashWorld } from "./crash-world.ts";

/** A primary and its replica behind one address, and a service in the middle of a backlog. */
interface Pair {
  readonly world: CrashWorld;
  readonly running: ServiceProcess;
  readonly primary: RedisProcess;
  readonly ofPrimary: Redis;
  readonly replica: RedisProcess;
  readonly ofReplica: Redis;
  readonly wire: TcpProxy;
}

describe.skipIf(!hasRedisServer)("when Redis fails over to its replica (needs redis-server on the PATH)", () => {
  beforeAll(buildProduct, 120_000);

  const onPair = async (team: string, story: (pair: Pair) => Promise<void>) => {
    const primary = await startRedisProcess({ "repl-diskless-sync-delay": "0" });
    const replica = await startRedisProcess({ replicaof: `127.0.0.1 ${primary.port}` });
    const [ofPrimary, ofReplica] = [operator(primary), operator(replica)];
    const wire = await startTcpProxy(primary.port);
    const world = await startCrashWorld(team, `redis://127.0.0.1:${wire.port}`);
    try {
      await soon(async () => expect(await ofReplica.info("replication")).toContain("master_link_status:up"));
      const running = await world.launch();
      await world.card();
      world.match(14);
      await world.posted(1);
      await story({ world, running, primary, ofPrimary, replica, ofReplica, wire });
      world.run.end();
      await world.completed();
      expect(await world.settled()).toEqual([]);
      await soon(async () => expect(await readiness(running)).toBe(200));
      expect(running.child.exitCode).toBeNull();
    } catch (error) {
      throw new Error(`${error instanceof Error ? error.message : error}\n${world.log().slice(-20_000)}`);
    } finally {
      await world.close();
      for (const connection of [ofPrimary, ofReplica]) connection.disconnect();
      await wire.close();
      await Promise.all([primary.close(), replica.close()]);
    }
  };

  it.concurrent(
    "a primary dies: people are told, /readyz is 503, then its replica goes on, nothing is lost or doubled",
    () =>
      onPair("T0FAILOVER", async ({ world, running, primary, ofPrimary, replica, ofReplica, wire }) => {
        await inStep(ofPrimary, ofReplica);
        await primary.kill("SIGKILL");
        world.match(3, 14);
        await isRefused(world);
        expect(await readiness(running)).toBe(503);
        await ofReplica.replicaof("NO", "ONE");
        wire.lead(replica.port);
        await world.posted(17);
      }),
    120_000,
  );

  it.concurrent(
    "a primary demoted while the address still leads to it: people are told, /readyz is 503, nothing is lost or doubled",
    () =>
      onPair("T0DEMOTED", async ({ world, running, ofPrimary, replica, wire }) => {
        // Redis' own failover: writes pause, the replica gets in step, the two change places.
        await ofPrimary.call("FAILOVER", "TO", "127.0.0.1", replica.port, "TIMEOUT", 10_000);
        await soon(async () => expect(await ofPrimary.role()).toContain("slave"));
        world.match(3, 14);
        await soon(async () => expect(await readiness(running)).toBe(503));
        await isRefused(world);
        wire.lead(replica.port);
        await world.posted(17);
      }),
    120_000,
  );

  it.concurrent(
    "a primary dies with writes that its replica had not got yet: nothing is lost or doubled",
    () =>
      onPair("T0LAGGING", async ({ world, primary, replica, ofReplica, wire }) => {
        // From here on nothing reaches it any more.
        await ofReplica.replicaof("NO", "ONE");
        await world.posted(14);
        world.match(5, 14);
        await world.posted(19);
        await primary.kill("SIGKILL");
        world.match(3, 19);
        wire.lead(replica.port);
        await world.posted(22);
      }),
    120_000,
  );
});

/** A person who asks for a run meanwhile is told, in time, that nothing was changed. */
async function isRefused({ slack, findall }: CrashWorld): Promise<void> {
  findall.addRun({ id: "run_b" });
  const command = await slack.command({ user: PEOPLE.ben, channel: CHANNELS.random, text: "run_b" });
  const answer = await slack.waitFor(() => command.ephemerals().at(-1), { timeoutMs: 3_000 });
  expect(slack.textOf(answer)).toMatch(/cannot reach my own storage .* Nothing was changed/);
}

function operator(redis: RedisProcess): Redis {
  const connection = new Redis(redis.url, { retryStrategy: () => 50, maxRetriesPerRequest: null });
  connection.on("error", () => {});
  return connection;
}

/** Replication is asynchronous: nothing more is written, and the replica has all that was. */
async function inStep(primary: Redis, replica: Redis): Promise<void> {
  await primary.call("CLIENT", "PAUSE", 60_000, "WRITE");
  const offset = async (connection: Redis) =>
    /master_repl_offset:(\d+)/.exec(await connection.info("replication"))?.[1];
  await soon(async () => expect(await offset(replica)).toBe(await offset(primary)));
}
