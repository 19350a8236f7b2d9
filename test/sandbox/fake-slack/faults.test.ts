import type { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FaultKind } from "../../../src/sandbox/fake-slack/faults.ts";
import type { FakeSlack } from "../../../src/sandbox/fake-slack/index.ts";
import { CHANNELS, PEOPLE } from "../../../src/sandbox/fake-slack/world.ts";
import { withClient } from "./bench-app.ts";

const { research, deals } = CHANNELS;

describe("faults", () => {
  let slack: FakeSlack;
  let client: WebClient;
  const post = (channel: string = research) =>
    client.chat.postMessage({ channel, text: "x" }).then(
      () => "ok",
      (error: Error & { data?: { error: string }; statusCode?: number; retryAfter?: number }) =>
        error.data?.error ?? error.statusCode ?? error.retryAfter ?? error.name,
    );
  const stored = () => slack.channel(research).messages().length;

  beforeEach(async () => {
    ({ slack, client } = await withClient({ rateLimits: { enabled: false } }));
  });
  afterEach(() => slack.close());

  const rows: readonly (readonly [string, FaultKind, string | number, number])[] = [
    ["an answer lost after the message was stored", { kind: "lost" }, "WebAPIRequestError", 1],
    ["a connection reset before anything happened", { kind: "reset" }, "WebAPIRequestError", 0],
    ["a 500 before the message was stored", { kind: "http" }, 500, 0],
    ["a 503 after the message was stored", { kind: "http", status: 503, commit: true }, 503, 1],
    ["a 429 with seconds", { kind: "rate_limited", retryAfter: 7 }, 7, 0],
    ["a 429 without a header", { kind: "rate_limited", retryAfter: null }, "Error", 0],
    ["a 429 with nonsense in the header", { kind: "rate_limited", retryAfter: "abc" }, "Error", 0],
    ["an error code", { kind: "error", error: "account_inactive" }, "account_inactive", 0],
    [
      "an error code although it was done",
      { kind: "error", error: "internal_error", commit: true },
      "internal_error",
      1,
    ],
    ["a rate limit in the body of a 200", { kind: "error", error: "ratelimited" }, "ratelimited", 0],
    ["nothing but a delay", { kind: "delay", ms: 20 }, "ok", 1],
    ["a hang that ends with an answer", { kind: "hang", ms: 20, commit: true }, "ok", 1],
    ["a hang that ends with a reset", { kind: "hang", ms: 20 }, "WebAPIRequestError", 0],
  ];

  it.each(rows)("plays %s", async (_name, kind, outcome, messages) => {
    slack.faults.add({ method: "chat.postMessage", times: 1, ...kind });
    expect(await post()).toBe(outcome);
    expect(stored()).toBe(messages);
    expect(await post()).toBe("ok");
  });

  it("answers HTML where JSON should be", async () => {
    slack.faults.add({ method: "chat.postMessage", kind: "html", commit: true });
    expect(await post()).not.toBe("ok");
    expect(stored()).toBe(1);
  });

  it("answers 429 with Retry-After 0", async () => {
    slack.faults.add({ method: "chat.postMessage", kind: "rate_limited", retryAfter: 0, times: 1 });
    const response = await fetch(`${slack.apiUrl}chat.postMessage`, { method: "POST" });
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toBe("0");
  });

  it("hangs until released, and tells how often it struck", async () => {
    const fault = slack.faults.add({ method: "chat.postMessage", kind: "hang", commit: true });
    const pending = post();
    await slack.waitFor(() => fault.hits === 1);
    expect(stored()).toBe(1);
    fault.remove();
    expect(await pending).toBe("ok");
    expect(await post()).toBe("ok");
  });

  it("stores a delayed message after the client has given up", async () => {
    slack.faults.add({ method: "chat.postMessage", kind: "delay", ms: 120, times: 1 });
    const hasty = fetch(`${slack.apiUrl}chat.postMessage`, {
      method: "POST",
      headers: { authorization: `Bearer ${slack.botToken}`, "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ channel: research, text: "late" }),
      signal: AbortSignal.timeout(30),
    });
    await expect(hasty).rejects.toThrow();
    expect(stored()).toBe(0);
    expect(await slack.waitFor(() => stored())).toBe(1);
  });

  it("strikes only the method, channel and calls it was ordered for", async () => {
    slack.faults.add({
      method: "chat.postMessage",
      channel: research,
      kind: "error",
      error: "fatal_error",
      skip: 1,
      times: 1,
    });
    slack.faults.add({ method: "*", kind: "error", error: "dm_only", match: (args) => args.channel === PEOPLE.ana });
    expect(await post(deals)).toBe("ok");
    expect([await post(), await post(), await post()]).toEqual(["ok", "fatal_error", "ok"]);
    expect(await post(PEOPLE.ana)).toBe("dm_only");
    slack.faults.clear();
    expect(await post(PEOPLE.ana)).toBe("ok");
  });

  it("strikes a person's direct message by its own id too", async () => {
    slack.faults.add({
      method: "chat.postMessage",
      channel: slack.appDm(PEOPLE.ana),
      kind: "error",
      error: "fatal_error",
    });
    expect(await post(PEOPLE.ana)).toBe("fatal_error");
  });

  it("logs every call with what became of it", async () => {
    slack.faults.add({ method: "chat.postMessage", kind: "lost", times: 1 });
    await post();
    await post();
    await slack.waitFor(() => slack.calls().length === 2);
    expect(slack.calls("chat.postMessage")).toMatchObject([
      { channel: research, ok: false, error: "lost", fault: "lost" },
      { channel: research, ok: true, error: null, status: 200, fault: null },
    ]);
    expect(slack.stats().methods["chat.postMessage"]).toEqual({ lost: 1, ok: 1 });
  });
});
