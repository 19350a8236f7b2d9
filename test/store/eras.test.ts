import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { entryIdOf } from "../../src/domain/ids.ts";
import { closeEra, noteEra } from "../../src/store/eras.ts";
import { getEntry } from "../../src/store/outbox.ts";
import type { Store } from "../../src/store/store.ts";
import { getWatch } from "../../src/store/watches.ts";
import { hasRedisServer } from "../support/redis-process.ts";
import { CHANNEL, NOW, openTestStore, watchIn } from "../support/store.ts";

/** As `claim` of the tests' watches has it. */
const LEASE_MS = 10_000;

describe.skipIf(!hasRedisServer)("after Redis was started again (needs redis-server on the PATH)", () => {
  let test: Awaited<ReturnType<typeof openTestStore>>;
  let store: Store;
  beforeAll(async () => {
    test = await openTestStore();
  });
  afterAll(() => test.close());
  beforeEach(() => {
    store = test.next();
  });

  /** What was written last was written by another server. */
  const startAgain = async () => {
    await noteEra(store, NOW);
    await store.redis.hset(store.keys.redis, "runId", "0123abcd");
  };
  /** A watch whose card is in the channel, and candidates that wait. */
  const waiting = async (ids: readonly string[]) => {
    const watch = watchIn(store);
    await watch.start();
    await watch.post(watch.card, "1.1");
    await watch.match(ids);
    return watch;
  };
  const clearing = async (watch: ReturnType<typeof watchIn>, entryId: string, isWatchCleared: boolean) => {
    await watch.claim({ entryId, mode: "look", token: "look" });
    const cleared = (await getEntry(store, entryId))?.doubted ?? 0;
    await watch.settle(entryId, "look", { outcome: "absent", maybeRepeated: false, cleared, isWatchCleared });
  };

  it("nothing is looked for when it had been stopped in order", async () => {
    const watch = await waiting(["a"]);
    await noteEra(store, NOW);
    await closeEra(store);
    await store.redis.hset(store.keys.redis, "aliveAt", 1);
    expect((await watch.claim({ entryId: watch.entryOf("a") })).status).toBe("ok");
  });

  it("what waits is looked for before it is sent, once every post that was in hand must be over", async () => {
    const watch = await waiting(["a", "b"]);
    const before = Date.now();
    await startAgain();
    expect((await watch.claim({ entryId: watch.entryOf("a") })).status).toBe("doubted");
    expect(await watch.plan()).toEqual({ kind: "rest", until: NOW + LEASE_MS });
    expect(await watch.plan(NOW + LEASE_MS)).toMatchObject({ kind: "look", entryId: watch.entryOf("a") });
    // From the last sign of life on, by the clock of Redis.
    const from = (await getEntry(store, watch.entryOf("a")))?.claimedAt ?? 0;
    expect(from).toBeGreaterThan(before - 2_000);
    expect(from).toBeLessThanOrEqual(Date.now());
  });

  it("the watch goes on as usual when Slack has nothing of it that is unknown here", async () => {
    const watch = await waiting(["a", "b"]);
    await startAgain();
    await watch.claim({ entryId: watch.entryOf("a") });
    await clearing(watch, watch.entryOf("a"), true);
    expect((await watch.claim({ entryId: watch.entryOf("a"), token: "a" })).status).toBe("ok");
    await watch.settle(watch.entryOf("a"), "a", { outcome: "sent", ts: "1.2", version: 1, next: 0 });
    expect((await watch.claim({ entryId: watch.entryOf("b") })).status).toBe("ok");
  });

  it("the next one is looked for too when Slack has something of it that is unknown here", async () => {
    const watch = await waiting(["a", "b"]);
    await startAgain();
    await watch.claim({ entryId: watch.entryOf("a") });
    await clearing(watch, watch.entryOf("a"), false);
    expect((await watch.claim({ entryId: watch.entryOf("a"), token: "a" })).status).toBe("ok");
    await watch.settle(watch.entryOf("a"), "a", { outcome: "sent", ts: "1.2", version: 1, next: 0 });
    expect((await watch.claim({ entryId: watch.entryOf("b") })).status).toBe("doubted");
  });

  it("of a page its first candidate is looked for, and a page that is found has its candidates again", async () => {
    const watch = await waiting(["a", "b", "c", "d", "e"]);
    await startAgain();
    const plan = await watch.plan();
    if (plan.kind !== "page") throw new Error(`a page was to be planned, not ${plan.kind}`);
    expect((await watch.claim({ entryId: plan.entryId, members: plan.members })).status).toBe("doubted");
    const page = entryIdOf(watch.id, "page", "forgotten");
    const first = watch.entryOf("a");
    await watch.claim({ entryId: first, mode: "look", token: "look" });
    const unknown = entryIdOf(watch.id, "candidate", "not found again yet");
    const candidates = [first, watch.entryOf("b"), unknown];
    await watch.settle(first, "look", { outcome: "paged", page, ts: "1.2", candidates });
    expect(await getEntry(store, page)).toMatchObject({ kind: "page", ts: "1.2", members: ["a", "b"] });
    expect(await getEntry(store, first)).toMatchObject({ state: "paged", page, doubted: null });
    expect(await getWatch(store, watch.id)).toMatchObject({ open: 3, posted: 2 });
    // What came back later joins it.
    await watch.claim({ entryId: watch.entryOf("c") });
    await watch.claim({ entryId: watch.entryOf("c"), mode: "look", token: "look" });
    await watch.settle(watch.entryOf("c"), "look", {
      outcome: "paged",
      page,
      ts: "1.2",
      candidates: [watch.entryOf("c")],
    });
    expect(await getEntry(store, page)).toMatchObject({ members: ["a", "b", "c"] });
    expect(await getWatch(store, watch.id)).toMatchObject({ open: 2, posted: 3 });
  });

  it("a watch that begins then is not in doubt", async () => {
    await noteEra(store, NOW);
    await startAgain();
    const watch = watchIn(store);
    await watch.start();
    expect((await watch.claim()).status).toBe("ok");
  });

  it("a watch that was idle meanwhile is looked for from the first time on that it was", async () => {
    const watch = await waiting(["a"]);
    await startAgain();
    await store.redis.hset(store.keys.redis, "aliveAt", 1_000);
    await noteEra(store, NOW);
    await startAgain();
    await watch.claim({ entryId: watch.entryOf("a") });
    expect(await getEntry(store, watch.entryOf("a"))).toMatchObject({ claimedAt: 1_000, doubted: 2 });
  });

  it("what is not in doubt is sent at once", async () => {
    const watch = await waiting(["a"]);
    await noteEra(store, NOW);
    expect((await watch.claim({ entryId: watch.entryOf("a"), channel: CHANNEL })).status).toBe("ok");
  });
});
