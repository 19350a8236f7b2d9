import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHANNELS, PEOPLE } from "../../../src/sandbox/fake-slack/world.ts";
import { act, callSlack, lookAt, startQuietPage } from "./browser.ts";

type World = Awaited<ReturnType<typeof startQuietPage>>;

let world: World;
beforeAll(async () => {
  world = await startQuietPage();
});
afterAll(() => world.close());

const post = (channel: string, text: string, more: object = {}) =>
  callSlack(world.slack, "chat.postMessage", { channel, text, ...more });

/** A request with headers of one's own choice, which `fetch` would not send. */
function statusOf(path: string, headers: Record<string, string>, method = "GET"): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, world.page.url), { method, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sent.once("error", reject);
    sent.end(method === "POST" ? "{}" : undefined);
  });
}

describe("the sandbox's page", () => {
  it("shows the workspace before any script runs, and takes nothing from elsewhere", async () => {
    const answer = await fetch(world.page.url);
    const html = await answer.text();
    expect(html).toContain("Watch a FindAll run arrive");
    expect(html).toMatch(/<main[^>]*aria-label="Conversation"/);
    expect(html).not.toMatch(/(src|href)="https?:/);
    expect(html).not.toMatch(/<script(?![^>]*src=)|<style|\sstyle=|\son\w+=/);
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    const css = await (await fetch(`${world.page.url}page.css`)).text();
    expect(css).not.toMatch(/url\(|@import|@font-face/);
  });

  it("answers this machine's browser alone", async () => {
    const { host, origin } = new URL(world.page.url);
    const type = { "content-type": "application/json" };
    expect(await statusOf("/", { host: "evil.example" })).toBe(403);
    expect(await statusOf("/events", { host: `evil.example:${new URL(world.page.url).port}` })).toBe(403);
    expect(await statusOf("/api/speed", { ...type, host, origin: "http://evil.example" }, "POST")).toBe(403);
    expect(await statusOf("/api/speed", { ...type, host }, "POST")).toBe(403);
    expect(await statusOf("/api/speed", { host, origin, "content-type": "text/plain" }, "POST")).toBe(403);
    expect(await statusOf("/api/speed", { ...type, host, origin }, "POST")).toBe(400);
    expect(await statusOf("/client/..%2fserver.js", { host })).toBe(404);
  });

  it("shows each person the channels they can see", async () => {
    await using ana = await lookAt(world.page.url, { user: PEOPLE.ana });
    await using cai = await lookAt(world.page.url, { user: PEOPLE.cai, channel: CHANNELS.board });
    await cai.seen("channels", "old-project");
    expect(ana.see("channels")).toMatch(/deals[\s\S]*board[\s\S]*no bot[\s\S]*old-project[\s\S]*archived/);
    expect(cai.see("channels")).not.toMatch(/deals|board/);
    expect(cai.see("heading")).toContain("research");
  });

  it("shows new, edited and deleted messages by itself, and sends only what changed", async () => {
    await using ana = await lookAt(world.page.url, { user: PEOPLE.ana, channel: CHANNELS.deals });
    const first = await post(CHANNELS.deals, "first *word*");
    await ana.seen("messages", "first <strong>word</strong>");
    const second = await post(CHANNELS.deals, "second word");
    await ana.seen("messages", "second word");
    expect(Object.keys(ana.patches.at(-1)?.messages?.pieces ?? {})).toEqual([`m-${second.ts}`]);
    await callSlack(world.slack, "chat.update", { channel: CHANNELS.deals, ts: first.ts, text: "other word" });
    await ana.seen("messages", /other word[\s\S]*\(edited\)/);
    world.slack.deleteMessage(CHANNELS.deals, second.ts ?? "");
    await expect.poll(() => ana.see("messages")).not.toContain("second word");
  });

  it("shows a thread with its replies, how many there are, and what was sent to the channel as well", async () => {
    const card = await post(CHANNELS.research, "the card");
    await using ana = await lookAt(world.page.url, {
      user: PEOPLE.ana,
      channel: CHANNELS.research,
      thread: card.ts ?? "",
    });
    await post(CHANNELS.research, "a reply", { thread_ts: card.ts });
    await post(CHANNELS.research, "the end", { thread_ts: card.ts, reply_broadcast: true });
    await ana.seen("thread", "the end");
    expect(ana.see("thread")).toMatch(/the card[\s\S]*2 replies[\s\S]*a reply/);
    expect(ana.see("messages")).not.toContain("a reply");
    expect(ana.see("messages")).toMatch(/2 replies[\s\S]*replied to a thread[\s\S]*the end/);
    world.slack.deleteMessage(CHANNELS.research, card.ts ?? "");
    await ana.seen("messages", "This message was deleted.");
  });

  it("shows what is only visible to one person to that person, marked as such", async () => {
    await using ana = await lookAt(world.page.url, { user: PEOPLE.ana, channel: CHANNELS.research });
    await using ben = await lookAt(world.page.url, { user: PEOPLE.ben, channel: CHANNELS.research });
    const quiet = { channel: CHANNELS.research, user: PEOPLE.ana, text: "between us" };
    await callSlack(world.slack, "chat.postEphemeral", quiet);
    await post(CHANNELS.research, "for everybody");
    await ben.seen("messages", "for everybody");
    await ana.seen("messages", /Only visible to you[\s\S]*between us/);
    expect(ben.see("messages")).not.toContain("between us");
  });

  it("lets a person write, and says why when they cannot", async () => {
    const here = { user: PEOPLE.ben, channel: CHANNELS.research };
    await using ana = await lookAt(world.page.url, { user: PEOPLE.ana, channel: CHANNELS.research });
    expect((await act(world.page.url, "send", { ...here, text: "hello <!channel> & co" })).status).toBe(200);
    await ana.seen("messages", /Ben[\s\S]*hello/);
    const unknown = await act(world.page.url, "send", { ...here, text: "/nothing here" });
    expect(unknown).toMatchObject({ status: 400, body: { error: expect.stringContaining("/nothing is not a valid") } });
    const inThread = await act(world.page.url, "send", { ...here, thread: "1.1", text: "/findall help" });
    expect(inThread.body.error).toMatch(/not supported in threads/);
    const elsewhere = await act(world.page.url, "send", { user: PEOPLE.cai, channel: CHANNELS.board, text: "hi" });
    expect(elsewhere).toMatchObject({ status: 400, body: { error: "you are not in that channel" } });
    await using old = await lookAt(world.page.url, { user: PEOPLE.ana, channel: CHANNELS.archived });
    await old.seen("composer", "This channel is archived.");
  });

  it("tells of the command what the manifest tells Slack", async () => {
    await using ana = await lookAt(world.page.url, { user: PEOPLE.ana });
    await ana.seen("composer", /\/findall<\/b>[\s\S]*&lt;run id&gt;[\s\S]*Follow a FindAll run in this channel/);
  });

  it("keeps reactions under the message", async () => {
    const { ts } = await post(CHANNELS.research, "look at this");
    await using ana = await lookAt(world.page.url, { user: PEOPLE.ana, channel: CHANNELS.research });
    const reaction = { channel: CHANNELS.research, ts, emoji: "eyes" };
    await act(world.page.url, "react", { ...reaction, user: PEOPLE.ana });
    await act(world.page.url, "react", { ...reaction, user: PEOPLE.ben });
    await ana.seen("messages", /aria-pressed="true" title="Ana, Ben"/);
    await act(world.page.url, "react", { ...reaction, user: PEOPLE.ana });
    await ana.seen("messages", /aria-pressed="false" title="Ben"/);
  });

  it("says which channels have something new", async () => {
    await using cai = await lookAt(world.page.url, { user: PEOPLE.cai, channel: CHANNELS.research });
    world.slack.say({ user: PEOPLE.ana, channel: CHANNELS.random, text: "news" });
    await cai.seen("channels", /random[\s\S]*data-unread|data-unread[\s\S]*random/);
    await using there = await lookAt(world.page.url, { user: PEOPLE.cai, channel: CHANNELS.random });
    await there.seen("messages", "news");
    world.slack.say({ user: PEOPLE.cai, channel: CHANNELS.research, text: "own words" });
    await expect.poll(() => cai.see("channels")).not.toContain("data-unread");
  });

  it("reads the text of a message as its flags say", async () => {
    await using ana = await lookAt(world.page.url, { user: PEOPLE.ana, channel: CHANNELS.deals });
    await post(CHANNELS.deals, "plain *stars* https://a.example", { mrkdwn: false, parse: "none" });
    await ana.seen("messages", "plain *stars* https://a.example");
    await post(CHANNELS.deals, "bold *stars* https://b.example");
    await ana.seen("messages", /bold <strong>stars<\/strong> <a[^>]*href="https:\/\/b\.example/);
  });

  it("shows foreign text as text, whoever wrote it", async () => {
    const evil = '<img src=x onerror="alert(1)"> </article><script>alert(2)</script>';
    await using ana = await lookAt(world.page.url, { user: PEOPLE.ana, channel: CHANNELS.research });
    world.slack.say({ user: PEOPLE.ben, channel: CHANNELS.research, text: `${evil} end of it` });
    await ana.seen("messages", "end of it");
    expect(ana.see("messages")).not.toMatch(/<img|<script|<\/article><script/);
  });
});
