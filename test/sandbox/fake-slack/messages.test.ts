import type { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FakeSlack } from "../../../src/sandbox/fake-slack/index.ts";
import { CHANNELS, PEOPLE } from "../../../src/sandbox/fake-slack/world.ts";
import { refusal, withClient } from "./bench-app.ts";

const { research } = CHANNELS;
const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } });
const metadata = { event_type: "findall_card", event_payload: { id: "d-1" } };

describe("messages through the real WebClient", () => {
  let slack: FakeSlack;
  let client: WebClient;

  beforeEach(async () => {
    ({ slack, client } = await withClient({ rateLimits: { enabled: false } }));
  });
  afterEach(() => slack.close());

  it("keeps text, blocks, thread, metadata and flags of a post, and gives every block an id", async () => {
    const answer = await client.chat.postMessage({
      channel: research,
      text: "hello",
      blocks: [section("*hi*")],
      metadata,
      unfurl_links: false,
    });
    const message = slack.channel(research).find(answer.ts as string);
    expect(message).toMatchObject({ text: "hello", metadata, threadTs: null, origin: "api", deleted: false });
    expect(message?.blocks[0]?.block_id).toBeTypeOf("string");
    expect(message?.flags.unfurlLinks).toBe(false);
    expect(answer.message).toMatchObject({ bot_id: slack.app.botId, metadata });
  });

  it("gives strictly rising ts, also while the clock stands still", async () => {
    const still = await withClient({ now: () => 1_700_000_000_000, rateLimits: { enabled: false } });
    const posts = await Promise.all(
      [1, 2, 3].map((n) => still.client.chat.postMessage({ channel: research, text: `${n}` })),
    );
    const all = still.slack.channel(research).messages();
    expect(new Set(posts.map((post) => post.ts)).size).toBe(3);
    expect(all.map((message) => message.ts)).toEqual(all.map((message) => message.ts).sort());
    await still.slack.close();
  });

  it("takes arguments as JSON too", async () => {
    const response = await fetch(`${slack.apiUrl}chat.postMessage`, {
      method: "POST",
      headers: { authorization: `Bearer ${slack.botToken}`, "content-type": "application/json; charset=utf-8" },
      body: JSON.stringify({ channel: research, text: "json", blocks: [section("x")] }),
    });
    expect(await response.json()).toMatchObject({ ok: true });
    expect(slack.channel(research).messages()[0]?.blocks).toHaveLength(1);
  });

  it("posts to a person's id into the app's direct message with them", async () => {
    const answer = await client.chat.postMessage({ channel: PEOPLE.ana, text: "psst" });
    expect(answer.channel).toBe(slack.appDm(PEOPLE.ana));
    expect(slack.channel(slack.appDm(PEOPLE.ana)).messages()).toHaveLength(1);
  });

  it("cuts a text above 40,000 characters and says so", async () => {
    const answer = await client.chat.postMessage({ channel: research, text: "x".repeat(40_001) });
    expect(answer.response_metadata?.warnings).toEqual(["message_truncated"]);
    expect(slack.channel(research).messages()[0]?.text).toHaveLength(40_000);
  });

  it("removes the blocks when an edit brings text alone, and then says (edited)", async () => {
    const { ts } = await client.chat.postMessage({ channel: research, text: "a", blocks: [section("a")], metadata });
    await client.chat.update({ channel: research, ts: ts as string, text: "b", blocks: [section("b")] });
    expect(slack.channel(research).find(ts as string)).toMatchObject({ text: "b", edited: null, metadata });
    await client.chat.update({ channel: research, ts: ts as string, text: "c" });
    const message = slack.channel(research).find(ts as string);
    expect(message).toMatchObject({ text: "c", blocks: [], edited: { user: slack.app.botUserId } });
    expect(message?.edits.map((edit) => edit.text)).toEqual(["a", "b"]);
  });

  it("keeps text and blocks when an edit brings only metadata, and drops metadata that is empty", async () => {
    const { ts } = await client.chat.postMessage({ channel: research, text: "a", blocks: [section("a")], metadata });
    const call = (more: object) => client.apiCall("chat.update", { channel: research, ts, ...more });
    await call({ metadata: { event_type: "other", event_payload: {} } });
    expect(slack.channel(research).find(ts as string)).toMatchObject({ text: "a", metadata: { event_type: "other" } });
    await call({ metadata: {} });
    expect(slack.channel(research).find(ts as string)?.metadata).toBeUndefined();
    expect(slack.channel(research).find(ts as string)?.blocks).toHaveLength(1);
    expect((await refusal(call({}))).error).toBe("no_text");
  });

  it("refuses to edit or delete what is gone or belongs to somebody else", async () => {
    const { ts } = await client.chat.postMessage({ channel: research, text: "a" });
    const foreign = slack.say({ user: PEOPLE.ana, channel: research, text: "mine" });
    await client.chat.delete({ channel: research, ts: ts as string });
    const update = (target: string) => refusal(client.chat.update({ channel: research, ts: target, text: "b" }));
    expect((await update(ts as string)).error).toBe("message_not_found");
    expect((await update("1.000000")).error).toBe("message_not_found");
    expect((await update(foreign.ts)).error).toBe("cant_update_message");
    expect((await refusal(client.chat.delete({ channel: research, ts: foreign.ts }))).error).toBe(
      "cant_delete_message",
    );
  });

  it("refuses an edit that turns rich text into other blocks", async () => {
    const rich = {
      type: "rich_text" as const,
      elements: [{ type: "rich_text_section" as const, elements: [{ type: "text" as const, text: "x" }] }],
    };
    const { ts } = await client.chat.postMessage({ channel: research, text: "a", blocks: [rich] });
    const edit = client.chat.update({ channel: research, ts: ts as string, text: "b", blocks: [section("b")] });
    expect((await refusal(edit)).error).toBe("block_mismatch");
  });

  it("threads replies, shows broadcasts in the channel, and refuses threads that do not exist", async () => {
    const { ts } = await client.chat.postMessage({ channel: research, text: "card" });
    const reply = await client.chat.postMessage({ channel: research, text: "reply", thread_ts: ts });
    await client.chat.postMessage({ channel: research, text: "loud", thread_ts: ts as string, reply_broadcast: true });
    const channel = slack.channel(research);
    expect(channel.thread(ts as string).map((message) => message.text)).toEqual(["reply", "loud"]);
    expect(channel.roots().map((message) => message.text)).toEqual(["card", "loud"]);
    const post = (threadTs: string) =>
      refusal(client.chat.postMessage({ channel: research, text: "x", thread_ts: threadTs }));
    expect((await post("1700000000.000001")).error).toBe("thread_not_found");
    expect((await post(reply.ts as string)).error).toBe("cannot_reply_to_message");
  });

  it("lets a thread outlive its deleted parent while replies are left", async () => {
    const { ts } = await client.chat.postMessage({ channel: research, text: "card" });
    const lonely = await client.chat.postMessage({ channel: research, text: "no replies" });
    await client.chat.postMessage({ channel: research, text: "reply", thread_ts: ts });
    slack.deleteMessage(research, ts as string);
    slack.deleteMessage(research, lonely.ts as string);
    await client.chat.postMessage({ channel: research, text: "reply 2", thread_ts: ts });
    const { messages } = await client.conversations.replies({ channel: research, ts: ts as string });
    expect(messages?.map((message) => message.text)).toEqual(["This message was deleted.", "reply", "reply 2"]);
    expect(messages?.[0]).toMatchObject({ subtype: "tombstone" });
    const late = client.chat.postMessage({ channel: research, text: "x", thread_ts: lonely.ts });
    expect((await refusal(late)).error).toBe("thread_not_found");
  });

  it("shows metadata in full only when asked", async () => {
    const { ts } = await client.chat.postMessage({ channel: research, text: "card", metadata });
    const read = (all: boolean) => client.conversations.history({ channel: research, include_all_metadata: all });
    expect((await read(true)).messages?.[0]?.metadata).toEqual(metadata);
    expect((await read(false)).messages?.[0]?.metadata).toEqual({ event_type: "findall_card" });
    const thread = await client.conversations.replies({
      channel: research,
      ts: ts as string,
      include_all_metadata: true,
    });
    expect(thread.messages?.[0]?.metadata).toEqual(metadata);
  });

  it("pages through history newest first and through replies oldest first", async () => {
    const { ts } = await client.chat.postMessage({ channel: research, text: "card" });
    for (let n = 1; n <= 5; n += 1) await client.chat.postMessage({ channel: research, text: `r${n}`, thread_ts: ts });
    for (let n = 1; n <= 3; n += 1) await client.chat.postMessage({ channel: research, text: `m${n}` });
    const seen: (string | undefined)[][] = [];
    for await (const page of client.paginate("conversations.replies", { channel: research, ts, limit: 4 })) {
      const { messages = [] } = page as { messages?: { text?: string }[] };
      seen.push(messages.map((message) => message.text));
    }
    expect(seen).toEqual([
      ["card", "r1", "r2", "r3"],
      ["r4", "r5"],
    ]);
    const first = await client.conversations.history({ channel: research, limit: 3 });
    expect(first.messages?.map((message) => message.text)).toEqual(["m3", "m2", "m1"]);
    expect(first.has_more).toBe(true);
    const cursor = first.response_metadata?.next_cursor;
    const second = await client.conversations.history({ channel: research, limit: 3, cursor });
    expect(second.messages?.[0]).toMatchObject({ text: "card", reply_count: 5 });
    expect(second.has_more).toBe(false);
    expect((await refusal(client.conversations.history({ channel: research, cursor: "junk" }))).error).toBe(
      "invalid_cursor",
    );
    expect((await refusal(client.conversations.history({ channel: research, limit: 5000 }))).error).toBe(
      "invalid_limit",
    );
  });

  it("bounds what it reads by oldest and latest, exclusive unless asked, and always gives the parent of a thread", async () => {
    const { ts } = await client.chat.postMessage({ channel: research, text: "card" });
    const r1 = (await client.chat.postMessage({ channel: research, text: "r1", thread_ts: ts })).ts as string;
    await client.chat.postMessage({ channel: research, text: "r2", thread_ts: ts });
    const read = async (more: object) => {
      const answer = await client.conversations.replies({ channel: research, ts: ts as string, ...more });
      return answer.messages?.map((message) => message.text);
    };
    expect(await read({ oldest: r1 })).toEqual(["card", "r2"]);
    expect(await read({ oldest: r1, inclusive: true })).toEqual(["card", "r1", "r2"]);
    expect(await read({ latest: r1 })).toEqual(["card"]);
    const history = await client.conversations.history({ channel: research, oldest: ts as string });
    expect(history.messages).toEqual([]);
    expect((await refusal(client.conversations.replies({ channel: research, ts: "1.000000" }))).error).toBe(
      "thread_not_found",
    );
  });

  it("shows an ephemeral message to one member only", async () => {
    await client.chat.postEphemeral({ channel: research, user: PEOPLE.ana, text: "only you" });
    expect(slack.ephemeral(PEOPLE.ana).map((each) => each.text)).toEqual(["only you"]);
    expect(slack.channel(research).messages()).toEqual([]);
    const outside = client.chat.postEphemeral({ channel: CHANNELS.deals, user: PEOPLE.cai, text: "x" });
    expect((await refusal(outside)).error).toBe("user_not_in_channel");
  });

  it("gives permalinks, and those of replies lead into the thread", async () => {
    const { ts } = await client.chat.postMessage({ channel: research, text: "card" });
    const reply = await client.chat.postMessage({ channel: research, text: "r", thread_ts: ts });
    const link = await client.chat.getPermalink({ channel: research, message_ts: reply.ts as string });
    expect(link.permalink).toBe(
      `https://acme.slack.com/archives/${research}/p${reply.ts?.replace(".", "")}?thread_ts=${ts}&cid=${research}`,
    );
  });

  it("describes channels and people, and knows no other methods", async () => {
    slack.setScopes(["channels:read", "groups:read", "im:read", "im:write", "users:read"]);
    expect((await client.conversations.info({ channel: research })).channel).toMatchObject({
      name: "research",
      is_member: true,
    });
    expect((await client.conversations.info({ channel: CHANNELS.random })).channel).toMatchObject({ is_member: false });
    expect((await client.conversations.members({ channel: research })).members).toContain(slack.app.botUserId);
    const mine = await client.users.conversations({ types: "public_channel,private_channel", exclude_archived: true });
    expect(mine.channels?.map((channel) => channel.name)).toEqual(["research", "deals"]);
    expect((await client.conversations.open({ users: PEOPLE.ben })).channel?.id).toBe(slack.appDm(PEOPLE.ben));
    expect((await client.users.info({ user: PEOPLE.ben })).user).toMatchObject({ real_name: "Ben" });
    expect((await refusal(client.reactions.list({}))).error).toBe("unknown_method");
  });
});
