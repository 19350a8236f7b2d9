import { Redis } from "ioredis";
import { describe, expect, it, vi } from "vitest";
import { CHANNELS, follow, messagesOf, PEOPLE, shown, startTestWorld, type TestWorld } from "../support/world.ts";

const readiness = async (world: TestWorld) =>
  (await fetch(`http://127.0.0.1:${world.service().port}/readyz`)).json() as Promise<{ status: string }>;
const logged = (world: TestWorld, event: string) =>
  world.slack.waitFor(() => world.logLines.some((line) => line.event === event), {
    describe: event,
  });

describe.concurrent("when the app is removed from the workspace", () => {
  it("ends its watches, keeps nothing, asks nobody anything more, and starts clean when it is back", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    run.match({ name: "Before" });
    await shown(world, "Before");
    slack.revokeToken("account_inactive");
    await Promise.all([
      slack.event({ type: "tokens_revoked", tokens: { oauth: [], bot: ["U0FINDALL"] } }),
      slack.event({ type: "app_uninstalled" }),
    ]);
    await logged(world, "workspace_forgotten");
    expect((await readiness(world)).status).toBe("down");
    const redis = new Redis(world.redis.url);
    const isOver = (key: string) => !/:(hold|holds|lanever:.*)$/.test(key);
    expect((await redis.keys("findall:*")).filter(isOver)).toEqual([]);
    // Nor in what the queue keeps, once a poll that was in hand is over.
    const held = async (key: string) => {
      switch (await redis.type(key)) {
        case "hash":
          return redis.hgetall(key);
        case "stream":
          return redis.xrange(key, "-", "+");
        case "zset":
          return redis.zrange(key, 0, -1);
        case "list":
          return redis.lrange(key, 0, -1);
        default:
          return redis.get(key);
      }
    };
    const queued = async () => Promise.all((await redis.keys("{findall:*")).map(async (key) => [key, await held(key)]));
    await vi.waitFor(async () => expect(JSON.stringify(await queued())).not.toMatch(/run_a|C0RESEARCH/), 40_000);
    redis.disconnect();
    const asked = findall.stats.requests();
    run.match({ name: "Unseen" });
    slack.restoreToken();
    await logged(world, "hold_released");
    expect(findall.stats.requests()).toBe(asked);
    await slack.command({ user: PEOPLE.ana, channel: CHANNELS.research, text: "run_a" });
    await shown(world, "Unseen");
    expect(messagesOf(slack).cards).toHaveLength(2);
  });

  it("ends its watches also when a refusal came first, and Slack could not be asked at once", async () => {
    await using world = await startTestWorld();
    const { slack } = world;
    const run = world.findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    slack.revokeToken("account_inactive");
    run.match({ name: "One" });
    await logged(world, "workspace_held");
    const fault = slack.faults.add({ method: "auth.test", kind: "http", status: 503 });
    await slack.event({ type: "app_uninstalled" });
    await slack.waitFor(() => fault.hits > 0, { describe: "a question to Slack" });
    fault.remove();
    await logged(world, "workspace_forgotten");
  });

  it("goes on when Slack tells of a token that was not ours", async () => {
    await using world = await startTestWorld();
    const run = world.findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    await world.slack.event({ type: "tokens_revoked", tokens: { oauth: [], bot: ["U0OTHER"] } });
    await logged(world, "uninstall_ignored");
    run.match({ name: "After" });
    await shown(world, "After");
  });
});
