import { Redis } from "ioredis";
import { describe, expect, it } from "vitest";
import { CHANNELS, follow, messagesOf, PEOPLE, shown, startTestWorld, type TestWorld } from "../support/world.ts";

const readiness = async (world: TestWorld) =>
  (await fetch(`http://127.0.0.1:${world.service().port}/readyz`)).json() as Promise<{ status: string }>;
const logged = (world: TestWorld, event: string) =>
  world.slack.waitFor(() => world.logLines.some((line) => line.event === event), { describe: event });

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
    const kept = await redis.keys("findall:*");
    redis.disconnect();
    expect(kept.filter((key) => !/:(hold|holds|lanever:.*)$/.test(key))).toEqual([]);
    const asked = findall.stats.requests();
    run.match({ name: "Unseen" });
    slack.restoreToken();
    await logged(world, "hold_released");
    expect(findall.stats.requests()).toBe(asked);
    await slack.command({ user: PEOPLE.ana, channel: CHANNELS.research, text: "run_a" });
    await shown(world, "Unseen");
    expect(messagesOf(slack).cards).toHaveLength(2);
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
