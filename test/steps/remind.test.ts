import pino from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS, type Settings } from "../../src/domain/settings.ts";
import { saveSettings } from "../../src/steps/channel-settings.ts";
import type { Context } from "../../src/steps/context.ts";
import { remindChannels } from "../../src/steps/remind.ts";
import { peekLane } from "../../src/store/outbox.ts";
import type { Store } from "../../src/store/store.ts";
import { stopWatch } from "../../src/store/watches.ts";
import { CHANNEL, openTestStore, watchIn } from "../support/store.ts";

const REMIND: Settings = { ...DEFAULT_SETTINGS, reminder: true };
const at = (iso: string) => Date.parse(iso);

describe("reminders", () => {
  let test: Awaited<ReturnType<typeof openTestStore>>;
  let store: Store;
  let watch: ReturnType<typeof watchIn>;
  let ctx: Context;
  let now: number;
  beforeAll(async () => {
    test = await openTestStore();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    store = test.next();
    now = at("2026-11-24T08:00:00Z");
    ctx = {
      store,
      now: () => now,
      log: pino({ level: "silent" }),
      workspace: { teamUrl: "https://acme.slack.com/" },
      slack: { isMember: async () => ({ kind: "member" }) },
      wakeups: { lane: async () => {}, poll: async () => {} },
    } as unknown as Context;
    watch = watchIn(store);
    await watch.start();
    await watch.post(watch.card, "1.1");
    await watch.match(["a"]);
    await watch.poll({ watches: [[watch.id, { primed: 1 }, []]] });
    await store.redis.del(`${store.keys.prefix}pace:${CHANNEL}`);
    await watch.post(watch.entryOf("a"), "1.2");
    await saveSettings(ctx, CHANNEL, REMIND, { id: "U1", name: "ana" });
  });

  /** Dates of the reminders that there are after the clock was put forward. */
  const remindersAt = async (iso: string) => {
    now = at(iso);
    await remindChannels(ctx);
    const { heads } = await peekLane(store, CHANNEL);
    return heads.filter(({ kind }) => kind === "note").map(({ subject }) => subject);
  };

  it("come once a working day, however often they are looked for", async () => {
    expect(await remindersAt("2026-11-24T08:59:00Z")).toEqual([]);
    expect(await remindersAt("2026-11-24T09:00:00Z")).toEqual(["reminder:2026-11-24"]);
    expect(await remindersAt("2026-11-24T09:00:05Z")).toHaveLength(1);
    // As if the process had died before it set the next time.
    await store.redis.zadd(store.keys.reminders, now, CHANNEL);
    expect(await remindersAt("2026-11-24T09:00:10Z")).toHaveLength(1);
    expect(await remindersAt("2026-11-25T09:00:00Z")).toEqual(["reminder:2026-11-24", "reminder:2026-11-25"]);
  });

  it("are left out when the service comes back at the weekend or at night, and come the next working day", async () => {
    expect(await remindersAt("2026-11-28T12:00:00Z")).toEqual([]);
    expect(await remindersAt("2026-11-30T09:00:00Z")).toEqual(["reminder:2026-11-30"]);
  });

  it("do not come when nothing waits, or of a watch that somebody stopped or muted", async () => {
    await store.redis.hset(store.keys.watch(watch.id), "mutedUntil", at("2026-11-24T12:00:00Z"));
    expect(await remindersAt("2026-11-24T09:00:00Z")).toEqual([]);
    await stopWatch(store, watch.id, "ana", now);
    expect(await remindersAt("2026-11-25T09:00:00Z")).toEqual([]);
    expect(await store.redis.zscore(store.keys.reminders, CHANNEL)).toBe(String(at("2026-11-26T09:00:00Z")));
  });

  it("end with the setting", async () => {
    await saveSettings(ctx, CHANNEL, DEFAULT_SETTINGS, { id: "U1", name: "ana" });
    expect(await remindersAt("2026-11-24T09:00:00Z")).toEqual([]);
    expect(await store.redis.zscore(store.keys.reminders, CHANNEL)).toBeNull();
  });
});
