import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { entryIdOf } from "../../src/domain/ids.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../src/domain/settings.ts";
import { getEntry, peekLane } from "../../src/store/outbox.ts";
import { commitPoll } from "../../src/store/runs.ts";
import {
  addNote,
  endRefilter,
  getHeld,
  getSettings,
  refilter,
  refiltersDue,
  remindersDue,
  setFold,
  setNextReminder,
  setOverrides,
  writeSettings,
} from "../../src/store/settings.ts";
import type { Store } from "../../src/store/store.ts";
import { discardWatch, getWatch, stopWatch } from "../../src/store/watches.ts";
import { CHANNEL, NOW, openTestStore, watchIn } from "../support/store.ts";

const MINUTE = 60_000;
const ALL: Settings = {
  arrives: "digest-30",
  minConfidence: "high",
  condition: { name: "in_europe", contains: "Oslo" },
  excludedDomains: ["example.com"],
  alertInChannel: false,
  mention: false,
  quiet: { from: "22:00", to: "07:00" },
  reminder: true,
  timeZone: "Europe/Berlin",
  fold: true,
};

let test: Awaited<ReturnType<typeof openTestStore>>;
let store: Store;
let watch: ReturnType<typeof watchIn>;
beforeAll(async () => {
  test = await openTestStore();
});
afterAll(() => test.close());
beforeEach(async () => {
  store = test.next();
  watch = watchIn(store);
  await watch.start();
  await watch.post(watch.card, "1.1");
});

const row = (id: string) => [watch.entryOf(id), id] as const;
const completion = { entry: "", at: NOW };
const hold = (ids: readonly string[]) =>
  watch.poll({ hold: ids.map((id) => [watch.id, watch.entryOf(id), id] as const) });
const waiting = async () => (await peekLane(store, CHANNEL)).heads.map((head) => head.subject);
const isDirty = async (entryId: string) => (await getEntry(store, entryId))?.state === "pending";

describe("a channel's settings in the store", () => {
  it("are read as they were written, and as they are by default before", async () => {
    expect(await getSettings(store, CHANNEL)).toEqual(DEFAULT_SETTINGS);
    await writeSettings(store, CHANNEL, ALL, null, NOW);
    expect(await getSettings(store, CHANNEL)).toEqual(ALL);
  });

  it("are each as by default where what is stored cannot be read, or comes from another version", async () => {
    const key = store.keys.channelSettings(CHANNEL);
    const broken = { ...ALL, arrives: "hourly", quiet: { from: "25:00", to: 7 }, timeZone: "Mars/Base", extra: [] };
    await store.redis.hset(key, "settings", JSON.stringify(broken), "other", "x");
    expect(await getSettings(store, CHANNEL)).toEqual({
      ...ALL,
      fold: false,
      arrives: "each",
      quiet: null,
      timeZone: "UTC",
    });
    for (const nonsense of ["", "{", "null", "[]", '"text"', "7"]) {
      await store.redis.hset(key, "settings", nonsense);
      expect(await getSettings(store, CHANNEL)).toEqual(DEFAULT_SETTINGS);
    }
  });

  it("name domains as hosts are compared", async () => {
    await writeSettings(
      store,
      CHANNEL,
      { ...ALL, excludedDomains: ["WWW.Example.com", "example.com", "münchen.example"] },
      null,
      NOW,
    );
    const { excludedDomains } = await getSettings(store, CHANNEL);
    expect(excludedDomains).toEqual(["example.com", "xn--mnchen-3ya.example"]);
  });

  it("ask for the cards of watches that go on, and say how many run", async () => {
    const [other, over] = [watchIn(store, "run_2"), watchIn(store, "run_3")];
    for (const [index, each] of [other, over].entries()) {
      await each.start();
      await store.redis.del(`${store.keys.prefix}pace:${CHANNEL}`);
      await each.post(each.card, `2.${index}`);
    }
    await stopWatch(store, over.id, "ana", NOW);
    expect(await writeSettings(store, CHANNEL, ALL, null, NOW)).toBe(2);
    expect([await isDirty(watch.card), await isDirty(other.card)]).toEqual([true, true]);
  });

  it("wake the lane, and say until when a filter is to be applied", async () => {
    const before = await peekLane(store, CHANNEL);
    await writeSettings(store, CHANNEL, ALL, null, NOW);
    expect((await peekLane(store, CHANNEL)).version).not.toBe(before.version);
    expect(Number(await store.redis.zscore(store.keys.lanes, CHANNEL))).toBeLessThanOrEqual(NOW);
    expect(await refiltersDue(store, NOW)).toEqual([[watch.id, NOW]]);
    await writeSettings(store, CHANNEL, ALL, null, NOW + 1);
    await endRefilter(store, watch.id, NOW);
    expect(await refiltersDue(store, NOW + 1)).toEqual([[watch.id, NOW + 1]]);
    await endRefilter(store, watch.id, NOW + 1);
    expect(await refiltersDue(store, NOW + 1)).toEqual([]);
  });

  it("keep the reminder when only folding is switched, and drop it when it is switched off", async () => {
    await writeSettings(store, CHANNEL, ALL, NOW + MINUTE, NOW);
    await setFold(store, CHANNEL, false, NOW);
    expect(await getSettings(store, CHANNEL)).toEqual({ ...ALL, fold: false });
    expect(await remindersDue(store, NOW + MINUTE)).toEqual([CHANNEL]);
    await writeSettings(store, CHANNEL, { ...ALL, reminder: false }, null, NOW);
    await setNextReminder(store, CHANNEL, NOW);
    expect(await remindersDue(store, NOW + MINUTE)).toEqual([]);
  });

  it("reach the planner together with what was said for one watch", async () => {
    await watch.match(["a"]);
    await writeSettings(store, CHANNEL, ALL, null, NOW);
    await setOverrides(store, watch.id, { arrives: "end" }, NOW);
    expect((await getWatch(store, watch.id))?.overrides).toEqual({ arrives: "end" });
    const rules = (await peekLane(store, CHANNEL)).watches.get(watch.id)?.release;
    expect(rules).toMatchObject({ arrives: "end", quiet: ALL.quiet, timeZone: ALL.timeZone, ended: false });
  });

  it("do not hold back for an end that cannot come any more, when Parallel no longer knows the run", async () => {
    await writeSettings(store, CHANNEL, { ...DEFAULT_SETTINGS, arrives: "end" }, null, NOW);
    await watch.match(["a"]);
    await store.redis.del(`${store.keys.prefix}pace:${CHANNEL}`);
    expect((await peekLane(store, CHANNEL)).watches.get(watch.id)?.release.ended).toBe(false);
    await watch.poll({ watches: [[watch.id, { state: "lost" }, ["active"]]] });
    expect((await peekLane(store, CHANNEL)).watches.get(watch.id)?.release.ended).toBe(true);
  });
});

describe("what a filter holds back", () => {
  it("is no entry, is not on its way, and is let go once, in order of match, behind what waits", async () => {
    await hold(["b", "c"]);
    await watch.match(["a"]);
    expect([...(await getHeld(store, watch.id))].sort()).toEqual(["b", "c"]);
    expect(await waiting()).toEqual(["a"]);
    const release = [row("b"), row("c")];
    expect(await refilter(store, watch.id, { release, hold: [], completion }, NOW)).toEqual({ released: 2, held: 0 });
    expect(await refilter(store, watch.id, { release, hold: [], completion }, NOW)).toEqual({ released: 0, held: 0 });
    expect((await waiting()).filter(Boolean)).toEqual(["a", "b", "c"]);
    expect(await getWatch(store, watch.id)).toMatchObject({ open: 3 });
    expect(await isDirty(watch.card)).toBe(true);
  });

  it("takes nothing out of the thread, or out of the hands of a worker, and what waits only once", async () => {
    await watch.match(["sent", "held"]);
    await store.redis.del(`${store.keys.prefix}pace:${CHANNEL}`);
    await watch.post(watch.entryOf("sent"), "1.2");
    const change = { release: [], hold: [row("sent"), row("held"), row("never")], completion };
    expect(await refilter(store, watch.id, change, NOW)).toEqual({ released: 0, held: 1 });
    expect(await refilter(store, watch.id, change, NOW)).toEqual({ released: 0, held: 0 });
    expect([...(await getHeld(store, watch.id))]).toEqual(["held"]);
    expect(await getWatch(store, watch.id)).toMatchObject({ open: 0, posted: 1 });
    expect(await watch.claim({ entryId: watch.entryOf("held"), token: "x" })).toMatchObject({ status: "changed" });
  });

  it("comes back as the same message when the filter is loosened again", async () => {
    await watch.match(["a"]);
    await refilter(store, watch.id, { release: [], hold: [row("a")], completion }, NOW);
    await refilter(store, watch.id, { release: [row("a")], hold: [], completion }, NOW + MINUTE);
    expect(await getWatch(store, watch.id)).toMatchObject({ open: 1 });
    const [head] = (await peekLane(store, CHANNEL)).heads.filter((each) => each.kind === "candidate");
    expect(head).toMatchObject({ id: watch.entryOf("a"), addedAt: NOW + MINUTE });
  });

  it("leaves the set when it is delivered or matches no longer, and never enters it once it is on its way", async () => {
    await hold(["a", "b"]);
    await watch.match(["a"]);
    await watch.poll({ unhold: [[watch.id, "b"]] });
    expect([...(await getHeld(store, watch.id))]).toEqual([]);
    await hold(["a"]);
    expect([...(await getHeld(store, watch.id))]).toEqual([]);
  });

  it("is written with all else of the poll or not at all", async () => {
    const commit = { hold: [[watch.id, watch.entryOf("a"), "a"] as const], due: NOW };
    expect(await commitPoll(store, "run_1", "gone", NOW, commit)).toBe("stale");
    expect([...(await getHeld(store, watch.id))]).toEqual([]);
  });

  it("expires with the watch, lives on when it is asked for again, and goes with a watch that is discarded", async () => {
    const key = store.keys.watchHeld(watch.id);
    await hold(["a"]);
    await watch.poll({ watches: [[watch.id, { state: "resting" }, []]], due: 0, keepFor: 60_000 });
    expect(await store.redis.pttl(key)).toBeGreaterThan(0);
    await watch.poll({ hold: [[watch.id, watch.entryOf("b"), "b"]], due: 0, keepFor: 60_000 });
    expect(await store.redis.pttl(key)).toBeGreaterThan(0);
    await watch.start();
    expect(await store.redis.pttl(key)).toBe(-1);
    const young = watchIn(store, "run_2");
    await young.start();
    await young.poll({ hold: [[young.id, young.entryOf("a"), "a"]] });
    await discardWatch(store, young.id);
    expect(await store.redis.exists(store.keys.watchHeld(young.id))).toBe(0);
  });
});

it("a note is added once, whatever watch it is added to", async () => {
  const other = watchIn(store, "run_2");
  await other.start();
  const id = entryIdOf(CHANNEL, "note", "reminder:2026-11-24");
  expect(await addNote(store, watch.id, id, "reminder:2026-11-24", NOW)).toBe(true);
  expect(await addNote(store, other.id, id, "reminder:2026-11-24", NOW)).toBe(false);
  expect(await addNote(store, "w-none", "d-none", "reminder:x", NOW)).toBe(false);
});

describe("a page that Slack has not taken", () => {
  it("is made anew of the candidates that a filter took off it, once they pass again", async () => {
    const ids = ["a", "b", "c", "d"];
    await watch.match(ids);
    await store.redis.del(`${store.keys.prefix}pace:${CHANNEL}`);
    const page = await watch.plan();
    if (page.kind !== "page") throw new Error(page.kind);
    await watch.claim({ entryId: page.entryId, members: page.members, token: "one" });
    await watch.settle(page.entryId, "one", { outcome: "retry", at: NOW });
    const rows = ids.map(row);
    expect(await refilter(store, watch.id, { release: [], hold: rows, completion }, NOW)).toEqual({
      released: 0,
      held: 4,
    });
    expect((await getWatch(store, watch.id))?.open).toBe(0);
    expect(await refilter(store, watch.id, { release: rows, hold: [], completion }, NOW)).toEqual({
      released: 4,
      held: 0,
    });
    const again = await watch.plan();
    if (again.kind !== "page") throw new Error(again.kind);
    expect(again.members.map(({ candidateId }) => candidateId)).toEqual(ids);
    expect((await watch.claim({ entryId: again.entryId, members: again.members, token: "two" })).status).toBe("ok");
  });
});
