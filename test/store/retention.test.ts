import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "../../src/store/store.ts";
import { discardWatch, pauseWatch, resumeWatch, stopWatch } from "../../src/store/watches.ts";
import { CHANNEL, NOW, openTestStore, watchIn } from "../support/store.ts";

describe("how long things are kept", () => {
  let test: Awaited<ReturnType<typeof openTestStore>>;
  let store: Store;
  beforeAll(async () => {
    test = await openTestStore();
  });
  afterAll(() => test.close());
  beforeEach(() => {
    store = test.next();
  });

  const lifetimes = async () => {
    const keys = (await store.redis.keys(`${store.keys.prefix}*`)).filter((key) =>
      /:(entry|watch|run|channel):/.test(key),
    );
    return Object.fromEntries(await Promise.all(keys.map(async (key) => [key, await store.redis.pttl(key)] as const)));
  };

  it("lets everything expire with the last poll of a run, also what is written afterwards", async () => {
    const watch = watchIn(store);
    await watch.start();
    await watch.post(watch.card, "1.1");
    await watch.match(["a", "b", "c", "d"]);
    await watch.poll({ watches: [[watch.id, { state: "resting" }, []]], due: 0, keepFor: 60_000 });
    const plan = await watch.plan();
    if (plan.kind !== "page") throw new Error(plan.kind);
    await watch.claim({ entryId: plan.entryId, members: plan.members, token: "p" });
    await watch.settle(plan.entryId, "p", { outcome: "sent", ts: "1.2", version: 1, next: NOW });
    const forEver = Object.entries(await lifetimes()).filter(([, ttl]) => ttl < 0);
    expect(forEver).toEqual([]);
  });

  it("keeps a channel's list of watches while one of them goes on", async () => {
    const [done, other] = [watchIn(store), watchIn(store, "run_2")];
    await done.start();
    await other.start();
    await done.poll({ due: 0, keepFor: 60_000 });
    expect(await store.redis.pttl(store.keys.channelWatches(CHANNEL))).toBe(-1);
    await other.poll({ due: 0, keepFor: 60_000 });
    expect(await store.redis.pttl(store.keys.channelWatches(CHANNEL))).toBeGreaterThan(0);
  });

  it("does not push the end of a paused watch's life back each time it is tried again", async () => {
    const watch = watchIn(store);
    await watch.start();
    await watch.poll({ due: 0, keepFor: 1_000_000 });
    await watch.poll({ due: 0, keepFor: 9_000_000 });
    const left = await store.redis.pttl(store.keys.watch(watch.id));
    expect([left > 0, left <= 1_000_000]).toEqual([true, true]);
  });

  it("keeps a run that goes on for all who follow it, whoever asked, and what somebody stopped not", async () => {
    const [asked, other, stopped] = ["C1", "C2", "C3"].map((channel) => watchIn(store, "run_1", channel));
    for (const watch of [asked, other, stopped]) await watch?.start();
    await stopWatch(store, stopped!.id, "ana", NOW);
    await asked?.poll({ due: 0, keepFor: 60_000 });
    await asked?.start();
    await asked?.poll({ due: NOW + 5_000 });
    const lives = await Promise.all(
      [asked, other, stopped].map((watch) => store.redis.pttl(store.keys.watch(watch!.id))),
    );
    expect(lives.map((ttl) => (ttl === -1 ? "kept" : "expires"))).toEqual(["kept", "kept", "expires"]);
    const entries = await store.redis.pttl(store.keys.watchEntries(other!.id));
    expect([entries, await store.redis.pttl(store.keys.channelWatches("C2"))]).toEqual([-1, -1]);
  });

  it("keeps a watch that a person resumes after its run had come to rest, and not one that is only tried again", async () => {
    const watch = watchIn(store);
    await watch.start();
    await pauseWatch(store, watch.id, "ana", NOW);
    await watch.poll({ due: 0, keepFor: 60_000 });
    await resumeWatch(store, watch.id, NOW, "retry");
    expect(await store.redis.pttl(store.keys.watch(watch.id))).toBeGreaterThan(0);
    await resumeWatch(store, watch.id, NOW, "asked");
    expect(await store.redis.pttl(store.keys.watch(watch.id))).toBe(-1);
  });

  it("lets the run of a discarded watch expire as well", async () => {
    const watch = watchIn(store);
    await watch.start();
    await discardWatch(store, watch.id);
    await watch.poll({ due: 0, keepFor: 60_000 });
    expect(Object.values(await lifetimes()).filter((ttl) => ttl < 0)).toEqual([]);
  });
});
