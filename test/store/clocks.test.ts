import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { expireLease, lanesDue, settleEntry } from "../../src/store/outbox.ts";
import { beginPoll, pollsDue } from "../../src/store/runs.ts";
import type { Store } from "../../src/store/store.ts";
import { CHANNEL, NOW, openTestStore, watchIn } from "../support/store.ts";

const HOUR = 3_600_000;

describe("when a clock was an hour ahead", () => {
  let test: Awaited<ReturnType<typeof openTestStore>>;
  let store: Store;
  beforeAll(async () => {
    test = await openTestStore();
  });
  afterAll(() => test.close());
  beforeEach(() => {
    store = test.next();
  });

  it("does not wait an hour for a channel's next post", async () => {
    const watch = watchIn(store);
    await watch.start();
    await watch.claim({ token: "ahead" });
    const sent = { outcome: "sent", ts: "1.1", version: 1, next: 0 } as const;
    await settleEntry(store, { id: watch.card, channel: CHANNEL }, "ahead", NOW, sent, NOW + HOUR);
    await watch.match(["a"]);
    expect(await watch.plan()).toMatchObject({ kind: "post", entryId: watch.entryOf("a") });
    expect((await watch.claim({ entryId: watch.entryOf("a"), token: "now" })).status).toBe("ok");
    await watch.settle(watch.entryOf("a"), "now", { outcome: "sent", ts: "1.2", version: 1, next: 0 });
  });

  it("does not wait an hour for the end of a lease", async () => {
    const watch = watchIn(store);
    await watch.start();
    await watch.claim({ token: "ahead", leaseUntil: NOW + HOUR });
    expect(await watch.plan()).toEqual({ kind: "expire" });
    expect(await expireLease(store, CHANNEL, NOW)).toBe(true);
  });

  it("does not wait an hour for the next poll, nor for the lease of one", async () => {
    const watch = watchIn(store);
    await watch.start();
    await store.redis.zadd(store.keys.due, NOW + HOUR, "run_1");
    expect(await pollsDue(store, NOW, 10)).toEqual(["run_1"]);
    expect((await beginPoll(store, "run_1", "a", NOW, HOUR)).status).toBe("ok");
    expect((await beginPoll(store, "run_1", "b", NOW, 1_000)).status).toBe("ok");
  });

  it("does not wait an hour for a lane's next look", async () => {
    await store.redis.zadd(store.keys.lanes, NOW + HOUR, CHANNEL);
    expect(await lanesDue(store, NOW, 10)).toEqual([CHANNEL]);
  });
});
