import { Redis } from "ioredis";
import type { Candidate } from "../../src/domain/candidate.ts";
import { EDIT_BURST_MS, MS_PER_EDIT, planLane } from "../../src/domain/delivery.ts";
import { entryIdOf, watchIdOf } from "../../src/domain/ids.ts";
import type { Run } from "../../src/domain/run.ts";
import { type Claim, claimEntry, peekLane, type Settlement, settleEntry } from "../../src/store/outbox.ts";
import { beginPoll, commitPoll, type PollCommit } from "../../src/store/runs.ts";
import { createStore, type Store } from "../../src/store/store.ts";
import { startWatch } from "../../src/store/watches.ts";
import { openTestRedis } from "./redis.ts";

/** Tests of the store have a clock that stands still. */
export const NOW = 1_764_000_000_000;
export const CHANNEL = "C1";

/** One workspace in a Redis of its own; `next` goes on with an empty workspace. */
export async function openTestStore() {
  const server = await openTestRedis();
  const redis = new Redis(server.url);
  let count = 0;
  return {
    redis,
    next: () => {
      count += 1;
      return createStore(redis, `T${count}`);
    },
    close: async () => {
      redis.disconnect();
      await server.close();
    },
  };
}

export const testRun = (fields: Partial<Run> = {}): Run => ({
  id: "run_1",
  status: "running",
  isActive: true,
  terminationReason: null,
  generated: 0,
  matched: 0,
  generator: "core",
  createdAt: null,
  modifiedAt: null,
  ...fields,
});

export const testCandidate = (id: string, fields: Partial<Candidate> = {}): Candidate => ({
  id,
  name: id,
  url: "",
  description: "",
  matchStatus: "matched",
  conditions: [],
  enrichments: [],
  ...fields,
});

/** What happens to one watch in a store: the steps that tests are written in. */
export function watchIn(store: Store, runId = "run_1", channel = CHANNEL) {
  const id = watchIdOf("T", channel, runId);
  const card = entryIdOf(id, "card", "");
  const run = testRun({ id: runId });
  let tokens = 0;
  const nextToken = () => {
    tokens += 1;
    return `${id}-${tokens}`;
  };
  const entryOf = (candidateId: string) => entryIdOf(id, "candidate", candidateId);
  const claim = (fields: Partial<Claim> = {}) =>
    claimEntry(store, {
      channel,
      token: "t",
      now: NOW,
      leaseUntil: NOW + 10_000,
      mode: "post",
      entryId: card,
      watchId: id,
      members: null,
      msPerEdit: MS_PER_EDIT,
      editBurstMs: EDIT_BURST_MS,
      ...fields,
    });
  const settle = (entryId: string, token: string, settlement: Settlement) =>
    settleEntry(store, { id: entryId, channel }, token, NOW, settlement);
  const poll = async (commit: Omit<PollCommit, "due"> & { due?: number }) => {
    const token = nextToken();
    await store.redis.zadd(store.keys.due, NOW, runId);
    await beginPoll(store, runId, token, NOW, 10_000);
    return commitPoll(store, runId, token, NOW, { run: { run, seenAt: NOW }, due: NOW + 5_000, ...commit });
  };
  return {
    id,
    card,
    run,
    entryOf,
    claim,
    settle,
    poll,
    start: (given: Run = run) =>
      startWatch(
        store,
        {
          id,
          runId,
          channel,
          requester: "U1",
          requesterName: "ana",
          responseUrl: null,
          overrides: {},
          cardEntry: card,
        },
        given,
        null,
        NOW,
      ),
    /** A poll that saw these candidates for the first time. */
    match: (ids: readonly string[]) =>
      poll({
        candidates: ids.map((each) => testCandidate(each)),
        known: ids.map((each) => [each, `matched|${each}`] as const),
        order: ids,
        add: ids.map((each) => [entryOf(each), id, channel, "candidate", each, NOW] as const),
      }),
    /** What the poll writes for candidates that were withdrawn before and match again. */
    rematch: (ids: readonly string[]) =>
      poll({
        add: ids.map((each) => [entryOf(each), id, channel, "candidate", each, NOW] as const),
        dirty: ids.map((each) => [entryOf(each), NOW] as const),
      }),
    /** Claims and settles a new message. */
    post: async (entryId: string, ts: string) => {
      const token = nextToken();
      const claimed = await claim({ entryId, token });
      if (claimed.status !== "ok") throw new Error(`claim: ${claimed.status}`);
      await settle(entryId, token, { outcome: "sent", ts, version: claimed.value, next: NOW });
    },
    /** What the planner wants to do next. */
    plan: async (now = NOW) => planLane(await peekLane(store, channel, now), now),
  };
}
