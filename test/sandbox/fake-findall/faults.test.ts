import { expect, test } from "vitest";
import type { FaultKind } from "../../../src/sandbox/fake-findall/faults.ts";
import { failureOf, startFake } from "./start.ts";

test.each<[FaultKind, string]>([
  [{ kind: "status", status: 401 }, "unauthorized"],
  [{ kind: "status", status: 402 }, "payment_required"],
  [{ kind: "status", status: 403 }, "unauthorized"],
  [{ kind: "status", status: 404 }, "not_found"],
  [{ kind: "status", status: 408 }, "timeout"],
  [{ kind: "status", status: 422 }, "invalid_id"],
  [{ kind: "status", status: 429 }, "rate_limited"],
  [{ kind: "status", status: 500 }, "server"],
  [{ kind: "html", status: 502 }, "server"],
  [{ kind: "html", status: 503 }, "server"],
  [{ kind: "reset" }, "network"],
  [{ kind: "reset_in_body" }, "network"],
  [{ kind: "hang" }, "timeout"],
  [{ kind: "stall" }, "timeout"],
  [{ kind: "truncated" }, "unreadable"],
  [{ kind: "not_json" }, "unreadable"],
  [{ kind: "body", body: [] }, "unreadable"],
  [{ kind: "body", body: { is_active: false, are_enrichments_active: false, results: [] } }, "unreadable"],
  [{ kind: "oversized", bytes: 300_000 }, "too_large"],
])("the fault %j makes the client say %s, and nothing is wrong once it is removed", async (kind, code) => {
  const { findall, client } = await startFake({}, { timeoutMs: 400, maxResultBytes: 100_000 });
  const run = findall.addRun();
  const fault = findall.faults.add(kind);
  expect((await failureOf(client.getSnapshot(run.id))).code).toBe(code);
  expect((await failureOf(client.getRun(run.id))).code).toBe(code);
  expect(fault.hits).toBe(2);
  fault.remove();
  expect((await client.getSnapshot(run.id)).run.status).toBe("running");
});

test.each([
  ["3", 3000],
  [new Date(Date.now() + 3_600_000).toUTCString(), 600_000],
  ["nonsense", null],
  [undefined, null],
])("a 429 with Retry-After %j asks to wait %j ms", async (retryAfter, ms) => {
  const { findall, client } = await startFake();
  const run = findall.addRun();
  findall.faults.add({ kind: "status", status: 429, ...(retryAfter === undefined ? {} : { retryAfter }) });
  expect(await failureOf(client.getRun(run.id))).toMatchObject({ code: "rate_limited", retryAfterMs: ms });
});

test("a fault can be meant for one endpoint, one run and so many times", async () => {
  const { findall, client } = await startFake();
  const [run, other] = [findall.addRun(), findall.addRun()];
  findall.faults.add({ kind: "status", status: 500, path: "result", runId: run.id, times: 1 });
  await client.getRun(run.id);
  await client.getSnapshot(other.id);
  expect((await failureOf(client.getSnapshot(run.id))).code).toBe("server");
  await client.getSnapshot(run.id);
});

test("a late answer is the true answer", async () => {
  const { findall, client } = await startFake();
  const run = findall.addRun();
  findall.faults.add({ kind: "delay", ms: 20 });
  expect((await client.getRun(run.id)).id).toBe(run.id);
});

test("closing ends what a fault left hanging", async () => {
  const { findall, client } = await startFake();
  const run = findall.addRun();
  findall.faults.add({ kind: "hang" });
  const asked = findall.stats.next();
  const call = failureOf(client.getRun(run.id));
  await asked;
  await findall.close();
  expect((await call).code).toBe("network");
});
