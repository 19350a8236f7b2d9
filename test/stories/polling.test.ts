import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { describe, expect, test } from "vitest";
import { keysOf } from "../../src/store/keys.ts";
import { CHANNELS, expectOrderly, follow, PEOPLE, shown, startTestWorld, type TestWorld } from "../support/world.ts";

/** A world that follows a run, and in which Redis can be looked into. */
async function begin(id: string) {
  const world = await startTestWorld();
  const redis = new Redis(world.redis.url, { maxRetriesPerRequest: null });
  const run = world.findall.addRun({ id });
  await follow(world, id);
  const close = async () => {
    redis.disconnect();
    await world.close();
  };
  return { world, redis, run, [Symbol.asyncDispose]: close };
}

const pollsOf = ({ findall }: TestWorld, runId: string) => findall.stats.requests({ path: "run", runId });

describe.concurrent("polls", () => {
  test("keep their rhythm, not that of the sweep, which asks every five seconds", async () => {
    await using begun = await begin("run_a");
    const { world } = begun;
    const before = pollsOf(world, "run_a");
    await world.slack.waitFor(() => pollsOf(world, "run_a") >= before + 16, { describe: "sixteen polls" });
    expectOrderly(world);
  });

  test("of one run that cannot be made are named in the log, hold up no other, and go on once they can", async () => {
    await using begun = await begin("run_a");
    const { world, redis, run } = begun;
    const other = world.findall.addRun({ id: "run_b" });
    await follow(world, "run_b", CHANNELS.deals);
    const key = keysOf(world.slack.team.id).run("run_a");
    const cursor = await redis.hget(key, "cursor");
    await redis.hset(key, "cursor", "{");
    const isNamed = () => world.logLines.some((line) => line.event === "poll_broken_off" && line.run === "run_a");
    await world.slack.waitFor(isNamed, { describe: "a line in the log" });
    other.match({ name: "Brom" });
    await shown(world, "Brom", CHANNELS.deals);
    await redis.hset(key, "cursor", String(cursor));
    run.match({ name: "Alba" });
    await shown(world, "Alba");
    expectOrderly(world);
  });

  test("are left to others by a service that stops, also while it still answers somebody", async () => {
    await using begun = await begin("run_a");
    const { world, redis } = begun;
    world.findall.addRun({ id: "run_b" });
    world.findall.faults.add({ path: "run", runId: "run_b", kind: "delay", ms: 3_000 });
    const command = await world.slack.command({ user: PEOPLE.ana, channel: CHANNELS.research, text: "run_b" });
    const polls = new Queue("polls", { connection: redis, prefix: `{findall:${world.slack.team.id}}` });
    const stopped = world.service().stop();
    await polls.add("poll", { runId: "run_a" }, { jobId: "left" });
    await stopped;
    expect(
      command
        .ephemerals()
        .map((answer) => world.slack.textOf(answer))
        .join("\n"),
    ).toContain("run_b");
    expect(await (await polls.getJob("left"))?.getState()).toBe("waiting");
    await polls.close();
  });
});
