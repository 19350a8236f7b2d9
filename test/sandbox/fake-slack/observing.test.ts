import type { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FakeSlack } from "../../../src/sandbox/fake-slack/index.ts";
import { CHANNELS, PEOPLE } from "../../../src/sandbox/fake-slack/world.ts";
import { withClient } from "./bench-app.ts";

const { research } = CHANNELS;

describe("watching the workspace", () => {
  let slack: FakeSlack;
  let client: WebClient;

  beforeEach(async () => {
    ({ slack, client } = await withClient({ rateLimits: { enabled: false } }));
  });
  afterEach(() => slack.close());

  it("waits for a condition on what is there, without polling", async () => {
    let looks = 0;
    const waiting = slack.waitFor(() => {
      looks += 1;
      return slack
        .channel(research)
        .messages()
        .find((message) => message.text === "now");
    });
    await client.chat.postMessage({ channel: research, text: "not yet" });
    await client.chat.postMessage({ channel: research, text: "now" });
    expect((await waiting).text).toBe("now");
    expect(looks).toBeLessThan(10);
  });

  it("says what it waited for, and how the workspace looks, when it does not come", async () => {
    await client.chat.postMessage({ channel: research, text: "something else" });
    const waiting = slack.waitFor(
      () => {
        throw new Error("no card yet");
      },
      { timeoutMs: 30, describe: "the card" },
    );
    await expect(waiting).rejects.toThrow(
      /30 ms in vain for: the card[\s\S]*no card yet[\s\S]*#research[\s\S]*something else/,
    );
  });

  it("tells listeners of posts, edits, deletions and ephemeral messages", async () => {
    const heard: string[] = [];
    slack.on("message", (message) => heard.push(`message ${message.text}`));
    slack.on("edit", (message) => heard.push(`edit ${message.text}`));
    slack.on("delete", (message) => heard.push(`delete ${message.text}`));
    const stop = slack.on("ephemeral", (message) => heard.push(`ephemeral ${message.text}`));
    const { ts } = await client.chat.postMessage({ channel: research, text: "a" });
    await client.chat.update({ channel: research, ts: ts as string, text: "b" });
    await client.chat.delete({ channel: research, ts: ts as string });
    await client.chat.postEphemeral({ channel: research, user: PEOPLE.ana, text: "c" });
    stop();
    await client.chat.postEphemeral({ channel: research, user: PEOPLE.ana, text: "d" });
    expect(heard).toEqual(["message a", "edit b", "delete b", "ephemeral c"]);
  });

  it("keeps deleted messages apart", async () => {
    const { ts } = await client.chat.postMessage({ channel: research, text: "a" });
    slack.deleteMessage(research, ts as string);
    const channel = slack.channel(research);
    expect([channel.messages().length, channel.visible().length, channel.all().length]).toEqual([0, 0, 1]);
    expect(channel.find(ts as string)?.deleted).toBe(true);
  });

  it("reads messages with names and gives their addresses", async () => {
    const { ts } = await client.chat.postMessage({ channel: research, text: `<@${PEOPLE.ana}> in <#${research}>` });
    const message = slack.channel(research).find(ts as string);
    expect(message && slack.textOf(message)).toBe("@Ana in #research");
    expect(message && slack.permalink(message)).toContain(research);
  });

  it("takes further methods as its own", async () => {
    const extended = await withClient({
      methods: { "files.info": { scope: "files:read", handle: () => ({ file: { id: "F1" } }) } },
    });
    await expect(extended.client.files.info({ file: "F1" })).rejects.toThrow(/missing_scope/);
    extended.slack.setScopes(["files:read"]);
    expect((await extended.client.files.info({ file: "F1" })).file?.id).toBe("F1");
    await extended.slack.close();
  });

  it("leaves nothing open once closed", async () => {
    const other = await withClient();
    other.slack.faults.add({ method: "*", kind: "hang" });
    const hanging = other.client.auth.test().catch((error: Error) => error.name);
    await other.slack.waitFor(() => other.slack.connections() === 0);
    await other.slack.close();
    expect(await hanging).toBe("WebAPIRequestError");
    await expect(fetch(other.slack.url)).rejects.toThrow();
  });
});
