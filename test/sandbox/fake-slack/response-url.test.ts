import type { App } from "@slack/bolt";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FakeSlack, startFakeSlack } from "../../../src/sandbox/fake-slack/index.ts";
import { CHANNELS, PEOPLE } from "../../../src/sandbox/fake-slack/world.ts";
import { socketApp } from "./bench-app.ts";

const { research } = CHANNELS;

describe("response_url", () => {
  let slack: FakeSlack;
  let app: App;
  let time: number;
  let url: string;
  const use = async (body: object) => {
    const headers = { "content-type": "application/json" };
    const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
    const text = await response.text();
    return response.ok ? text : (JSON.parse(text) as { error: string }).error;
  };

  beforeEach(async () => {
    time = 1_700_000_000_000;
    slack = await startFakeSlack({ now: () => time });
    app = await socketApp(slack);
    app.command("/findall", async ({ ack }) => ack("first"));
    app.action("go", async ({ ack }) => ack());
    const result = await slack.command({ user: PEOPLE.ana, channel: CHANNELS.random, text: "" });
    url = result.responseUrl;
  });
  afterEach(async () => {
    await app.stop();
    await slack.close();
  });

  it("answers the person alone, also where the bot is not a member", async () => {
    expect(await use({ text: "second" })).toBe("ok");
    expect(slack.ephemeral(PEOPLE.ana).map((each) => each.text)).toEqual(["first", "second"]);
  });

  it("replaces or deletes the first answer", async () => {
    await use({ text: "better", replace_original: true });
    expect(slack.ephemeral(PEOPLE.ana).map((each) => each.text)).toEqual(["better"]);
    await use({ delete_original: true });
    expect(slack.ephemeral(PEOPLE.ana)).toEqual([]);
  });

  it("speaks in the channel when asked, also in a thread", async () => {
    const root = slack.say({ user: PEOPLE.ben, channel: CHANNELS.random, text: "root" });
    await use({ text: "for all", response_type: "in_channel", thread_ts: root.ts });
    expect(slack.channel(CHANNELS.random).thread(root.ts)).toMatchObject([{ text: "for all", origin: "response_url" }]);
  });

  it("works five times", async () => {
    for (let n = 0; n < 5; n += 1) expect(await use({ text: `${n}` })).toBe("ok");
    expect(await use({ text: "6" })).toBe("used_url");
  });

  it("works for thirty minutes", async () => {
    time += 30 * 60_000;
    expect(await use({ text: "just in time" })).toBe("ok");
    time += 1;
    expect(await use({ text: "late" })).toBe("expired_url");
  });

  it("checks blocks, but has no total budget for them", async () => {
    const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } });
    expect(await use({ text: "x", blocks: [section("")] })).toBe("invalid_blocks");
    expect(await use({ text: "x", blocks: Array.from({ length: 5 }, () => section("y".repeat(3000))) })).toBe("ok");
    expect(await use({})).toBe("no_text");
  });

  it("can be struck by a fault", async () => {
    slack.faults.add({ method: "response_url", kind: "lost", times: 1 });
    await expect(use({ text: "stored all the same" })).rejects.toThrow();
    expect(slack.ephemeral(PEOPLE.ana)).toHaveLength(2);
  });

  it("edits the clicked message, and says so in the result of the click", async () => {
    const button = { type: "button" as const, action_id: "go", text: { type: "plain_text" as const, text: "Go" } };
    const { ts } = await app.client.chat.postMessage({
      token: slack.botToken,
      channel: research,
      text: "card",
      blocks: [{ type: "actions", elements: [button] }],
      metadata: { event_type: "findall_card", event_payload: { id: "d-1" } },
    });
    const clicked = await slack.click({ user: PEOPLE.ben, channel: research, ts: ts as string, actionId: "go" });
    url = clicked.responseUrl as string;
    expect(await use({ text: "done", replace_original: true })).toBe("ok");
    expect(slack.channel(research).find(ts as string)).toMatchObject({
      text: "done",
      blocks: [],
      metadata: { event_type: "findall_card" },
    });
    expect(clicked.responses()).toMatchObject([{ status: 200, body: { text: "done" } }]);
    slack.deleteMessage(research, ts as string);
    expect(await use({ text: "too late", replace_original: true })).toBe("message_not_found");
  });

  it("keeps a reply that all see in its thread, with its metadata, when it edits it", async () => {
    const button = { type: "button" as const, action_id: "go", text: { type: "plain_text" as const, text: "Go" } };
    const post = { token: slack.botToken, channel: research };
    const root = await app.client.chat.postMessage({ ...post, text: "root" });
    const reply = await app.client.chat.postMessage({
      ...post,
      text: "reply",
      thread_ts: root.ts as string,
      blocks: [{ type: "actions", elements: [button] }],
      metadata: { event_type: "findall_candidates", event_payload: { id: "d-2" } },
    });
    const where = { channel: research, ts: reply.ts as string, actionId: "go" };
    const clicked = await slack.click({ user: PEOPLE.ben, ...where });
    url = clicked.responseUrl as string;
    const text = "decided <@U0ANA> https://x.example @here";
    await use({ text, blocks: [], replace_original: true, parse: "none", link_names: false });
    expect(slack.channel(research).thread(root.ts as string)).toMatchObject([
      {
        ts: reply.ts,
        text,
        blocks: [],
        threadTs: root.ts,
        metadata: { event_payload: { id: "d-2" } },
        flags: { parse: "none", linkNames: false },
      },
    ]);
    expect(slack.ephemeral(PEOPLE.ben)).toEqual([]);
    await use({ text: "for you", thread_ts: root.ts });
    expect(slack.ephemeral(PEOPLE.ben)).toMatchObject([{ text: "for you", threadTs: root.ts, channel: research }]);
    expect(slack.channel(research).thread(root.ts as string)).toHaveLength(1);
  });
});
