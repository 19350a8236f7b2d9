import pino from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { entryIdOf } from "../../src/domain/ids.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../src/domain/settings.ts";
import { finishRefilters, refilterChanged, settingsOfWatches } from "../../src/steps/apply-filter.ts";
import { readSettings, saveSettings } from "../../src/steps/channel-settings.ts";
import type { Context } from "../../src/steps/context.ts";
import { getEntry, peekLane } from "../../src/store/outbox.ts";
import { getHeld, getSettings, setOverrides, writeSettings } from "../../src/store/settings.ts";
import type { Store } from "../../src/store/store.ts";
import { getWatch } from "../../src/store/watches.ts";
import { CHANNEL, NOW, openTestStore, testCandidate, watchIn } from "../support/store.ts";

const ana = { id: "U1", name: "ana" };
/** Written as a person would; compared as hosts are. */
const FILTERED: Settings = { ...DEFAULT_SETTINGS, excludedDomains: ["WWW.Bad.example"] };

describe("a filter that is changed", () => {
  let test: Awaited<ReturnType<typeof openTestStore>>;
  let store: Store;
  let watch: ReturnType<typeof watchIn>;
  let ctx: Context;
  let now: number;
  const woken: string[] = [];
  const member = { kind: "member" as "member" | "not_member" };
  beforeAll(async () => {
    test = await openTestStore();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    store = test.next();
    now = NOW;
    woken.length = 0;
    member.kind = "member";
    ctx = {
      store,
      now: () => now,
      log: pino({ level: "silent" }),
      slack: { isMember: async () => member },
      wakeups: { lane: async (channel: string) => void woken.push(channel), poll: async () => {} },
    } as unknown as Context;
    watch = watchIn(store);
    await watch.start();
    await watch.post(watch.card, "1.1");
    await store.redis.del(`${store.keys.prefix}pace:${CHANNEL}`);
  });

  /** What a poll writes that sees these candidates for the first time, holding back some. */
  const seen = (hosts: Readonly<Record<string, string>>, held: readonly string[] = []) => {
    const ids = Object.keys(hosts);
    return watch.poll({
      candidates: ids.map((id) => testCandidate(id, { url: `https://${hosts[id]}/` })),
      known: ids.map((id) => [id, `matched|${id}`] as const),
      order: ids,
      add: ids
        .filter((id) => !held.includes(id))
        .map((id) => [watch.entryOf(id), watch.id, CHANNEL, "candidate", id, now] as const),
      hold: held.map((id) => [watch.id, watch.entryOf(id), id] as const),
    });
  };
  const held = async () => [...(await getHeld(store, watch.id))].sort();
  const waiting = async () =>
    (await peekLane(store, CHANNEL)).heads.filter(({ kind }) => kind === "candidate").map(({ subject }) => subject);
  const save = (settings: Settings) => saveSettings(ctx, CHANNEL, settings, ana);

  it("holds back what waits, and lets it go in order of match when it is loosened; both also for a run at rest", async () => {
    await seen({ a: "bad.example", b: "good.example", c: "www.bad.example", d: "bad.example" });
    await watch.post(watch.entryOf("a"), "1.2");
    expect(await save(FILTERED)).toMatchObject({ kind: "saved", running: 1, released: 0, before: DEFAULT_SETTINGS });
    expect([await held(), await waiting()]).toEqual([["c", "d"], ["b"]]);
    await watch.poll({ watches: [[watch.id, { state: "resting", ended: 1 }, []]], due: 0, keepFor: 60_000 });
    expect(await save(DEFAULT_SETTINGS)).toMatchObject({ kind: "saved", running: 0, released: 2 });
    expect([await held(), await waiting()]).toEqual([[], ["b", "c", "d"]]);
    expect(woken).toContain(CHANNEL);
    expect(await save(DEFAULT_SETTINGS)).toMatchObject({ kind: "unchanged", released: 0 });
  });

  it("is applied by the sweep when the process that stored it died before it was", async () => {
    await writeSettings(store, CHANNEL, FILTERED, null, now);
    await seen({ a: "bad.example", b: "bad.example" }, ["a", "b"]);
    await writeSettings(store, CHANNEL, DEFAULT_SETTINGS, null, now);
    await finishRefilters(ctx);
    expect(await held()).toEqual(["a", "b"]);
    now += 10_000;
    await finishRefilters(ctx);
    expect([await held(), await waiting()]).toEqual([[], ["a", "b"]]);
    await setOverrides(store, watch.id, { excludedDomains: ["bad.example"] }, now);
    now += 10_000;
    await finishRefilters(ctx);
    expect([await held(), await waiting()]).toEqual([["a", "b"], []]);
  });

  it("while a poll was reading lets go what the poll held back by the old one", async () => {
    await writeSettings(store, CHANNEL, FILTERED, null, now);
    const watches = [await getWatch(store, watch.id)].filter((each) => each !== null);
    const before = await settingsOfWatches(ctx, watches);
    await save(DEFAULT_SETTINGS);
    await seen({ a: "bad.example" }, ["a"]);
    await refilterChanged(ctx, watches, before);
    expect([await held(), await waiting()]).toEqual([[], ["a"]]);
  });

  it("keeps to what was said for one watch alone", async () => {
    await setOverrides(store, watch.id, { excludedDomains: [] }, now);
    await seen({ a: "bad.example" });
    await save(FILTERED);
    expect([await held(), await waiting()]).toEqual([[], ["a"]]);
  });

  it("asks for the card, and for an end that was told and counts what is held back", async () => {
    const end = entryIdOf(watch.id, "completion", "end-1");
    await watch.poll({ add: [[end, watch.id, CHANNEL, "completion", "end-1", now]] });
    await watch.post(end, "1.2");
    await seen({ a: "bad.example" });
    await save(FILTERED);
    expect((await getEntry(store, watch.card))?.state).toBe("pending");
    expect(await getEntry(store, end)).toMatchObject({ state: "pending", ts: "1.2" });
  });

  it("is neither shown to nor taken from one who is not in the channel", async () => {
    member.kind = "not_member";
    expect(await readSettings(ctx, CHANNEL, ana)).toMatchObject({ kind: "not_member" });
    expect(await save(FILTERED)).toMatchObject({ kind: "not_member" });
    expect(await getSettings(store, CHANNEL)).toEqual(DEFAULT_SETTINGS);
  });
});
