import { describe, expect, test } from "vitest";
import type { FaultKind } from "../../src/sandbox/fake-slack/faults.ts";
import { CHANNELS, PEOPLE } from "../../src/sandbox/fake-slack/world.ts";
import type { SlackClientOptions, UploadRequest } from "../../src/slack/client.ts";
import { explainCode } from "../../src/slack/explain.ts";
import { useSlack } from "./support/use-slack.ts";

const { workspace, client, posted } = useSlack();

const CONTENT = Buffer.from("\ufeffname\r\n👋 Tern\r\n\u0000");

const upload = (more: Partial<UploadRequest> = {}, options: Partial<SlackClientOptions> = {}) =>
  client(options).upload({
    channel: CHANNELS.research,
    threadTs: null,
    filename: "run-all-2026-11-23.csv",
    title: "Robotics companies",
    content: CONTENT,
    comment: "Here is the file.",
    ...more,
  });

describe("uploading", () => {
  test("puts the file into the thread, byte by byte, with its comment", async () => {
    const root = await posted("d-1");
    const result = await upload({ threadTs: root });
    const [file] = workspace().files();
    expect(result).toEqual({ ok: true, fileId: file?.id, permalink: file?.permalink });
    expect(file).toMatchObject({
      name: "run-all-2026-11-23.csv",
      title: "Robotics companies",
      channel: CHANNELS.research,
      threadTs: root,
      content: CONTENT,
    });
    expect(workspace().channel(CHANNELS.research).thread(root)).toMatchObject([
      { text: "Here is the file.", files: [{ id: file?.id }], broadcast: false },
    ]);
  });

  test("without a thread puts it into the channel, and into the app's direct message", async () => {
    const dm = workspace().appDm(PEOPLE.ana);
    expect(await upload()).toMatchObject({ ok: true });
    expect(await upload({ channel: dm })).toMatchObject({ ok: true });
    expect(workspace().channel(CHANNELS.research).roots()).toHaveLength(1);
    expect(workspace().channel(dm).roots()).toHaveLength(1);
  });

  test("takes many megabytes", async () => {
    const content = Buffer.alloc(20_000_000, "x");
    expect(await upload({ content })).toMatchObject({ ok: true });
    expect(workspace().files()[0]?.content.equals(content)).toBe(true);
  });

  test("goes through the fetch it is given, with the token for Slack's own methods alone", async () => {
    const seen: string[] = [];
    const through: SlackClientOptions["fetch"] = (url, init) => {
      const token = new Headers(init?.headers).get("authorization") ?? "no token";
      seen.push(`${new URL(url).pathname.replace(/\/upload\/v1\/.*/, "the bytes")} ${token}`);
      return fetch(url, init);
    };
    expect(await upload({}, { fetch: through })).toMatchObject({ ok: true });
    expect(seen).toEqual([
      `/api/files.getUploadURLExternal Bearer ${workspace().botToken}`,
      "the bytes no token",
      `/api/files.completeUploadExternal Bearer ${workspace().botToken}`,
    ]);
  });

  test("shows the file no sooner than it may be, and not at all when it may not", async () => {
    const before: number[] = [];
    const ask = (answer: boolean) => async () => {
      before.push(workspace().calls("upload_url").length, workspace().files().length);
      return answer;
    };
    expect(await upload({ mayBeShown: ask(false) })).toMatchObject({ ok: false, failure: { code: "held_back" } });
    expect([before, workspace().files()]).toEqual([[1, 0], []]);
    expect(await upload({ mayBeShown: ask(true) })).toMatchObject({ ok: true });
  });

  test("without the scope says which one is needed", async () => {
    workspace().setScopes(["chat:write"]);
    expect(await upload()).toMatchObject({ ok: false, failure: { code: "missing_scope", needed: "files:write" } });
    expect(workspace().calls("upload_url")).toEqual([]);
  });

  test.each([
    [CHANNELS.random, "not_in_channel", "pause_channel"],
    [CHANNELS.board, "channel_not_found", "pause_channel"],
    [CHANNELS.archived, "is_archived", "pause_channel"],
    [PEOPLE.ana, "channel_not_found", "pause_channel"],
  ])("into %s is refused: %s", async (channel, code, action) => {
    expect(await upload({ channel })).toMatchObject({ ok: false, failure: { code, action } });
    expect(workspace().files()).toEqual([]);
  });

  test("into a thread that is gone is refused", async () => {
    expect(await upload({ threadTs: "1.000001" })).toMatchObject({ ok: false, failure: { code: "thread_not_found" } });
  });

  test.each(["storage_limit_reached", "file_uploads_disabled", "file_type_not_allowed", "file_upload_size_restricted"])(
    "that the workspace forbids (%s) has an answer for people",
    async (error) => {
      workspace().faults.add({ method: "files.getUploadURLExternal", kind: "error", error });
      expect(await upload()).toMatchObject({ ok: false, failure: { code: error, action: "drop", needed: null } });
      expect(explainCode(error, { botName: null }).what).not.toContain(error);
    },
  );
});

const FAULTS: readonly (readonly [FaultKind, string])[] = [
  [{ kind: "lost" }, "connection_lost"],
  [{ kind: "reset" }, "connection_lost"],
  [{ kind: "http", commit: true }, "http_500"],
  [{ kind: "hang" }, "timeout"],
];

describe("an upload that goes wrong", () => {
  test.each(
    ["files.getUploadURLExternal", "upload_url"].flatMap((method) =>
      FAULTS.map(([fault, code]) => ({ method, fault, code })),
    ),
  )("at $method ($fault.kind) left nothing in the channel and may be repeated", async ({ method, fault, code }) => {
    const struck = workspace().faults.add({ method, ...fault, times: 1 });
    expect(await upload({}, { timeoutMs: 300 })).toMatchObject({ ok: false, failure: { action: "retry", code } });
    expect(struck.hits).toBe(1);
    expect(workspace().channel(CHANNELS.research).messages()).toEqual([]);
    expect(await upload()).toMatchObject({ ok: true });
  });

  test.each(FAULTS)("at its last step (%j) may be in the channel, and is tried once only", async (fault, code) => {
    const struck = workspace().faults.add({ method: "files.completeUploadExternal", ...fault });
    expect(await upload({}, { timeoutMs: 300 })).toMatchObject({ ok: false, failure: { action: "ambiguous", code } });
    expect(struck.hits).toBe(1);
  });

  test.each(["files.getUploadURLExternal", "upload_url", "files.completeUploadExternal"])(
    "because %s is rate-limited says how long to wait",
    async (method) => {
      workspace().faults.add({ method, kind: "rate_limited", retryAfter: 7 });
      expect(await upload()).toMatchObject({ ok: false, failure: { action: "retry_after", retryAfterMs: 7000 } });
      expect(workspace().files()).toEqual([]);
    },
  );

  test("because the bytes are refused for good is not repeated at once", async () => {
    workspace().faults.add({ method: "upload_url", kind: "http", status: 403 });
    expect(await upload()).toMatchObject({ ok: false, failure: { action: "retry_slowly", code: "http_403" } });
  });

  test("because Slack is not there was not sent", async () => {
    const { apiUrl } = workspace();
    await workspace().close();
    expect(await upload({}, { apiUrl })).toMatchObject({
      ok: false,
      failure: { action: "retry", code: "connection_failed" },
    });
  });
});
