import { expect, test } from "vitest";
import { fixture } from "../../findall/fixture.ts";
import { failureOf, post, startFake } from "./start.ts";

test("a run is seen as it moves, from queued to its end", async () => {
  const { findall, client } = await startFake();
  const run = findall.addRun({ status: "queued" });
  expect(await client.getRun(run.id)).toMatchObject({ status: "queued", isActive: true, generated: 0 });
  run.start();
  const id = run.generate({ name: "Tern" });
  expect((await client.getSnapshot(run.id)).candidates).toMatchObject([{ id, name: "Tern", matchStatus: "generated" }]);
  run.match(id);
  run.unmatch({ name: "Kestrel" });
  const { candidates } = await client.getSnapshot(run.id);
  expect(candidates).toMatchObject([
    { id, matchStatus: "matched", conditions: [{ name: "makes_things_check", isMatched: true }] },
    { name: "Kestrel", matchStatus: "unmatched", conditions: [{ isMatched: false }] },
  ]);
  run.end();
  expect(await client.getRun(run.id)).toMatchObject({
    status: "completed",
    isActive: false,
    terminationReason: "match_limit_met",
    generated: 2,
    matched: 1,
  });
});

test("modified_at moves with every change, also within one millisecond", async () => {
  const { findall, client } = await startFake({ now: () => 1_700_000_000_000 });
  const run = findall.addRun();
  const times: (string | null)[] = [];
  for (let change = 0; change < 3; change += 1) {
    run.match();
    times.push((await client.getRun(run.id)).modifiedAt);
  }
  expect(times).toEqual(["2023-11-14T22:13:20.000001Z", "2023-11-14T22:13:20.000002Z", "2023-11-14T22:13:20.000003Z"]);
});

test("enrichments arrive on a matched candidate and do not change its status", async () => {
  const { findall, client } = await startFake();
  const run = findall.addRun();
  const id = run.match();
  run.end();
  run.enrich(id, { ceo: { value: "Ada" }, offices: { value: ["Oslo"], reasoning: "Imprint" } });
  expect((await client.getSnapshot(run.id)).candidates[0]).toMatchObject({
    matchStatus: "matched",
    enrichments: [
      { name: "ceo", value: "Ada" },
      { name: "offices", value: '["Oslo"]', basis: { reasoning: "Imprint" } },
    ],
  });
});

test("a match can be withdrawn, a row can vanish or come twice", async () => {
  const { findall, client } = await startFake();
  const run = findall.addRun();
  const [first = "", second = "", third = ""] = run.matchMany(3);
  run.withdraw(first);
  run.remove(second);
  run.duplicate(third, (row) => ({ ...row, match_status: "generated" }));
  expect((run.resultBody() as { candidates: unknown[] }).candidates).toHaveLength(3);
  expect((await client.getSnapshot(run.id)).candidates).toMatchObject([
    { id: first, matchStatus: "unmatched" },
    { id: third, matchStatus: "matched" },
  ]);
});

test("an extended run is active again with a higher limit and the reason of its last end", async () => {
  const { findall, client } = await startFake();
  const run = findall.addRun({ matchLimit: 5 });
  run.end();
  const answer = await post(findall, `${run.id}/extend`, { additional_match_limit: 5 });
  expect([answer.status, ((await answer.json()) as { match_limit: number }).match_limit]).toEqual([200, 10]);
  expect((await client.getSpec(run.id)).matchLimit).toBe(10);
  expect(await client.getRun(run.id)).toMatchObject({ isActive: true, terminationReason: "match_limit_met" });
});

test("a run can be extended only as the vendor documents it", async () => {
  const { findall } = await startFake();
  const exhausted = findall.addRun();
  exhausted.end({ reason: "candidates_exhausted" });
  const preview = findall.addRun({ generator: "preview" });
  const running = findall.addRun({ matchLimit: 900 });
  const extend = async (id: string, additional: unknown) =>
    (await post(findall, `${id}/extend`, { additional_match_limit: additional })).status;
  expect(await extend(exhausted.id, 5)).toBe(422);
  expect(await extend(preview.id, 5)).toBe(422);
  expect(await extend(running.id, 101)).toBe(422);
  expect(await extend(running.id, 0)).toBe(422);
  expect(await extend(running.id, 100)).toBe(200);
  expect(await extend("nobody", 5)).toBe(404);
});

test("cancel answers 204 and ends the run, a second time 409", async () => {
  const { findall, client } = await startFake();
  const run = findall.addRun();
  expect((await post(findall, `${run.id}/cancel`)).status).toBe(204);
  expect(await client.getRun(run.id)).toMatchObject({ status: "cancelled", terminationReason: "user_cancelled" });
  expect((await post(findall, `${run.id}/cancel`)).status).toBe(409);
});

test("enrich wakes a run that is over", async () => {
  const { findall, client } = await startFake();
  const run = findall.addRun();
  run.end({ status: "failed", reason: "timeout" });
  expect((await post(findall, `${run.id}/enrich`, {})).status).toBe(422);
  const output_schema = { json_schema: { type: "object", properties: { ceo: { type: "string" } } } };
  expect((await post(findall, `${run.id}/enrich`, { output_schema })).status).toBe(200);
  expect((await client.getRun(run.id)).isActive).toBe(true);
  expect(run.schemaBody().enrichments).toHaveLength(1);
});

test("a wrong key is 401, an unknown run and another account's run are both 404", async () => {
  const { findall, client } = await startFake();
  findall.addRun({ id: "theirs", foreign: true });
  expect((await failureOf(client.getRun("nobody"))).code).toBe("not_found");
  expect((await failureOf(client.getSnapshot("theirs"))).code).toBe("not_found");
  const answer = await fetch(`${findall.baseUrl}/v1beta/findall/runs/theirs`, { headers: { "x-api-key": "wrong" } });
  expect([answer.status, await answer.json()]).toEqual([401, fixture("error-401")]);
});

test("a fixture is served as it is, and its run at the run endpoint", async () => {
  const { findall, client } = await startFake();
  const run = findall.addRun();
  run.setRaw(fixture("result-completed-enriched"));
  expect((await client.getSnapshot(run.id)).candidates).toHaveLength(3);
  expect(await client.getRun(run.id)).toMatchObject({ status: "completed", matched: 5 });
  run.setRaw(fixture("result-old-quickstart-flat"));
  expect((await client.getSnapshot(run.id)).candidates).toHaveLength(1);
  expect(await client.getRun(run.id)).toMatchObject({ status: "completed", matched: 5 });
});

test("reordered answers hold the same candidates", async () => {
  const { findall, client } = await startFake();
  const run = findall.addRun();
  const ids = run.matchMany(50);
  run.quirks.reorder = true;
  const orders = await Promise.all([1, 2, 3].map(async () => (await client.getSnapshot(run.id)).candidates));
  const seen = orders.map((candidates) => candidates.map(({ id }) => id));
  expect(new Set(seen.map((order) => order.join())).size).toBeGreaterThan(1);
  for (const order of seen) expect(order.toSorted()).toEqual(ids.toSorted());
});

test("metrics and modified_at can be made to lie", async () => {
  const { findall, client } = await startFake();
  const run = findall.addRun();
  run.quirks.metrics = { matched: 7 };
  run.quirks.modifiedAt = "frozen";
  const before = await client.getRun(run.id);
  run.match();
  expect(await client.getRun(run.id)).toEqual({ ...before, generated: 1, matched: 7 });
  run.quirks.modifiedAt = "missing";
  expect((await client.getRun(run.id)).modifiedAt).toBeNull();
});

test("requests and bytes are counted by endpoint and run", async () => {
  const { findall, client } = await startFake({ now: () => 42 });
  const run = findall.addRun();
  run.matchMany(200);
  const next = findall.stats.next({ path: "result" });
  await client.getRun(run.id);
  const snapshot = await client.getSnapshot(run.id);
  await failureOf(client.getRun("nobody"));
  expect(await next).toMatchObject({ path: "result", runId: run.id, status: 200 });
  expect(findall.stats.requests()).toBe(3);
  expect(findall.stats.requests({ path: "run" })).toBe(2);
  expect(findall.stats.requests({ runId: run.id })).toBe(2);
  expect(findall.stats.times({ runId: run.id })).toEqual([42, 42]);
  // Compressed on the wire.
  expect(findall.stats.bytes({ path: "result" })).toBeLessThan(snapshot.bytes / 5);
  findall.stats.reset();
  expect(findall.stats.requests()).toBe(0);
});
