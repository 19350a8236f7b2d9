import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { entryIdOf } from "../../src/domain/ids.ts";
import { clearHold, getHold, setHold } from "../../src/store/hold.ts";
import { expireLease, getEntry, peekLane } from "../../src/store/outbox.ts";
import { beginPoll, commitPoll, extendPoll } from "../../src/store/runs.ts";
import type { Store } from "../../src/store/store.ts";
import { getWatch, muteWatch, pauseWatches, resumeWatch, stopWatch } from "../../src/store/watches.ts";
import { hasRedisServer } from "../support/redis-process.ts";
import { CHANNEL, NOW, openTestStore, testRun, watchIn } from "../support/store.ts";

describe("the outbox, when things cross", () => {
  let test: Awaited<ReturnType<typeof openTestStore>>;
  let store: Store;
  beforeAll(async () => {
    test = await openTestStore();
  });
  afterAll(() => test.close());
  beforeEach(() => {
    store = test.next();
  });

  it("brings back a page that was withdrawn before it was sent, when its candidates match again", async () => {
    const watch = watchIn(store);
    await watch.start();
    await watch.post(watch.card, "1.1");
    await watch.match(["a", "b", "c", "d"]);
    const plan = await watch.plan();
    if (plan.kind !== "page") throw new Error(plan.kind);
    await watch.claim({ entryId: plan.entryId, members: plan.members, token: "p" });
    await watch.settle(plan.entryId, "p", { outcome: "skipped", version: 1 });
    expect((await getWatch(store, watch.id))?.open).toBe(0);
    await watch.rematch(["b", "c"]);
    expect(await watch.plan()).toMatchObject({ kind: "post", entryId: plan.entryId });
    expect((await getWatch(store, watch.id))?.open).toBe(4);
  });

  it("does not skip a candidate that matched again while its withdrawal was being carried out", async () => {
    const watch = watchIn(store);
    await watch.start();
    await watch.post(watch.card, "1.1");
    await watch.match(["a"]);
    await watch.poll({ dirty: [[watch.entryOf("a"), NOW]] });
    const claimed = await watch.claim({ entryId: watch.entryOf("a"), token: "p" });
    await watch.rematch(["a"]);
    await watch.settle(watch.entryOf("a"), "p", { outcome: "skipped", version: claimed.value });
    expect((await getEntry(store, watch.entryOf("a")))?.state).toBe("pending");
    expect((await getWatch(store, watch.id))?.open).toBe(1);
  });

  it("sees the candidates of one watch behind the large backlog of another that cannot go out", async () => {
    const stuck = watchIn(store, "run_stuck");
    const other = watchIn(store, "run_other");
    await stuck.start();
    await other.start();
    await other.post(other.card, "1.1");
    await stuck.claim({ entryId: stuck.card, token: "s" });
    await stuck.settle(stuck.card, "s", { outcome: "retry", at: NOW + 300_000 });
    await stuck.match(Array.from({ length: 120 }, (_, index) => `c${index}`));
    await other.match(["x"]);
    expect(await other.plan()).toMatchObject({ kind: "post", entryId: other.entryOf("x") });
  });

  it("fills the pages of one watch behind the muted thousands of others, in order", async () => {
    // Redis in memory takes half a minute for thousands; hundreds are more than one look takes, too.
    const each = hasRedisServer ? 1_000 : 50;
    const muted = Array.from({ length: 6 }, (_, index) => watchIn(store, `run_muted_${index}`));
    const names = (count: number) => Array.from({ length: count }, (_, index) => `c${index}`);
    for (const watch of muted) {
      await watch.start();
      await watch.post(watch.card, "1.1");
      await watch.match(names(each));
      await muteWatch(store, watch.id, NOW + 600_000, NOW);
    }
    const watch = watchIn(store, "run_told");
    await watch.start();
    await watch.post(watch.card, "1.2");
    await watch.match(names(30));
    const pages: string[][] = [];
    for (let plan = await watch.plan(); plan.kind === "page"; plan = await watch.plan()) {
      expect(plan.watchId).toBe(watch.id);
      pages.push(plan.members.map(({ candidateId }) => candidateId));
      const token = `p${pages.length}`;
      await watch.claim({ entryId: plan.entryId, members: plan.members, token });
      await watch.settle(plan.entryId, token, { outcome: "sent", ts: `1.${token}`, version: 1, next: NOW });
    }
    expect(pages).toEqual([names(20), names(30).slice(20)]);
    expect(await watch.plan(NOW + 600_001)).toMatchObject({ kind: "page", watchId: muted[0]?.id });
  });

  describe("beside a version that does not know what waits of each watch", () => {
    const names = (count: number) => Array.from({ length: count }, (_, index) => `c${index}`);
    /** A watch that has its card, in a channel where more than a look's worth of a muted one stands before it. */
    const behindMuted = async () => {
      const [muted, watch] = [watchIn(store, "run_muted"), watchIn(store, "run_told")];
      for (const each of [muted, watch]) {
        await each.start();
        await each.post(each.card, "1.1");
      }
      await muted.match(names(60));
      await muteWatch(store, muted.id, NOW + 600_000, NOW);
      return watch;
    };
    const waitingKey = (watchId: string) => `${store.keys.prefix}watch:${watchId}:waiting`;

    it("sends what that one left in the order of match", async () => {
      const watch = await behindMuted();
      await watch.match(["old0", "old1"]);
      await store.redis.del(waitingKey(watch.id));
      await watch.rematch(["new0"]);
      expect(await watch.plan()).toMatchObject({ kind: "post", entryId: watch.entryOf("old0") });
    });

    it("does not send again what that one has sent, and goes on behind it", async () => {
      const watch = await behindMuted();
      const sent = names(70).map(watch.entryOf);
      await watch.match([...names(70), "next"]);
      for (const id of sent.slice(0, 3)) {
        await watch.post(id, `2.${id}`);
        await watch.poll({ dirty: [[id, NOW]] });
      }
      for (const id of sent.slice(3)) await store.redis.zrem(store.keys.lane(CHANNEL), id);
      await store.redis.zadd(waitingKey(watch.id), ...sent.flatMap((id, index) => [index, id]));
      const heads = (await peekLane(store, CHANNEL, NOW)).heads.filter(({ watchId }) => watchId === watch.id);
      expect(heads.filter((head) => head.class === 3).map(({ id }) => id)).toEqual([watch.entryOf("next")]);
      expect(await watch.plan(NOW + 2_000)).toMatchObject({ kind: "post", entryId: watch.entryOf("next") });
    });
  });

  it("does not put candidates of a stopped watch on a page that was planned before", async () => {
    const watch = watchIn(store);
    await watch.start();
    await watch.post(watch.card, "1.1");
    await watch.match(["a", "b", "c", "d"]);
    const plan = await watch.plan();
    if (plan.kind !== "page") throw new Error(plan.kind);
    await stopWatch(store, watch.id, "ben", NOW);
    expect((await watch.claim({ entryId: plan.entryId, members: plan.members })).status).toBe("changed");
  });

  it("does not try to say something in a channel whose watch is paused", async () => {
    const watch = watchIn(store);
    await watch.start();
    await watch.post(watch.card, "1.1");
    await pauseWatches(store, [{ id: watch.id, note: "" }], "not_in_channel", NOW + 1_000, NOW);
    const note = entryIdOf(watch.id, "note", "lost-1");
    await watch.poll({ add: [[note, watch.id, CHANNEL, "note", "lost-1", NOW]] });
    // The card, which is there, says what is wrong.
    expect((await peekLane(store, CHANNEL)).heads.map(({ kind }) => kind)).toEqual(["card"]);
    await resumeWatch(store, watch.id, NOW);
    expect(await watch.plan()).toMatchObject({ kind: "post", entryId: note });
  });

  it("pauses a watch whose run is lost as well", async () => {
    const watch = watchIn(store);
    await watch.start();
    await watch.poll({ watches: [[watch.id, { state: "lost" }, []]] });
    expect(await pauseWatches(store, [{ id: watch.id, note: "" }], "not_in_channel", NOW + 1_000, NOW)).toEqual([
      watch.id,
    ]);
    await resumeWatch(store, watch.id, NOW);
    expect((await getWatch(store, watch.id))?.state).toBe("lost");
  });

  it("says on the card what is wrong while only new messages are refused, and nothing once an edit is refused too", async () => {
    const watch = watchIn(store);
    await watch.start();
    await watch.post(watch.card, "1.1");
    await watch.match(["a"]);
    const pause = (mode: "post" | "edit") =>
      pauseWatches(store, [{ id: watch.id, note: "" }], "restricted_action", NOW + 1_000, NOW, mode);
    const waiting = async () => (await peekLane(store, CHANNEL)).heads.map(({ kind }) => kind);
    expect([await pause("post"), await waiting()]).toEqual([[watch.id], ["card"]]);
    expect([await pause("post"), await waiting()]).toEqual([[], ["card"]]);
    expect([await pause("edit"), await waiting()]).toEqual([[], []]);
    await resumeWatch(store, watch.id, NOW);
    expect((await waiting()).sort()).toEqual(["candidate", "card"]);
  });

  it("finds an edit that is due behind fifty that wait", async () => {
    const watch = watchIn(store);
    await watch.start();
    await watch.post(watch.card, "1.1");
    const ids = Array.from({ length: 52 }, (_, index) => `c${index}`);
    await watch.match(ids);
    for (const [index, id] of ids.entries()) {
      await store.redis.del(`${store.keys.prefix}pace:${CHANNEL}`);
      await watch.post(watch.entryOf(id), `2.${index}`);
    }
    await watch.claim({ entryId: watch.card, mode: "edit", token: "k" });
    await watch.settle(watch.card, "k", { outcome: "sent", hash: "h", version: 999, next: NOW });
    await watch.poll({ dirty: ids.slice(0, 51).map((id) => [watch.entryOf(id), NOW + 300_000] as const) });
    await watch.poll({ dirty: [[watch.entryOf("c51"), NOW]] });
    expect(await watch.plan()).toMatchObject({ kind: "edit", entryId: watch.entryOf("c51") });
  });

  it("leaves alone what somebody has stopped", async () => {
    const watch = watchIn(store);
    await watch.start();
    await watch.post(watch.card, "1.1");
    await stopWatch(store, watch.id, "ana", NOW);
    expect(await pauseWatches(store, [{ id: watch.id, note: "" }], "restricted_action", NOW, NOW, "edit")).toEqual([]);
    expect((await getWatch(store, watch.id))?.state).toBe("stopped");
  });

  it("edits a message again when a worker that was overtaken may have put older words over it", async () => {
    const watch = watchIn(store);
    await watch.start();
    await watch.post(watch.card, "1.1");
    await watch.poll({ dirty: [[watch.card, NOW]] });
    await watch.claim({ mode: "edit", token: "frozen" });
    await expireLease(store, CHANNEL, NOW + 10_000);
    const second = await watch.claim({ mode: "edit", token: "second", now: NOW + 10_000 });
    await watch.settle(watch.card, "second", { outcome: "sent", hash: "new", version: second.value, next: NOW });
    const stale = { outcome: "sent", hash: "old", ts: "1.1", version: 2, next: NOW } as const;
    expect(await watch.settle(watch.card, "frozen", stale)).toBe(false);
    expect(await getEntry(store, watch.card)).toMatchObject({ state: "pending", hash: null });
  });

  it("edits again also when the overtaken worker's answer comes while the next one is at it", async () => {
    const watch = watchIn(store);
    await watch.start();
    await watch.post(watch.card, "1.1");
    await watch.poll({ dirty: [[watch.card, NOW]] });
    await watch.claim({ mode: "edit", token: "frozen" });
    await expireLease(store, CHANNEL, NOW + 10_000);
    const second = await watch.claim({ mode: "edit", token: "second", now: NOW + 10_000 });
    await watch.settle(watch.card, "frozen", { outcome: "sent", hash: "old", ts: "1.1", version: 2, next: NOW });
    await watch.settle(watch.card, "second", { outcome: "sent", hash: "new", version: second.value, next: NOW });
    expect(await getEntry(store, watch.card)).toMatchObject({ state: "pending", hash: null });
  });

  it("asks for the card's edit when a single candidate reached the thread, at once when it was the last one", async () => {
    const watch = watchIn(store);
    await watch.start();
    await watch.post(watch.card, "1.1");
    await watch.match(["a", "b"]);
    await watch.post(watch.entryOf("a"), "1.2");
    expect(await getEntry(store, watch.card)).toMatchObject({ state: "pending", notBefore: NOW + 3_000 });
    await watch.poll({ watches: [[watch.id, { ended: 1 }, []]] });
    await watch.post(watch.entryOf("b"), "1.3");
    expect(await getEntry(store, watch.card)).toMatchObject({ state: "pending", notBefore: NOW });
  });

  it("does not take back what was waiting behind more than a peek of expired entries", async () => {
    const watch = watchIn(store);
    await watch.start();
    await watch.post(watch.card, "1.1");
    const ids = Array.from({ length: 60 }, (_, index) => `c${index}`);
    await watch.match([...ids, "last"]);
    for (const id of ids) await store.redis.del(store.keys.entry(watch.entryOf(id)));
    expect((await peekLane(store, CHANNEL)).heads.map((head) => head.id)).toContain(watch.entryOf("last"));
  });

  it("keeps a poll due that was asked for in the very millisecond of the running one", async () => {
    const first = watchIn(store);
    await first.start();
    await beginPoll(store, "run_1", "p", NOW, 10_000);
    await watchIn(store, "run_1", "C2").start();
    expect(await commitPoll(store, "run_1", "p", NOW, { due: 0 })).toBe("due_again");
  });

  it("looks at a resting run again when somebody asks for it", async () => {
    const watch = watchIn(store);
    await watch.start(testRun({ isActive: false }));
    await watch.poll({ watches: [[watch.id, { state: "resting", ended: 1 }, []]], due: 0 });
    expect(await watch.start(testRun({ isActive: false }))).toBe("exists");
    expect(await store.redis.zscore(store.keys.due, "run_1")).not.toBeNull();
  });

  it("lets a poll go on for as long as its worker says so", async () => {
    const watch = watchIn(store);
    await watch.start();
    await beginPoll(store, "run_1", "a", NOW, 10_000);
    expect(await extendPoll(store, "run_1", "a", NOW + 9_000, 10_000)).toBe(true);
    expect((await beginPoll(store, "run_1", "b", NOW + 15_000, 10_000)).status).toBe("leased");
    expect((await beginPoll(store, "run_1", "b", NOW + 19_500, 10_000)).status).toBe("ok");
    expect(await extendPoll(store, "run_1", "a", NOW + 20_000, 10_000)).toBe(false);
    expect(await commitPoll(store, "run_1", "a", NOW, { due: 0 })).toBe("stale");
  });

  it("holds the workspace longer each time that a good token did not help", async () => {
    const MISSING = { reason: "missing_scope", needed: "chat:write" };
    expect(await setHold(store, MISSING, NOW)).toBe(true);
    expect(await getHold(store)).toEqual({ ...MISSING, since: NOW, releaseAt: NOW });
    await clearHold(store);
    expect(await setHold(store, MISSING, NOW + 5_000)).toBe(false);
    await setHold(store, { reason: "invalid_auth" }, NOW + 6_000);
    expect(await getHold(store)).toEqual({ ...MISSING, since: NOW, releaseAt: NOW + 15_000 });
    await clearHold(store);
    for (let time = 0; time < 8; time += 1) {
      await setHold(store, MISSING, NOW + 20_000);
      await clearHold(store);
    }
    await setHold(store, MISSING, NOW + 20_000);
    expect((await getHold(store))?.releaseAt).toBe(NOW + 20_000 + 300_000);
  });
});
