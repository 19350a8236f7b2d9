import { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Candidate } from "../../src/domain/candidate.ts";
import { EDIT_BURST_MS, MS_PER_EDIT, planLane } from "../../src/domain/delivery.ts";
import { entryIdOf, watchIdOf } from "../../src/domain/ids.ts";
import type { Run } from "../../src/domain/run.ts";
import {
  type Claim,
  claimEntry,
  expireLease,
  getEntry,
  peekLane,
  restLane,
  settleEntry,
} from "../../src/store/outbox.ts";
import { beginPoll, commitPoll, getCandidates, getKnown, getRun } from "../../src/store/runs.ts";
import { createStore, type Store } from "../../src/store/store.ts";
import { discardWatch, getWatch, pauseWatches, resumeWatch, startWatch, stopWatch } from "../../src/store/watches.ts";
import { openTestRedis, type TestRedis } from "../support/redis.ts";

const NOW = 1_764_000_000_000;
const CHANNEL = "C1";

describe("the outbox", () => {
  let server: TestRedis;
  let redis: Redis;
  let store: Store;
  let run: Run;
  let watchId: string;
  let cardEntry: string;
  let count = 0;

  beforeAll(async () => {
    server = await openTestRedis();
    redis = new Redis(server.url);
  });
  afterAll(async () => {
    redis.disconnect();
    await server.close();
  });
  beforeEach(() => {
    count += 1;
    store = createStore(redis, `T${count}`);
    run = {
      id: "run_1",
      status: "running",
      isActive: true,
      terminationReason: null,
      generated: 0,
      matched: 0,
      generator: "core",
      createdAt: null,
      modifiedAt: null,
    };
    watchId = watchIdOf("T", CHANNEL, run.id);
    cardEntry = entryIdOf(watchId, "card", "");
  });

  const begin = () =>
    startWatch(
      store,
      {
        id: watchId,
        runId: run.id,
        channel: CHANNEL,
        requester: "U1",
        requesterName: "ana",
        responseUrl: null,
        overrides: {},
        cardEntry,
      },
      run,
      null,
      NOW,
    );
  const claimOf = (fields: Partial<Claim>): Claim => ({
    channel: CHANNEL,
    token: "t1",
    now: NOW,
    leaseUntil: NOW + 10_000,
    mode: "post",
    entryId: cardEntry,
    watchId,
    members: null,
    msPerEdit: MS_PER_EDIT,
    editBurstMs: EDIT_BURST_MS,
    ...fields,
  });
  const candidate = (id: string): Candidate => ({
    id,
    name: id,
    url: "",
    description: "",
    matchStatus: "matched",
    conditions: [],
    enrichments: [],
  });
  const entryOf = (id: string) => entryIdOf(watchId, "candidate", id);
  const commit = async (ids: readonly string[], token = "p1") => {
    await beginPoll(store, run.id, token, NOW, 10_000);
    return commitPoll(store, run.id, token, NOW, {
      candidates: ids.map(candidate),
      known: ids.map((id) => [id, `matched|${id}`] as const),
      order: ids,
      add: ids.map((id) => [entryOf(id), watchId, CHANNEL, "candidate", id, NOW] as const),
      dirty: [],
      run: { run, seenAt: NOW },
      due: NOW + 5_000,
    });
  };
  const sendCard = async () => {
    await claimEntry(store, claimOf({}));
    await settleEntry(store, { id: cardEntry, channel: CHANNEL }, "t1", NOW, {
      outcome: "sent",
      ts: "1.1",
      version: 1,
      next: 0,
    });
  };

  it("makes a watch once, however often it is asked for", async () => {
    expect(await begin()).toBe("created");
    expect(await begin()).toBe("exists");
    expect((await peekLane(store, CHANNEL)).heads.map((head) => head.id)).toEqual([cardEntry]);
  });

  it("adds a candidate once, however often it is committed", async () => {
    await begin();
    expect(await commit(["a", "b"])).toBe("written");
    await redis.zadd(store.keys.due, NOW, run.id);
    expect(await commit(["a", "b"], "p2")).toBe("written");
    const lane = await peekLane(store, CHANNEL);
    expect(lane.heads.filter((head) => head.kind === "candidate").map((head) => head.subject)).toEqual(["a", "b"]);
    expect((await getWatch(store, watchId))?.open).toBe(2);
    expect([...(await getKnown(store, run.id)).keys()].sort()).toEqual(["a", "b"]);
    expect((await getCandidates(store, run.id, ["b"]))[0]?.name).toBe("b");
  });

  it("writes nothing for a poll that another worker has taken over", async () => {
    await begin();
    await beginPoll(store, run.id, "old", NOW, 10);
    await beginPoll(store, run.id, "new", NOW + 100, 10_000);
    expect(await commitPoll(store, run.id, "old", NOW + 100, { run: { missing: 7 }, due: 0 })).toBe("stale");
    expect((await getRun(store, run.id))?.missing).toBe(0);
  });

  it("keeps a poll due that was asked for while another one ran", async () => {
    await begin();
    await beginPoll(store, run.id, "p", NOW, 10_000);
    await redis.zadd(store.keys.due, NOW + 7, run.id);
    expect(await commitPoll(store, run.id, "p", NOW, { due: 0 })).toBe("due_again");
    expect(Number(await redis.zscore(store.keys.due, run.id))).toBe(NOW + 7);
  });

  it("gives a channel's message to one worker at a time", async () => {
    await begin();
    expect((await claimEntry(store, claimOf({}))).status).toBe("ok");
    expect((await claimEntry(store, claimOf({ token: "t2" }))).status).toBe("busy");
  });

  it("settles nothing for a stale token", async () => {
    await begin();
    await claimEntry(store, claimOf({}));
    const sent = { outcome: "sent", ts: "1.1", version: 1, next: 0 } as const;
    expect(await settleEntry(store, { id: cardEntry, channel: CHANNEL }, "stranger", NOW, sent)).toBe(false);
    expect(await settleEntry(store, { id: cardEntry, channel: CHANNEL }, "t1", NOW, sent)).toBe(true);
    expect((await getWatch(store, watchId))?.threadTs).toBe("1.1");
  });

  it("makes a post unknown, and an edit pending, when its worker is gone", async () => {
    await begin();
    await claimEntry(store, claimOf({}));
    expect(await expireLease(store, CHANNEL, NOW + 5_000)).toBe(false);
    expect(await expireLease(store, CHANNEL, NOW + 10_000)).toBe(true);
    expect((await getEntry(store, cardEntry))?.state).toBe("unknown");
    await claimEntry(store, claimOf({ mode: "look", token: "t2", now: NOW + 10_000, leaseUntil: NOW + 20_000 }));
    await settleEntry(store, { id: cardEntry, channel: CHANNEL }, "t2", NOW, {
      outcome: "sent",
      ts: "1.1",
      version: 0,
      next: 0,
    });
    expect((await claimEntry(store, claimOf({ mode: "edit", token: "t3" }))).status).toBe("ok");
    await expireLease(store, CHANNEL, NOW + 60_000);
    expect((await getEntry(store, cardEntry))?.state).toBe("pending");
  });

  it("binds candidates to a page before anything is sent, and counts them when it is", async () => {
    await begin();
    await sendCard();
    await commit(["a", "b", "c", "d", "e"]);
    const plan = planLane(await peekLane(store, CHANNEL), NOW + 5_000);
    if (plan.kind !== "page") throw new Error(`planned ${plan.kind}`);
    expect(plan.members.map((member) => member.candidateId)).toEqual(["a", "b", "c", "d", "e"]);
    const claim = claimOf({ token: "t2", entryId: plan.entryId, members: plan.members, now: NOW + 5_000 });
    expect((await claimEntry(store, claim)).status).toBe("ok");
    expect((await getEntry(store, entryOf("c")))?.page).toBe(plan.entryId);
    await settleEntry(store, { id: plan.entryId, channel: CHANNEL }, "t2", NOW, {
      outcome: "sent",
      ts: "1.2",
      version: 1,
      next: 0,
    });
    expect(await getWatch(store, watchId)).toMatchObject({ open: 0, posted: 5 });
    expect((await getEntry(store, plan.entryId))?.members).toEqual(["a", "b", "c", "d", "e"]);
  });

  it("has the card edited when an edit of a page shows a candidate more than the page did", async () => {
    await begin();
    await commit(["a", "b", "c", "d", "e"]);
    const post = async (entryId: string, members: Claim["members"], shows: number, ts: string) => {
      await claimEntry(store, claimOf({ entryId, members }));
      await settleEntry(store, { id: entryId, channel: CHANNEL }, "t1", NOW, {
        outcome: "sent",
        ts,
        version: 1,
        next: 0,
        shows,
      });
    };
    const edit = async (entryId: string, shows: number) => {
      await redis.zadd(store.keys.due, NOW, run.id);
      await beginPoll(store, run.id, "p2", NOW, 10_000);
      expect(await commitPoll(store, run.id, "p2", NOW, { dirty: [[entryId, NOW]], due: NOW + 5_000 })).toBe("written");
      expect((await claimEntry(store, claimOf({ entryId, mode: "edit", now: NOW + 60_000 }))).status).toBe("ok");
      const version = (await getEntry(store, entryId))?.wanted ?? 0;
      await settleEntry(store, { id: entryId, channel: CHANNEL }, "t1", NOW, {
        outcome: "sent",
        ts: "",
        version,
        next: 0,
        shows,
      });
    };
    await post(cardEntry, null, 0, "1.1");
    const plan = planLane(await peekLane(store, CHANNEL), NOW + 5_000);
    if (plan.kind !== "page") throw new Error(`planned ${plan.kind}`);
    await post(plan.entryId, plan.members, 4, "1.2");
    await edit(cardEntry, 0);
    expect((await getEntry(store, cardEntry))?.state).toBe("sent");
    await edit(plan.entryId, 5);
    expect((await getWatch(store, watchId))?.posted).toBe(5);
    expect((await getEntry(store, cardEntry))?.state).toBe("pending");
    await edit(cardEntry, 0);
    await edit(plan.entryId, 5);
    expect((await getEntry(store, cardEntry))?.state).toBe("sent");
  });

  it("keeps everything of a paused watch, and puts it back on resume", async () => {
    await begin();
    await sendCard();
    await commit(["a"]);
    const note = entryIdOf(watchId, "note", "paused:is_archived");
    expect(await pauseWatches(store, [{ id: watchId, note }], "is_archived", NOW + 1_000, NOW)).toEqual([watchId]);
    expect((await peekLane(store, CHANNEL)).heads.map((head) => head.kind)).toEqual(["card"]);
    expect((await peekLane(store, "U1")).heads.map((head) => head.id)).toEqual([note]);
    expect(await resumeWatch(store, watchId, NOW)).toBe(true);
    expect((await peekLane(store, CHANNEL)).heads.map((head) => head.kind)).toEqual(["candidate", "card"]);
  });

  it("shows nothing but the card's last state once a watch is stopped, and all that was missed when it is started again", async () => {
    await begin();
    await sendCard();
    await commit(["a"]);
    expect(await stopWatch(store, watchId, "ben", NOW)).toBe("stopped");
    expect((await peekLane(store, CHANNEL)).heads.map((head) => head.kind)).toEqual(["card"]);
    expect(await begin()).toBe("reopened");
    expect((await peekLane(store, CHANNEL)).heads.map((head) => head.kind).sort()).toEqual(["candidate", "card"]);
  });

  it("leaves nothing of a watch whose first card was refused", async () => {
    await begin();
    await claimEntry(store, claimOf({}));
    expect(await discardWatch(store, watchId)).toBe(true);
    expect(await getWatch(store, watchId)).toBeNull();
    expect(planLane(await peekLane(store, CHANNEL), NOW)).toEqual({ kind: "rest", until: null });
    expect(await begin()).toBe("created");
  });

  it("does not let a lane rest when something came in meanwhile", async () => {
    await begin();
    const lane = await peekLane(store, CHANNEL);
    await commit(["a"]);
    expect(await restLane(store, CHANNEL, lane.version, null)).toBe(false);
  });
});
