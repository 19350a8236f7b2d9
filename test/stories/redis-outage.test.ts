import { describe, expect, it } from "vitest";
import { hasRedisServer, startRedisProcess } from "../support/redis-process.ts";
import {
  CHANNELS,
  completed,
  expectOrderly,
  follow,
  messagesOf,
  PEOPLE,
  shown,
  startTestWorld,
  timesShown,
} from "../support/world.ts";

describe.skipIf(!hasRedisServer)("when Redis goes away and comes back (needs redis-server on the PATH)", () => {
  const start = async () => {
    const redis = await startRedisProcess();
    const world = await startTestWorld({ environment: { REDIS_URL: redis.url, SLACK_TIMEOUT_MS: "1000" } });
    const close = async () => {
      await world.close();
      await redis.close();
    };
    return { ...world, server: redis, [Symbol.asyncDispose]: close };
  };

  it.concurrent("answers people meanwhile, then goes on by itself, with nothing lost and nothing doubled", async () => {
    await using world = await start();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    run.match({ name: "Before It Went" });
    await shown(world, "Before It Went");
    await world.server.kill("SIGKILL");
    run.match({ name: "While It Was Away" });
    const command = await slack.command({ user: PEOPLE.ben, channel: CHANNELS.research, text: "list" });
    const answer = await slack.waitFor(() => command.ephemerals().at(-1), { timeoutMs: 3_000 });
    expect(slack.textOf(answer)).toMatch(/storage|Redis/);
    const ready = await fetch(`http://127.0.0.1:${world.service().port}/readyz`);
    expect(ready.status).toBe(503);
    await world.server.start();
    await slack.waitFor(() => timesShown(slack, "While It Was Away") === 1, { timeoutMs: 60_000 });
    run.end();
    await slack.waitFor(() => messagesOf(slack).completions.length === 1, { timeoutMs: 60_000 });
    expect(timesShown(slack, "Before It Went")).toBe(1);
    expect(messagesOf(slack).cards).toHaveLength(1);
    expectOrderly(world);
  });

  it.concurrent("does not repeat a message that was on its way when Redis went", async () => {
    await using world = await start();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    const hang = slack.faults.add({ method: "chat.postMessage", kind: "hang", commit: true, times: 1 });
    run.match({ name: "On Its Way" });
    await slack.waitFor(() => timesShown(slack, "On Its Way") === 1);
    await world.server.kill("SIGKILL");
    hang.release();
    await world.server.start();
    run.match({ name: "The Next One" });
    await slack.waitFor(() => timesShown(slack, "The Next One") === 1, { timeoutMs: 60_000 });
    run.end();
    await completed(world);
    expect(timesShown(slack, "On Its Way")).toBe(1);
    expectOrderly(world);
  });
});
