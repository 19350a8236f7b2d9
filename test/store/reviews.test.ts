import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { contentHash, entryIdOf } from "../../src/domain/ids.ts";
import { actOn, NEW_REVIEW, type Person, type Review, type Verdict } from "../../src/domain/review.ts";
import { getEntry, settleEntry } from "../../src/store/outbox.ts";
import {
  beginDirect,
  endDirect,
  getEarlier,
  getNotes,
  getReviews,
  type ReviewWrite,
  writeReview,
} from "../../src/store/reviews.ts";
import type { Store } from "../../src/store/store.ts";
import { CHANNEL, NOW, openTestStore, watchIn } from "../support/store.ts";

const ana: Person = { id: "U0ANA", name: "ana" };
const DAY = 86_400_000;

describe("reviews in the store", () => {
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
    await watch.match(["a", "b"]);
    await watch.post(watch.entryOf("a"), "1.2");
  });

  const decided = (verdict: Verdict): Review => {
    const outcome = actOn(NEW_REVIEW, { kind: "decide", verdict, seen: 0 }, ana, NOW);
    if (outcome.kind !== "recorded") throw new Error(outcome.kind);
    return outcome.review;
  };
  const write = (fields: Partial<ReviewWrite> = {}): ReviewWrite => ({
    watchId: watch.id,
    candidateId: "a",
    seq: "0",
    review: decided("accepted"),
    once: null,
    note: null,
    entry: watch.entryOf("a"),
    entryAt: NOW + 4_000,
    cardSoon: 250,
    cardEvery: 3_000,
    completion: null,
    reviewed: null,
    memory: null,
    ...fields,
  });

  it("are written with what must show them: the message and the card", async () => {
    const before = await getEntry(store, watch.card);
    expect(await writeReview(store, write(), NOW)).toBe("written");
    expect((await getReviews(store, watch.id)).reviews.get("a")).toEqual(decided("accepted"));
    expect(await getEntry(store, watch.entryOf("a"))).toMatchObject({ state: "pending", notBefore: NOW + 4_000 });
    expect((await getEntry(store, watch.card))?.wanted).toBe((before?.wanted ?? 0) + 1);
  });

  it("show on the card at once when it has stood for a while, else with those that follow", async () => {
    const edited = async (now: number) => {
      await watch.claim({ entryId: watch.card, mode: "edit", token: "edit", now });
      const shown = { outcome: "sent", version: 99, next: NOW } as const;
      await settleEntry(store, { id: watch.card, channel: CHANNEL }, "edit", now, shown);
    };
    await edited(NOW + 10_000);
    await writeReview(store, write(), NOW + 60_000);
    expect(await getEntry(store, watch.card)).toMatchObject({ state: "pending", notBefore: NOW + 60_250 });
    await edited(NOW + 60_300);
    await writeReview(store, write({ seq: "1" }), NOW + 61_000);
    expect(await getEntry(store, watch.card)).toMatchObject({ state: "pending", notBefore: NOW + 63_300 });
  });

  it("are not written over one that came in between", async () => {
    await writeReview(store, write(), NOW);
    expect(await writeReview(store, write({ candidateId: "b", entry: watch.entryOf("b") }), NOW)).toBe("changed");
    expect([...(await getReviews(store, watch.id)).reviews.keys()]).toEqual(["a"]);
  });

  it("of the same delivery are taken once, whatever was written since", async () => {
    await writeReview(store, write({ once: "click-1" }), NOW);
    const { seq } = await getReviews(store, watch.id);
    expect(await writeReview(store, write({ seq, once: "click-1", review: decided("rejected") }), NOW)).toBe(
      "repeated",
    );
  });

  it("of a watch that is kept no longer are refused", async () => {
    expect(await writeReview(store, write({ watchId: `w-${"0".repeat(32)}` }), NOW)).toBe("gone");
  });

  it("keep each person's note, and let go of one that is emptied", async () => {
    const noted: Review = { ...decided("accepted"), noteBy: [ana.id] };
    const note = { by: ana, text: "call them: “now” \u0000 <!channel>", at: NOW };
    await writeReview(store, write({ review: noted, note }), NOW);
    expect((await getNotes(store, watch.id, new Map([["a", noted]]))).get("a")).toEqual([note]);
    await writeReview(store, write({ seq: "1", note: { ...note, text: "" } }), NOW);
    expect((await getNotes(store, watch.id, new Map([["a", noted]]))).get("a")).toBeUndefined();
  });

  it("live as long as their watch, also when they come after the run's end", async () => {
    await watch.poll({ due: 0, keepFor: 5_000 });
    const note = { by: ana, text: "late", at: NOW };
    await writeReview(store, write({ note }), NOW);
    for (const key of [store.keys.watchReviews(watch.id), store.keys.watchNotes(watch.id)]) {
      const left = await store.redis.pttl(key);
      expect(left).toBeGreaterThan(0);
      expect(left).toBeLessThanOrEqual(5_000);
    }
  });

  it("ask for the word that all is reviewed once, however often that comes true", async () => {
    const entry = entryIdOf(watch.id, "note", "reviewed:1");
    const reviewed = { entry, subject: "reviewed:1" };
    await writeReview(store, write({ reviewed }), NOW);
    await watch.post(entry, "1.9");
    await writeReview(store, write({ seq: "1", reviewed }), NOW);
    expect(await getEntry(store, entry)).toMatchObject({ kind: "note", state: "sent", channel: CHANNEL });
  });

  describe("as a channel's memory", () => {
    const verdict = (watchId: string, at = NOW) => ({
      watchId,
      runId: "run_1",
      title: "objective",
      verdict: "rejected" as const,
      by: ana,
      at,
      note: "no",
    });
    const remember = async (watchId: string, seq: string, at = NOW, forget = false) => {
      const memory = { entity: "domain:acme.com", verdict: forget ? null : verdict(watchId, at), keepFor: 30 * DAY };
      return writeReview(store, write({ watchId, seq, memory }), at);
    };
    const recall = async (watchId: string, since = NOW - DAY) =>
      (await getEarlier(store, CHANNEL, ["domain:acme.com", "domain:other.com"], { watchId, since })).get(
        "domain:acme.com",
      );

    it("tell other runs of the channel, never the one they come from", async () => {
      await remember(watch.id, "0");
      expect(await recall("w-other")).toEqual(verdict(watch.id));
      expect(await recall(watch.id)).toBeUndefined();
    });

    it("are written again after one that holds half a character", async () => {
      const broken = { ...verdict(watch.id), note: "cut inside \ud83d" };
      const memory = { entity: "domain:acme.com", verdict: broken, keepFor: 30 * DAY };
      expect(await writeReview(store, write({ memory }), NOW)).toBe("written");
      expect(await remember(watch.id, "1")).toBe("written");
      expect(await recall("w-other")).toEqual(verdict(watch.id));
    });

    it("are forgotten when the decision is undone, or old", async () => {
      await remember(watch.id, "0");
      expect(await recall("w-other", NOW + 1)).toBeUndefined();
      await remember(watch.id, "1", NOW, true);
      expect(await recall("w-other")).toBeUndefined();
      expect(await store.redis.keys(`${store.keys.channelMemory(CHANNEL)}*`)).toEqual([]);
    });

    it("hold the latest of several runs first, a few of them, and expire by themselves", async () => {
      const other = watchIn(store, "run_2");
      await other.start();
      await remember(watch.id, "0", NOW);
      await remember(other.id, "0", NOW + 5);
      expect((await recall("w-new"))?.watchId).toBe(other.id);
      expect((await recall(other.id))?.watchId).toBe(watch.id);
      expect(await store.redis.pttl(store.keys.channelMemory(CHANNEL))).toBeGreaterThan(29 * DAY);
    });

    it("let go of the oldest entities above their number", async () => {
      const memory = store.keys.channelMemory(CHANNEL);
      const many = Array.from({ length: 5_000 }, (_, index) => `domain:${index}.com`);
      await store.redis.hset(memory, Object.fromEntries(many.map((entity) => [entity, "[]"])));
      await store.redis.zadd(`${memory}:age`, ...many.flatMap((entity, index) => [NOW - 5_000 + index, entity]));
      await remember(watch.id, "0");
      expect(await store.redis.hlen(memory)).toBe(5_000);
      expect(await store.redis.hexists(memory, "domain:0.com")).toBe(0);
      expect(await recall("w-other")).toBeDefined();
    });
  });

  describe("shown past the lane", () => {
    const id = () => watch.entryOf("a");
    const hash = contentHash("shown");
    const begin = async (token: string) => (await beginDirect(store, id(), token, NOW)) ?? 0;
    const end = (token: string, version: number, shown: string | null = hash) =>
      endDirect(store, id(), token, NOW, { version, hash: shown });
    beforeEach(async () => {
      await writeReview(store, write(), NOW);
    });

    it("need no edit by the lane any more", async () => {
      const version = await begin("one");
      expect(await end("one", version)).toBe(true);
      expect(await getEntry(store, id())).toMatchObject({ state: "sent", hash, shown: version, wanted: version });
      expect(await watch.plan(NOW + 60_000)).not.toMatchObject({ entryId: id() });
    });

    it("are edited by the lane at once when Slack did not take them", async () => {
      expect(await end("one", await begin("one"), null)).toBe(false);
      expect(await getEntry(store, id())).toMatchObject({ state: "pending", notBefore: NOW, hash: null });
    });

    it("are edited once more when two answers crossed, since nobody knows which came last", async () => {
      const first = await begin("one");
      const second = await begin("two");
      expect(await end("one", first)).toBe(false);
      expect(await end("two", second)).toBe(false);
      expect((await getEntry(store, id()))?.state).toBe("pending");
    });

    it("are edited once more when the state changed while they were on their way", async () => {
      const version = await begin("one");
      await writeReview(store, write({ seq: "1", review: decided("rejected") }), NOW);
      expect(await end("one", version)).toBe(false);
      expect((await getEntry(store, id()))?.state).toBe("pending");
    });

    it("are edited once more when the lane was editing the message meanwhile", async () => {
      const claimed = await watch.claim({ entryId: id(), mode: "edit", token: "lane", now: NOW + 10_000 });
      expect(claimed.status).toBe("ok");
      expect(await end("one", await begin("one"))).toBe(false);
      await watch.settle(id(), "lane", { outcome: "sent", hash, version: claimed.value, next: NOW });
      expect(await getEntry(store, id())).toMatchObject({ state: "pending", hash: null });
    });

    it("are edited once more when an edit of the lane, under way at the click, was answered first", async () => {
      const claimed = await watch.claim({ entryId: id(), mode: "edit", token: "lane", now: NOW + 10_000 });
      await writeReview(store, write({ seq: "1", review: decided("rejected") }), NOW);
      const version = await begin("one");
      await watch.settle(id(), "lane", { outcome: "sent", hash: "older", version: claimed.value, next: NOW });
      expect(await end("one", version)).toBe(false);
      expect(await getEntry(store, id())).toMatchObject({ state: "pending", hash: null });
    });

    it("are edited once more when an edit of the lane got no answer, since it may arrive late", async () => {
      await watch.claim({ entryId: id(), mode: "edit", token: "lane", now: NOW + 10_000 });
      await watch.settle(id(), "lane", { outcome: "retry", at: NOW + 5_000 });
      expect(await end("one", await begin("one"))).toBe(false);
      expect((await getEntry(store, id()))?.state).toBe("pending");
    });

    it("have no message to be shown on while the candidate is on its way", async () => {
      expect(await beginDirect(store, watch.entryOf("b"), "one", NOW)).toBeNull();
    });
  });
});
