import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { respond } from "../../src/slack/respond.ts";

let server: Server;
let url: string;
let answer: { status: number; body: string; headers?: Record<string, string> } | "reset";
let received: unknown[];

beforeEach(async () => {
  received = [];
  answer = { status: 200, body: "ok" };
  server = createServer(async (request, response) => {
    const chunks = await request.toArray();
    received.push(JSON.parse(Buffer.concat(chunks as Buffer[]).toString()));
    if (answer === "reset") request.socket.resetAndDestroy();
    else response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/commands/1`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const MESSAGE = { text: "Hi", blocks: [], metadata: { event_type: "findall_note", event_payload: { id: "d-1" } } };
const send = () => respond(url, MESSAGE, { timeoutMs: 2000 });

describe("answering through a response_url", () => {
  test("tells the person alone, and carries no metadata", async () => {
    expect(await send()).toEqual({ ok: true });
    expect(received).toEqual([{ response_type: "ephemeral", replace_original: false, text: "Hi" }]);
  });

  test("shows it in the thread when asked", async () => {
    await respond(url, MESSAGE, { timeoutMs: 2000 }, { threadTs: "1.000001" });
    expect(received).toEqual([
      { response_type: "ephemeral", replace_original: false, text: "Hi", thread_ts: "1.000001" },
    ]);
  });

  test("edits the original as an update would: nothing linked, earlier blocks gone, as public as it was", async () => {
    await respond(url, MESSAGE, { timeoutMs: 2000 }, { replaceOriginal: true });
    expect(received).toEqual([{ replace_original: true, text: "Hi", blocks: [], parse: "none", link_names: false }]);
  });

  test("takes the original away and says nothing", async () => {
    await respond(url, MESSAGE, { timeoutMs: 2000 }, { deleteOriginal: true });
    expect(received).toEqual([{ delete_original: true }]);
  });

  test("sends blocks when there are some", async () => {
    await respond(url, { text: "Hi", blocks: [{ type: "divider" }] }, { timeoutMs: 2000 });
    expect(received).toMatchObject([{ blocks: [{ type: "divider" }] }]);
  });

  test.each([
    [404, "used_url", "drop", "used_url"],
    [404, "expired_url", "drop", "expired_url"],
    [200, '{"ok":false,"error":"invalid_blocks"}', "drop", "invalid_blocks"],
    [400, "<html>", "drop", "http_400"],
    [500, "", "ambiguous", "http_500"],
  ])("%i %s is %s", async (status, body, action, code) => {
    answer = { status, body };
    expect(await send()).toMatchObject({ ok: false, failure: { action, code } });
  });

  test("waits as long as it is told", async () => {
    answer = { status: 429, body: "", headers: { "retry-after": "3" } };
    expect(await send()).toMatchObject({ ok: false, failure: { action: "retry_after", retryAfterMs: 3000 } });
  });

  test("is ambiguous when the connection breaks", async () => {
    answer = "reset";
    expect(await send()).toMatchObject({ ok: false, failure: { action: "ambiguous", code: "connection_lost" } });
  });

  test("to a server that is not there was not sent", async () => {
    await new Promise((resolve) => server.close(resolve));
    expect(await send()).toMatchObject({ ok: false, failure: { action: "retry", code: "connection_failed" } });
  });
});
