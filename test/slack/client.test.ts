import { describe, expect, test } from "vitest";
import { CHANNELS, PEOPLE } from "../../src/sandbox/fake-slack/world.ts";
import { permalink } from "../../src/slack/client.ts";
import { message, postRequest, useSlack } from "./support/use-slack.ts";

const { workspace, client, post, posted } = useSlack();

const inChannel = () => workspace().channel(CHANNELS.research).messages();

describe("posting", () => {
  test("puts the message into the channel, with its metadata, unfurling nothing and linking no names", async () => {
    const ts = await posted("d-1");
    expect(workspace().channel(CHANNELS.research).find(ts)).toMatchObject({
      text: "message d-1",
      metadata: { event_payload: { id: "d-1" } },
      flags: { parse: "none", linkNames: false, unfurlLinks: false, unfurlMedia: false },
    });
  });

  test("replies in a thread, and shows the reply in the channel when asked", async () => {
    const root = await posted("d-1");
    const quiet = await posted("d-2", { threadTs: root });
    const loud = await posted("d-3", { threadTs: root, broadcast: true });
    expect(workspace().channel(CHANNELS.research).find(quiet)).toMatchObject({ threadTs: root, broadcast: false });
    expect(workspace().channel(CHANNELS.research).find(loud)).toMatchObject({ threadTs: root, broadcast: true });
  });

  test("to a person goes into the app's direct message with them", async () => {
    const result = await post("d-1", { channel: PEOPLE.ana });
    expect(result).toMatchObject({ ok: true, channel: workspace().appDm(PEOPLE.ana) });
  });

  test("without blocks sends text alone", async () => {
    await posted("d-1", { message: { ...message("d-1"), blocks: [] } });
    expect(inChannel()[0]).toMatchObject({ text: "message d-1", blocks: [] });
  });

  test("that is refused comes back classified", async () => {
    const result = await post("d-1", { channel: CHANNELS.archived });
    expect(result).toMatchObject({ ok: false, failure: { action: "pause_channel", code: "is_archived" } });
  });

  test.each([
    { fault: { kind: "lost" }, code: "connection_lost", there: 1 },
    { fault: { kind: "reset" }, code: "connection_lost", there: 0 },
    { fault: { kind: "http", commit: true }, code: "http_500", there: 1 },
    { fault: { kind: "html" }, code: "not_json", there: 0 },
    { fault: { kind: "error", error: "internal_error", commit: true }, code: "internal_error", there: 1 },
  ] as const)("whose answer is $fault.kind is ambiguous, and sent once only", async ({ fault, code, there }) => {
    workspace().faults.add({ method: "chat.postMessage", ...fault });
    expect(await post("d-1")).toMatchObject({ ok: false, failure: { action: "ambiguous", code } });
    expect(workspace().calls("chat.postMessage")).toHaveLength(1);
    expect(inChannel()).toHaveLength(there);
  });

  test("without an answer in time is ambiguous", async () => {
    workspace().faults.add({ method: "chat.postMessage", kind: "hang", commit: true });
    const result = await post("d-1", {}, { timeoutMs: 100 });
    expect(result).toMatchObject({ ok: false, failure: { action: "ambiguous", code: "timeout" } });
  });

  test("to a Slack that is not there was not sent", async () => {
    const apiUrl = workspace().apiUrl;
    await workspace().close();
    const result = await post("d-1", {}, { apiUrl });
    expect(result).toMatchObject({ ok: false, failure: { action: "retry", code: "connection_failed" } });
  });

  test.each([
    [7, 7000],
    [0, 1000],
    [99_999, 600_000],
    ["soon", 30_000],
    [null, 30_000],
  ])("that is rate-limited (Retry-After %s) says at once how long to wait", async (retryAfter, ms) => {
    workspace().faults.add({ method: "chat.postMessage", kind: "rate_limited", retryAfter });
    expect(await post("d-1")).toMatchObject({ ok: false, failure: { action: "retry_after", retryAfterMs: ms } });
    expect(workspace().calls("chat.postMessage")).toHaveLength(1);
  });

  test("that is rate-limited does not hold other calls up", async () => {
    workspace().faults.add({ method: "chat.postMessage", kind: "rate_limited", retryAfter: 600, times: 1 });
    const shared = client();
    const request = postRequest("d-1");
    const [first, auth] = await Promise.all([shared.post(request), shared.authTest()]);
    expect(first.ok).toBe(false);
    expect(auth.ok).toBe(true);
    expect((await shared.post(request)).ok).toBe(true);
  });
});

describe("a deadline", () => {
  test("that has passed keeps the post in the process", async () => {
    const result = await post("d-1", { notAfter: 999 }, { now: () => 1000 });
    expect(result).toMatchObject({ ok: false, failure: { action: "not_sent", code: "past_deadline" } });
    expect(workspace().calls()).toEqual([]);
  });

  test("that has not passed lets it go", async () => {
    expect(await post("d-1", { notAfter: 1000 }, { now: () => 1000 })).toMatchObject({ ok: true });
  });

  test("that is no number keeps the post in the process", async () => {
    expect(await post("d-1", { notAfter: Number.NaN })).toMatchObject({ ok: false, failure: { action: "not_sent" } });
  });

  test("is each post's own when many go at once", async () => {
    const shared = client({ now: () => 1000, timeoutMs: 60_000 }); // the deadline alone is to stop any
    const many = Array.from({ length: 150 }, (_, i) =>
      shared.post({ ...postRequest(`d-${i}`), notAfter: i % 2 === 0 ? 1000 : 999 }),
    );
    const results = await Promise.all(many);
    expect(results.map((result) => result.ok)).toEqual(results.map((_, i) => i % 2 === 0));
    expect(inChannel()).toHaveLength(75);
  });
});

describe("editing", () => {
  test("replaces text, blocks and metadata", async () => {
    const ts = await posted("d-1");
    const result = await client().update({ channel: CHANNELS.research, ts, message: message("d-1", "new") });
    expect(result).toMatchObject({ ok: true, ts });
    expect(inChannel()[0]).toMatchObject({ text: "new", flags: { parse: "none", linkNames: false } });
  });

  test("to plain text takes the blocks away", async () => {
    const ts = await posted("d-1");
    await client().update({ channel: CHANNELS.research, ts, message: { ...message("d-1", "new"), blocks: [] } });
    expect(inChannel()[0]).toMatchObject({ text: "new", blocks: [] });
  });

  test("what was deleted, or may not be edited any more, says so", async () => {
    const ts = await posted("d-1");
    workspace().closeEditWindow(CHANNELS.research);
    const edit = { channel: CHANNELS.research, ts, message: message("d-1", "new") };
    expect(await client().update(edit)).toMatchObject({ failure: { action: "new_card" } });
    workspace().openEditWindow(CHANNELS.research);
    workspace().deleteMessage(CHANNELS.research, ts);
    expect(await client().update(edit)).toMatchObject({ failure: { action: "repost_card" } });
  });

  test("may simply be tried again after a lost answer", async () => {
    const ts = await posted("d-1");
    workspace().faults.add({ method: "chat.update", kind: "lost" });
    const result = await client().update({ channel: CHANNELS.research, ts, message: message("d-1", "new") });
    expect(result).toMatchObject({ failure: { action: "retry", code: "connection_lost" } });
  });
});

describe("who we are", () => {
  test("is what Slack says", async () => {
    expect(await client().authTest()).toMatchObject({
      ok: true,
      auth: { teamId: workspace().team.id, botUserId: workspace().app.botUserId, botName: expect.any(String) },
    });
  });

  test("is unknown with a dead token", async () => {
    workspace().revokeToken();
    expect(await client().authTest()).toMatchObject({ ok: false, failure: { action: "pause_workspace" } });
  });
});

test("a link to a message is the one that Slack would give", async () => {
  const root = await posted("d-1");
  const reply = await posted("d-2", { threadTs: root });
  const auth = await client().authTest();
  if (!auth.ok) throw new Error("not authorized");
  for (const [ts, threadTs] of [
    [root, null],
    [reply, root],
  ] as const) {
    const stored = workspace().channel(CHANNELS.research).find(ts);
    if (stored === undefined) throw new Error("not in the channel");
    expect(permalink(auth.auth.teamUrl, CHANNELS.research, ts, threadTs)).toBe(workspace().permalink(stored));
  }
});

test("nothing that fails tells the token", async () => {
  workspace().faults.add({ method: "*", kind: "reset" });
  const failures = [await post("d-1"), await client().authTest()];
  expect(JSON.stringify(failures)).not.toContain(workspace().botToken);
});
