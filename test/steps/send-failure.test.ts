import pino from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createMetrics } from "../../src/metrics.ts";
import { failureOf } from "../../src/slack/errors.ts";
import type { Context } from "../../src/steps/context.ts";
import { createHealth } from "../../src/steps/health.ts";
import { resumeChannel } from "../../src/steps/resume-watches.ts";
import { settleFailure } from "../../src/steps/send-failure.ts";
import { getEntry } from "../../src/store/outbox.ts";
import { getWatch } from "../../src/store/watches.ts";
import { CHANNEL, NOW, openTestStore, watchIn } from "../support/store.ts";

let test: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  test = await openTestStore();
});
afterAll(() => test.close());

it("a refusal that was on its way when the channel let the app in again pauses nothing, and a later one does", async () => {
  const store = test.next();
  let now = NOW;
  const ctx = {
    store,
    now: () => now,
    random: () => 0.5,
    log: pino({ level: "silent" }),
    metrics: createMetrics(),
    health: createHealth(),
    wakeups: { lane: async () => {}, poll: async () => {} },
  } as unknown as Context;
  const watch = watchIn(store);
  await watch.start();
  await watch.post(watch.card, "1.1");
  await watch.match(["a"]);
  await store.redis.del(`${store.keys.prefix}pace:${CHANNEL}`);
  const refuse = async (token: string, after: () => Promise<void>) => {
    const claimedAt = now;
    await watch.claim({ entryId: watch.entryOf("a"), token, now });
    now += 100;
    await after();
    now += 100;
    const [entry, stored] = [await getEntry(store, watch.entryOf("a")), await getWatch(store, watch.id)];
    if (!entry || !stored) throw new Error("the watch is gone");
    const claimed = { entryId: entry.id, token, version: 1, claimedAt };
    await settleFailure(ctx, { entry, watch: stored, claimed }, failureOf("not_in_channel", "pause_channel"));
    return (await getWatch(store, watch.id))?.state;
  };
  expect(await refuse("first", () => resumeChannel(ctx, CHANNEL))).toBe("active");
  expect(await getEntry(store, watch.entryOf("a"))).toMatchObject({ state: "pending", ts: null });
  now += 2_000;
  expect(await refuse("second", async () => {})).toBe("paused");
});
