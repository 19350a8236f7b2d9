import { afterEach, describe, expect, it } from "vitest";
import type { FakeSlack, FakeSlackOptions } from "../../../src/sandbox/fake-slack/index.ts";
import { createRateLimits } from "../../../src/sandbox/fake-slack/rate-limits.ts";
import { CHANNELS, PEOPLE } from "../../../src/sandbox/fake-slack/world.ts";
import { withClient } from "./bench-app.ts";

const { research, deals } = CHANNELS;

describe("rate limits with a clock in hand", () => {
  let slack: FakeSlack;
  let time = 1_700_000_000_000;

  async function limited(options: FakeSlackOptions["rateLimits"] = {}) {
    const started = await withClient({ now: () => time, rateLimits: options });
    slack = started.slack;
    const outcome = (call: Promise<unknown>) =>
      call.then(
        () => "ok",
        (error: { retryAfter?: number }) => error.retryAfter,
      );
    const { client } = started;
    return {
      client,
      outcome,
      post: (channel: string = research) => outcome(client.chat.postMessage({ channel, text: "x" })),
    };
  }
  afterEach(() => slack.close());

  it("lets a burst of three through, then asks to wait a second", async () => {
    const { post } = await limited();
    expect([await post(), await post(), await post(), await post()]).toEqual(["ok", "ok", "ok", 1]);
    time += 1_000;
    expect([await post(), await post()]).toEqual(["ok", 1]);
    expect(slack.stats().rateLimited).toBe(2);
  });

  it("never limits one message a second, however long", async () => {
    const { post } = await limited({ burst: 1 });
    for (let n = 0; n < 40; n += 1) {
      expect(await post()).toBe("ok");
      time += 1_000;
    }
    expect(slack.stats().channels[research]).toMatchObject({
      posts: 40,
      minGapMs: 1000,
      postsPerSecond: 1,
      peakPerSecond: 1,
      tooFast: 0,
    });
    expect(slack.stats().tooFast).toBe(0);
  });

  it("limits each channel on its own", async () => {
    const { post } = await limited({ burst: 1 });
    expect([await post(), await post(), await post(deals), await post(PEOPLE.ana)]).toEqual(["ok", 1, "ok", "ok"]);
  });

  it("counts posts less than a second apart, and hides them from people when asked", async () => {
    const { post } = await limited({ hideTooFast: true });
    await post();
    time += 999;
    await post();
    time += 1_000;
    await post();
    const channel = slack.channel(research);
    expect(slack.stats().tooFast).toBe(1);
    expect(channel.messages().map((message) => message.tooFast)).toEqual([false, true, false]);
    expect(channel.visible()).toHaveLength(2);
  });

  it("counts a call that comes before the time it was told", async () => {
    const { post } = await limited({ burst: 1 });
    slack.faults.add({ method: "chat.postMessage", kind: "rate_limited", retryAfter: 5, times: 1 });
    expect(await post()).toBe(5);
    time += 4_999;
    await post();
    expect(slack.stats().callsDuringRetryAfter).toBe(1);
    time += 1_000;
    await post();
    expect(slack.stats().callsDuringRetryAfter).toBe(1);
  });

  it("allows 50 edits a minute over all channels of the workspace", async () => {
    const { client, outcome } = await limited();
    const one = (await client.chat.postMessage({ channel: research, text: "x" })).ts as string;
    const other = (await client.chat.postMessage({ channel: deals, text: "x" })).ts as string;
    for (let n = 0; n < 25; n += 1) {
      await client.chat.update({ channel: research, ts: one, text: `${n}` });
      await client.chat.update({ channel: deals, ts: other, text: `${n}` });
      time += 1_000;
    }
    const edit = () => outcome(client.chat.update({ channel: research, ts: one, text: "more" }));
    expect(await edit()).toBe(35);
    time += 35_000;
    expect(await edit()).toBe("ok");
  });

  it("can be switched off and scaled", async () => {
    const { post } = await limited({ enabled: false });
    for (let n = 0; n < 10; n += 1) expect(await post()).toBe("ok");
    expect(slack.stats().tooFast).toBe(9);
    const scaled = createRateLimits({ burst: 1, scale: 10 }, () => time);
    expect(scaled.check("chat.postMessage", research)).toBeNull();
    time += 100;
    expect(scaled.check("chat.postMessage", research)).toBeNull();
    expect(scaled.minGapMs).toBe(100);
  });

  it("can limit the posts of the whole workspace", async () => {
    const { post } = await limited({ postsPerMinute: 2 });
    expect([await post(research), await post(deals), await post(PEOPLE.ana)]).toEqual(["ok", "ok", 60]);
  });
});
