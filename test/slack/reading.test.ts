import { describe, expect, test } from "vitest";
import { CHANNELS, PEOPLE } from "../../src/sandbox/fake-slack/world.ts";
import { useSlack } from "./support/use-slack.ts";

const { workspace, client, posted } = useSlack();

describe("looking for a message", () => {
  const look = (entryId: string, threadTs: string | null = null, oldestMs = Date.now()) =>
    client().find({ channel: CHANNELS.research, threadTs, oldestMs, entryId });

  test("finds it in the channel and in a thread by its id", async () => {
    const root = await posted("d-1");
    const reply = await posted("d-2", { threadTs: root });
    expect(await look("d-1")).toMatchObject({ kind: "found", ts: root });
    expect(await look("d-2", root)).toMatchObject({ kind: "found", ts: reply });
  });

  test("says absent when it is not there, or older than the time asked for", async () => {
    const root = await posted("d-1");
    expect(await look("d-9")).toMatchObject({ kind: "absent" });
    expect(await look("d-9", root)).toMatchObject({ kind: "absent" });
    expect(await look("d-1", null, Date.now() + 10 * 60_000)).toMatchObject({ kind: "absent" });
    expect(await look("d-9", "1.000001")).toMatchObject({ kind: "absent" });
  });

  test("finds it also when our clock is minutes ahead of Slack's", async () => {
    const root = await posted("d-1");
    expect(await look("d-1", null, Date.now() + 4 * 60_000)).toMatchObject({ kind: "found", ts: root });
  });

  test("reads page after page", async () => {
    const root = await posted("d-1");
    for (let i = 0; i < 450; i++) chat(root);
    const reply = await posted("d-2", { threadTs: root });
    expect(await look("d-2", root)).toMatchObject({ kind: "found", ts: reply });
    expect(workspace().calls("conversations.replies")).toHaveLength(3);
  });

  test("does not say absent when there is more than it reads", async () => {
    const root = await posted("d-1");
    for (let i = 0; i < 2100; i++) chat(root);
    expect(await look("d-9", root)).toEqual({ kind: "impossible", code: "too_many_messages" });
  });

  test.each(["missing_scope", "no_permission"])("is impossible when Slack says %s", async (error) => {
    workspace().faults.add({ method: "conversations.history", kind: "error", error });
    expect(await look("d-1")).toEqual({ kind: "impossible", code: error });
  });

  test("is impossible without the history scopes", async () => {
    workspace().setScopes(["chat:write"]);
    expect(await look("d-1")).toEqual({ kind: "impossible", code: "missing_scope" });
  });

  test.each([
    { fault: { kind: "http" }, action: "retry" },
    { fault: { kind: "lost" }, action: "retry" },
    { fault: { kind: "rate_limited", retryAfter: 60 }, action: "retry_after" },
    { fault: { kind: "error", error: "token_revoked" }, action: "pause_workspace" },
  ] as const)("fails with $action on $fault.kind", async ({ fault, action }) => {
    workspace().faults.add({ method: "conversations.history", ...fault });
    expect(await look("d-1")).toMatchObject({ kind: "failed", failure: { action } });
  });

  function chat(threadTs: string): void {
    workspace().say({ user: PEOPLE.ana, channel: CHANNELS.research, text: "chatter", threadTs });
  }
});

describe("describing a channel", () => {
  test.each([
    [CHANNELS.research, { kind: "open" }],
    [CHANNELS.deals, { kind: "open" }],
    [CHANNELS.random, { kind: "not_member", isPrivate: false }],
    [CHANNELS.archived, { kind: "archived" }],
    [CHANNELS.board, { kind: "not_found" }],
    [CHANNELS.anaBen, { kind: "not_found" }],
    ["C0NOWHERE", { kind: "not_found" }],
  ])("%s is %j", async (channel, expected) => {
    expect(await client().describeChannel(channel)).toEqual(expected);
  });

  test("the app's own direct message is open", async () => {
    await posted("d-1", { channel: PEOPLE.ana });
    expect(await client().describeChannel(workspace().appDm(PEOPLE.ana))).toEqual({ kind: "open" });
  });

  test("is unknown without the scope, and while Slack is down", async () => {
    workspace().setScopes(["chat:write"]);
    expect(await client().describeChannel(CHANNELS.research)).toEqual({ kind: "unknown", code: "missing_scope" });
    workspace().faults.add({ method: "conversations.info", kind: "http", status: 503 });
    expect(await client().describeChannel(CHANNELS.research)).toEqual({ kind: "unknown", code: "http_503" });
  });

  test("is unknown, and not asked for again, as long as Slack wants to be left alone", async () => {
    let now = 0;
    const slack = client({ now: () => now });
    const fault = workspace().faults.add({ method: "conversations.info", kind: "rate_limited", retryAfter: 30 });
    const limited = { kind: "unknown", code: "ratelimited" };
    expect(await slack.describeChannel(CHANNELS.research)).toEqual(limited);
    fault.remove();
    now = 29_000;
    expect(await slack.describeChannel(CHANNELS.deals)).toEqual(limited);
    now = 30_001;
    expect(await slack.describeChannel(CHANNELS.deals)).toEqual({ kind: "open" });
    expect(workspace().calls("conversations.info").length).toBe(2);
  });
});
