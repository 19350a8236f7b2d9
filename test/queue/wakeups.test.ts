import { Redis } from "ioredis";
import { pino } from "pino";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { TICK_MS, tickOf } from "../../src/domain/poll-policy.ts";
import { createWakeups, openQueues } from "../../src/queue/queues.ts";
import { openTestRedis } from "../support/redis.ts";

const LATER = tickOf(Date.now() + 60_000);
const SILENT = pino({ level: "silent" });

/** Two processes of one workspace. */
async function setUp() {
  const redis = await openTestRedis();
  onTestFinished(redis.close);
  const open = () => {
    const connection = new Redis(redis.url, { maxRetriesPerRequest: null });
    onTestFinished(() => connection.disconnect());
    const queues = openQueues(connection, "T1", SILENT);
    return { queues, wakeups: createWakeups(queues, SILENT, Date.now) };
  };
  const [one, other] = [open(), open()];
  const jobs = async () => (await one.queues.polls.getJobs()).map(({ data }) => data);
  return { one, other, jobs };
}

describe("polls for later", () => {
  it("are one job when they are due within a tick, whoever asks for them", async () => {
    const { one, other, jobs } = await setUp();
    for (const { wakeups } of [one, other]) {
      await Promise.all(
        Array.from({ length: TICK_MS }, (_, index) => wakeups.poll(`run_${index}`, LATER - index + 0.5 - 1)),
      );
    }
    expect(await jobs()).toEqual([{ tick: LATER }]);
    await other.wakeups.poll("run_a", LATER + 1);
    expect(await jobs()).toHaveLength(2);
  });

  it("are asked for again when the queue could not be reached", async () => {
    const { one, jobs } = await setUp();
    const add = vi.spyOn(one.queues.polls, "add").mockRejectedValueOnce(new Error("Redis is away"));
    await one.wakeups.poll("run_a", LATER);
    expect(await jobs()).toEqual([]);
    await one.wakeups.poll("run_b", LATER);
    await one.wakeups.poll("run_c", LATER);
    expect(await jobs()).toEqual([{ tick: LATER }]);
    expect(add).toHaveBeenCalledTimes(2);
  });

  it("are asked for anew once everything was let go of", async () => {
    const { one, jobs } = await setUp();
    await one.wakeups.poll("run_a", LATER);
    await one.wakeups.forget();
    expect(await jobs()).toEqual([]);
    await one.wakeups.poll("run_a", LATER);
    expect(await jobs()).toEqual([{ tick: LATER }]);
  });
});

describe("polls for now", () => {
  it("are a job for each run, whether their time is now, past or not said", async () => {
    const { one, jobs } = await setUp();
    await one.wakeups.poll("run_a");
    await one.wakeups.poll("run_b", Date.now() - 1_000);
    expect(await jobs()).toEqual(expect.arrayContaining([{ runId: "run_a" }, { runId: "run_b" }]));
  });
});
