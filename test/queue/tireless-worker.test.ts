import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { pino } from "pino";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { startTirelessWorker } from "../../src/queue/tireless-worker.ts";
import { connectForWorkers } from "../../src/store/connect.ts";
import { openTestRedis } from "../support/redis.ts";

const NAME = "lanes";

/** Its blocking reads are never answered, and tearing it down never ends: how a worker gets stuck for good. */
function wedged(url: string): Redis {
  const connection = connectForWorkers(url);
  const duplicate = connection.duplicate.bind(connection);
  connection.duplicate = (override) => {
    const blocking = duplicate(override);
    onTestFinished(() => Redis.prototype.disconnect.call(blocking));
    return Object.assign(blocking, { bzpopmin: () => new Promise<never>(() => {}), disconnect: () => {} });
  };
  return connection;
}

async function setUp(connect: (url: string, nth: number) => Redis, step: (data: { id: number }) => Promise<void>) {
  const redis = await openTestRedis();
  onTestFinished(redis.close);
  const connection = new Redis(redis.url, { maxRetriesPerRequest: null });
  onTestFinished(() => connection.disconnect());
  const queue = new Queue<{ id: number }>(NAME, { connection });
  const looks = vi.spyOn(queue, "getWaitingCount");
  let opened = 0;
  const lines: string[] = [];
  const worker = startTirelessWorker({
    queue,
    step,
    concurrency: 1,
    worker: {},
    connect: () => {
      opened += 1;
      return connect(redis.url, opened);
    },
    log: pino({}, { write: (line: string) => void lines.push(line) }),
    lookEveryMs: 20,
    patienceMs: 200,
  });
  onTestFinished(worker.close);
  const replaced = () => lines.filter((line) => line.includes("worker_replaced")).length;
  return { queue, looks: () => looks.mock.calls.length, opened: () => opened, replaced };
}

describe("a worker", () => {
  it("that takes no jobs any more is replaced by one that does, and the log says so", async () => {
    const done: number[] = [];
    const { queue, opened, replaced } = await setUp(
      (url, nth) => (nth === 1 ? wedged(url) : connectForWorkers(url)),
      async ({ id }) => void done.push(id),
    );
    // The first is asked for before the worker blocks, or by nobody.
    await queue.add("job", { id: 1 });
    await queue.add("job", { id: 2 });
    await vi.waitFor(() => expect(done).toEqual([1, 2]), 40_000);
    await queue.add("job", { id: 3 }, { delay: 50 });
    await vi.waitFor(() => expect(done).toEqual([1, 2, 3]), 40_000);
    expect([opened(), replaced()]).toEqual([2, 1]);
  });

  it("that has its hands full is left alone", async () => {
    let finish = () => {};
    const done: number[] = [];
    const { queue, looks, opened } = await setUp(connectForWorkers, async ({ id }) => {
      if (id === 1) await new Promise<void>((resolve) => (finish = resolve));
      done.push(id);
    });
    await queue.add("job", { id: 1 });
    await queue.add("job", { id: 2 });
    await vi.waitFor(() => expect(looks()).toBeGreaterThan(50), 40_000);
    expect(opened()).toBe(1);
    finish();
    await vi.waitFor(() => expect(done).toEqual([1, 2]), 40_000);
  });

  it("that has nothing to do is left alone", async () => {
    const { looks, opened } = await setUp(connectForWorkers, async () => {});
    await vi.waitFor(() => expect(looks()).toBeGreaterThan(50), 40_000);
    expect(opened()).toBe(1);
  });
});
