import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { examine } from "../../src/doctor/examine.ts";
import { textOf } from "../../src/doctor/report.ts";
import { keysOf } from "../../src/store/keys.ts";
import { type RedisCluster, startRedisCluster } from "../support/redis-cluster.ts";
import { hasRedisServer } from "../support/redis-process.ts";
import { ACTIONS, keyOf, posted, press, says } from "../support/review.ts";
import {
  CHANNELS,
  completed,
  expectOrderly,
  follow,
  messagesOf,
  PEOPLE,
  shown,
  startTestWorld,
  type TestWorld,
  timesShown,
} from "../support/world.ts";

// Needs a redis-server on the PATH: there is no cluster in memory.
describe.skipIf(!hasRedisServer)("on a Redis Cluster of three nodes", () => {
  let cluster: RedisCluster;
  let world: TestWorld;
  beforeAll(async () => {
    cluster = await startRedisCluster();
    // One that is down and one that is up: the others are found by asking.
    const nodes = [cluster.urls[0]?.replace(/:\d+$/, ":1"), cluster.urls[0]];
    const environment = { REDIS_URL: nodes.join(","), REDIS_CLUSTER: "true", SLACK_TIMEOUT_MS: "1000" };
    world = await startTestWorld({ environment });
  });
  afterAll(async () => {
    await world?.close();
    await cluster?.close();
  });

  /** The node that holds the workspace's keys. */
  const home = async () => {
    const { team } = world.slack;
    const sizes = await Promise.all(
      cluster.admins.map((admin) => admin.exists(keysOf(team.id).watches).catch(() => 0)),
    );
    return sizes.indexOf(1);
  };

  it("a run is followed, reviewed and told to its end, and each candidate stands in the thread once", async () => {
    const { findall, slack } = world;
    const run = findall.addRun({ id: "run_cluster" });
    await follow(world, "run_cluster");
    const ids = ["Alba", "Brom", "Cora"].map((name) => run.match({ name }));
    const key = keyOf(world, "run_cluster", ids[0] ?? "");
    await posted(world, key);
    await press(world, PEOPLE.ana, key, ACTIONS.accepted);
    await says(world, key, /accepted/i);

    // The node that holds everything of this workspace dies in the middle of the run, and comes back.
    const node = await home();
    await cluster.kill(node);
    const asked = Date.now();
    const command = await slack.command({ user: PEOPLE.ana, channel: CHANNELS.research, text: "list" });
    const answer = await slack.waitFor(() => command.ephemerals().at(-1), { timeoutMs: 3_000 });
    expect(slack.textOf(answer)).toContain("cannot reach my own storage");
    expect(Date.now() - asked).toBeLessThan(3_000);
    await cluster.start(node);
    run.match({ name: "Dune" });
    await shown(world, "Dune");
    run.end();
    await completed(world);
    for (const name of ["Alba", "Brom", "Cora", "Dune"]) expect(timesShown(slack, name), name).toBe(1);
    expect(messagesOf(slack).cards).toHaveLength(1);
    expectOrderly(world);
  });

  it("a workspace is on one node, its jobs are on one node, and none is on a node for want of a hash tag", async () => {
    const all = await Promise.all(cluster.admins.map((admin) => admin.keys("*")));
    const nodesWith = (start: string) => all.filter((keys) => keys.some((key) => key.startsWith(start)));
    expect(nodesWith(`findall:{${world.slack.team.id}}`)).toHaveLength(1);
    expect(nodesWith("{findall:")).toHaveLength(1);
    expect(all.flat().filter((key) => !/\{.+\}/.test(key))).toEqual([]);
  });

  it("another workspace has its keys on another node, and is served beside the first", async () => {
    const ownerOf = async (team: string) => {
      const answers = await Promise.all(
        cluster.admins.map((admin) => admin.exists(keysOf(team).watches).then(String, () => "elsewhere")),
      );
      return answers.findIndex((answer) => answer !== "elsewhere");
    };
    const here = await ownerOf(world.slack.team.id);
    const ids = Array.from({ length: 20 }, (_, index) => `T0OTHER${index}`);
    const owners = await Promise.all(ids.map(ownerOf));
    const teamId = ids[owners.findIndex((owner) => owner !== here)] ?? "";
    const environment = { REDIS_URL: cluster.urls.join(","), REDIS_CLUSTER: "true" };
    await using other = await startTestWorld({ environment, slack: { teamId } });
    const run = other.findall.addRun({ id: "run_other" });
    await follow(other, "run_other");
    run.match({ name: "Elsewhere" });
    await shown(other, "Elsewhere");
    const nodes = await Promise.all(cluster.admins.map((admin) => admin.keys(`findall:{${teamId}}*`)));
    expect(nodes.findIndex((keys) => keys.length > 0)).not.toBe(here);
    expect(nodes.filter((keys) => keys.length > 0)).toHaveLength(1);
    expectOrderly(other);
  });

  it("readiness looks at all nodes", async () => {
    const ready = await fetch(`http://127.0.0.1:${world.service().port}/readyz`);
    expect(await ready.json()).toMatchObject({ checks: { redis: { status: "ok" } } });
    await cluster.admins[2]?.config("SET", "maxmemory", "100mb", "maxmemory-policy", "allkeys-lru");
    const unsafe = await fetch(`http://127.0.0.1:${world.service().port}/readyz`);
    expect(unsafe.status).toBe(503);
    expect(await unsafe.json()).toMatchObject({
      checks: { redis: { detail: expect.stringContaining("allkeys-lru") } },
    });
    await cluster.admins[2]?.config("SET", "maxmemory", "0", "maxmemory-policy", "noeviction");
  });

  const redisLines = async (changes: Record<string, string>) => {
    const { slack, findall } = world;
    const environment = {
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      PARALLEL_API_KEY: findall.apiKey,
      PARALLEL_BASE_URL: findall.baseUrl,
      PORT: "0",
      ...changes,
    };
    const report = await examine({ environment, nodeVersion: "22.12.0", now: Date.now, limitMs: 5_000 });
    return textOf(report)
      .split("\n")
      .filter((line) => /^\w+ +Redis/.test(line) || line.includes("→"))
      .join("\n");
  };

  it("the doctor finds it well, and names the node where it is not", async () => {
    const settings = { REDIS_URL: cluster.urls[0] ?? "", REDIS_CLUSTER: "true" };
    const well = await redisLines(settings);
    expect(well).toContain("cluster of 3 primaries");
    expect(well).not.toMatch(/^(warn|fail)/m);
    await cluster.admins[1]?.config("SET", "appendonly", "no");
    const [, port] = /:(\d+)$/.exec(cluster.urls[1] ?? "") ?? [];
    expect(await redisLines(settings)).toMatch(
      new RegExp(`^warn .*127\\.0\\.0\\.1:${port}: keeps nothing on disk`, "m"),
    );
    await cluster.admins[1]?.config("SET", "appendonly", "yes");
  });

  it("the doctor says so when a node is taken for a Redis of its own, or such a one for a cluster", async () => {
    expect(await redisLines({ REDIS_URL: cluster.urls[0] ?? "" })).toContain("set REDIS_CLUSTER=true");
    const alone = await redisLines({ REDIS_URL: world.redis.url, REDIS_CLUSTER: "true" });
    expect(alone).toMatch(/fail .*is no cluster/);
  });
});
