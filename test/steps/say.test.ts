import { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CHANNELS } from "../../src/sandbox/fake-slack/world.ts";
import type { Context } from "../../src/steps/context.ts";
import { say } from "../../src/steps/say.ts";
import { createStore, type Store } from "../../src/store/store.ts";
import { endTurn } from "../../src/store/turns.ts";
import { message, useSlack } from "../slack/support/use-slack.ts";
import { openTestRedis, type TestRedis } from "../support/redis.ts";

const place = { channelId: CHANNELS.research, threadTs: null };

describe("an answer in a conversation", () => {
  const { workspace, client } = useSlack();
  let server: TestRedis;
  let redis: Redis;
  let store: Store;
  let ctx: Context;
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
    ctx = {
      store,
      now: Date.now,
      slack: client(),
      signal: new AbortController().signal,
      settings: { slackTimeoutMs: 2_000 },
    } as unknown as Context;
  });
  const shown = () =>
    workspace()
      .channel(CHANNELS.research)
      .messages()
      .map((each) => each.text);
  const limit = (retryAfter: number) =>
    workspace().faults.add({ method: "chat.postMessage", times: 1, kind: "rate_limited", retryAfter });

  it("is said once, a second apart from the next", async () => {
    const all = await Promise.all(["a", "b"].map((id) => say(ctx, place, message(id))));
    expect(all.map((result) => result.ok)).toEqual([true, true]);
    expect(shown()).toEqual(["message a", "message b"]);
    expect(workspace().stats().tooFast).toBe(0);
  });

  it("is said again when Slack was not ready for it", async () => {
    limit(1);
    expect(await say(ctx, place, message("a"))).toMatchObject({ ok: true });
    expect(shown()).toEqual(["message a"]);
    expect(workspace().stats().callsDuringRetryAfter).toBe(0);
  });

  it("is given up where Slack wants more than a minute, since nobody waits that long", async () => {
    limit(61);
    expect(await say(ctx, place, message("a"))).toMatchObject({ ok: false, failure: { action: "retry_after" } });
    expect(await say(ctx, place, message("b"))).toMatchObject({ ok: false, failure: { code: "held_back" } });
    expect([shown(), workspace().calls("chat.postMessage").length]).toEqual([[], 1]);
  });

  it("is not even begun while the channel is held back for longer", async () => {
    await endTurn(store, CHANNELS.research, Date.now(), Date.now() + 90_000);
    expect(await say(ctx, place, message("a"))).toMatchObject({ ok: false, failure: { code: "held_back" } });
    expect(workspace().calls("chat.postMessage")).toEqual([]);
  });

  it("whose own fate is unknown is not said twice", async () => {
    workspace().faults.add({ method: "chat.postMessage", times: 1, kind: "lost" });
    expect(await say(ctx, place, message("a"))).toMatchObject({ ok: false, failure: { action: "ambiguous" } });
    expect(shown()).toEqual(["message a"]);
  });
});
