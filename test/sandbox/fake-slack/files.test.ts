import type { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FakeSlack } from "../../../src/sandbox/fake-slack/index.ts";
import { CHANNELS, MANIFEST_SCOPES } from "../../../src/sandbox/fake-slack/world.ts";
import { refusal, withClient } from "./bench-app.ts";

const { research } = CHANNELS;
const CONTENT = Buffer.from("a,b\r\n1,\u00e9\u0000\r\n");

describe("files through the real WebClient", () => {
  let slack: FakeSlack;
  let client: WebClient;

  beforeEach(async () => {
    ({ slack, client } = await withClient({ scopes: [...MANIFEST_SCOPES, "files:read"] }));
  });
  afterEach(() => slack.close());

  const reserve = async (length = CONTENT.length) => {
    const { upload_url, file_id } = await client.files.getUploadURLExternal({ filename: "b.csv", length });
    return { url: upload_url as string, id: file_id as string };
  };
  const send = (url: string, body: Buffer | FormData = CONTENT) =>
    fetch(url, { method: "POST", body: body instanceof FormData ? body : new Uint8Array(body) });
  const complete = (id: string, more: object = {}) =>
    client.apiCall("files.completeUploadExternal", { files: [{ id, title: "B" }], ...more });
  const shared = async (more: object = {}) => {
    const { url, id } = await reserve();
    await send(url);
    await complete(id, { channel_id: research, initial_comment: "see <@U0ANA>", ...more });
    return id;
  };

  it("takes what the SDK's own filesUploadV2 sends", async () => {
    const root = await client.chat.postMessage({ channel: research, text: "root" });
    await client.filesUploadV2({
      channel_id: research,
      thread_ts: root.ts as string,
      file: CONTENT,
      filename: "b.csv",
      title: "B",
      initial_comment: "hi",
    });
    expect(slack.files()).toMatchObject([{ name: "b.csv", title: "B", threadTs: root.ts, content: CONTENT }]);
  });

  it("takes raw bytes as well as a form", async () => {
    const { url, id } = await reserve();
    expect((await send(url)).status).toBe(200);
    await complete(id, { channel_id: research });
    expect(slack.files()[0]?.content).toEqual(CONTENT);
  });

  it("shows the file in the message that carries it, to people and to the API", async () => {
    const root = await client.chat.postMessage({ channel: research, text: "root" });
    const id = await shared({ thread_ts: root.ts });
    const [message] = slack.channel(research).thread(root.ts as string);
    expect(slack.textOf(message as never)).toBe(`see @Ana\n(file b.csv: B, ${CONTENT.length} bytes)`);
    expect(slack.dump()).toContain("(file b.csv");
    const { messages } = await client.conversations.replies({ channel: research, ts: root.ts as string });
    expect(messages?.[1]).toMatchObject({ files: [{ id, name: "b.csv", title: "B", size: CONTENT.length }] });
  });

  it("says in the answer where the file is, and only in files.info where it was shared", async () => {
    const { url, id } = await reserve();
    await send(url);
    const answer = await client.files.completeUploadExternal({ files: [{ id, title: "B" }], channel_id: research });
    expect(answer.files?.[0]).toMatchObject({ id, permalink: slack.files()[0]?.permalink });
    expect(answer.files?.[0]?.shares).toBeUndefined();
    const { file } = await client.files.info({ file: id });
    expect(file).toMatchObject({ id, shares: { public: { [research]: [{ ts: slack.files()[0]?.messageTs }] } } });
  });

  it("gives the content to whoever has the bot's token", async () => {
    await shared();
    const url = slack.files()[0]?.url as string;
    const headers = { authorization: `Bearer ${slack.botToken}` };
    expect(Buffer.from(await (await fetch(url, { headers })).arrayBuffer())).toEqual(CONTENT);
    expect((await fetch(url, { redirect: "manual" })).status).toBe(302);
    expect((await fetch(`${url}x`, { headers })).status).toBe(404);
  });

  it("keeps a file without a channel to the app", async () => {
    const { url, id } = await reserve();
    await send(url);
    await complete(id);
    expect(slack.files()).toMatchObject([{ id, channel: null, messageTs: null }]);
    expect(slack.channel(research).messages()).toEqual([]);
  });

  it("never refuses a shared file for its pace, but counts one that comes right after another message", async () => {
    for (let n = 0; n < 6; n += 1) await shared();
    await client.chat.postMessage({ channel: research, text: "right after" });
    expect(slack.stats()).toMatchObject({ tooFast: 6, rateLimited: 0, channels: { [research]: { posts: 7 } } });
  });

  it.each([1, CONTENT.length + 1, 100])("refuses bytes of another length than was announced (%i)", async (length) => {
    const { url, id } = await reserve(length);
    expect((await send(url)).status).toBe(400);
    expect((await refusal(complete(id))).error).toBe("file_not_found");
  });

  it("refuses bytes that nobody announced, that come too late, or in no form", async () => {
    const { url, id } = await reserve();
    expect((await send(`${slack.url}/upload/v1/nothing`)).status).toBe(404);
    const broken = { method: "POST", headers: { "content-type": "multipart/form-data; boundary=x" }, body: "no form" };
    expect((await fetch(url, broken)).status).toBe(400);
    expect((await fetch(url)).status).toBe(405);
    await send(url);
    await complete(id);
    expect((await send(url)).status).toBe(404);
  });

  it.each([
    [{ filename: "", length: 3 }, "invalid_arguments"],
    [{ filename: "a.csv", length: 0 }, "missing_argument"],
    [{ filename: "a.csv" }, "invalid_arguments"],
    [{ filename: "a.csv", length: 1.5 }, "invalid_arguments"],
    [{ filename: "a.csv", length: "many" }, "invalid_arguments"],
  ])("refuses to reserve %j", async (args, error) => {
    expect((await refusal(client.apiCall("files.getUploadURLExternal", args))).error).toBe(error);
  });

  it("completes only what was uploaded, once, and where it may", async () => {
    const { url, id } = await reserve();
    const refused = async (more: object) => (await refusal(complete(id, more))).error;
    expect(await refused({ channel_id: research })).toBe("file_not_found");
    await send(url);
    expect(await refused({ channel_id: "C0NOWHERE" })).toBe("channel_not_found");
    expect(await refused({ channel_id: CHANNELS.board })).toBe("channel_not_found");
    expect(await refused({ channel_id: CHANNELS.random })).toBe("not_in_channel");
    expect(await refused({ channel_id: CHANNELS.archived })).toBe("is_archived");
    expect(await refused({ channel_id: research, thread_ts: "1.000001" })).toBe("thread_not_found");
    expect(await refused({ files: [] })).toBe("invalid_arguments");
    expect(await refused({ files: [{ title: "no id" }] })).toBe("invalid_arguments");
    slack.setScopes([...MANIFEST_SCOPES, "chat:write.public"]);
    expect(await refused({ channel_id: CHANNELS.random })).toBe("not_in_channel");
    await complete(id, { channel_id: research });
    expect(await refused({ channel_id: research })).toBe("file_not_found");
    expect(slack.files()).toHaveLength(1);
  });

  it("asks for its scopes, and tells them", async () => {
    slack.setScopes(["chat:write"]);
    const write = await refusal(client.files.getUploadURLExternal({ filename: "a", length: 1 }));
    expect(write.data).toMatchObject({ error: "missing_scope", needed: "files:write", provided: "chat:write" });
    expect((await refusal(complete("F1"))).data).toMatchObject({ error: "missing_scope", needed: "files:write" });
    expect((await refusal(client.files.info({ file: "F1" }))).data).toMatchObject({ needed: "files:read" });
  });

  it("can be struck by faults at each of the three steps, in one channel too", async () => {
    const { url, id } = await reserve();
    slack.faults.add({ method: "upload_url", kind: "http", status: 500, times: 1 });
    expect((await send(url)).status).toBe(500);
    expect((await send(url)).status).toBe(200);
    slack.faults.add({ method: "files.completeUploadExternal", channel: CHANNELS.deals, kind: "http" });
    slack.faults.add({ method: "files.completeUploadExternal", channel: research, kind: "lost", times: 1 });
    await refusal(complete(id, { channel_id: research }));
    expect(slack.files()).toMatchObject([{ id, channel: research }]);
    expect(slack.calls().map(({ method, fault }) => [method, fault])).toEqual([
      ["files.getUploadURLExternal", null],
      ["upload_url", "http"],
      ["upload_url", null],
      ["files.completeUploadExternal", "lost"],
    ]);
  });
});
