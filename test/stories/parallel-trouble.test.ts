import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import {
  CHANNELS,
  completed,
  expectOrderly,
  follow,
  messagesOf,
  PEOPLE,
  shown,
  startTestWorld,
  timesShown,
} from "../support/world.ts";

describe.concurrent("when Parallel is in trouble", () => {
  /** A world of one story, whose clock can be moved on. */
  const start = async (environment: Record<string, string> = {}) => {
    let offset = 0;
    const world = await startTestWorld({ environment, overrides: { now: () => Date.now() + offset } });
    return {
      ...world,
      pass: (ms: number) => {
        offset += ms;
      },
      card: () => world.slack.textOf(messagesOf(world.slack).cards[0]!),
    };
  };

  it.each([
    ["5xx answers", { kind: "status", status: 503 }],
    ["pages of HTML", { kind: "html", status: 502 }],
    ["truncated bodies", { kind: "truncated" }],
    ["bodies that are not JSON", { kind: "not_json" }],
    ["reset connections", { kind: "reset" }],
    ["connections that break in the middle of a body", { kind: "reset_in_body" }],
    ["429 without a Retry-After", { kind: "status", status: 429 }],
    ["an unexpected JSON value", { kind: "body", body: ["what"] }],
  ] as const)("keeps the watch through %s and loses nothing", async (_, fault) => {
    await using world = await start();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    run.match({ name: "Before" });
    await shown(world, "Before");
    const handle = findall.faults.add({ path: "any", times: 3, ...fault });
    run.match({ name: "During" });
    await shown(world, "During");
    expect(handle.hits).toBe(3);
    run.end();
    await completed(world);
    expect([timesShown(slack, "Before"), timesShown(slack, "During")]).toEqual([1, 1]);
    expectOrderly(world);
  });

  it("ends a call whose body stalls, and reads the run at the next poll", async () => {
    await using world = await start({ PARALLEL_TIMEOUT_MS: "400" });
    const { findall } = world;
    const run = findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    findall.faults.add({ path: "result", kind: "stall", times: 1 });
    run.match({ name: "After The Stall" });
    await shown(world, "After The Stall");
  });

  it("says so in the log once a minute, however many runs and polls fail", async () => {
    await using world = await start();
    const { slack, findall } = world;
    const ids = ["run_a", "run_b", "run_c"];
    for (const id of ids) findall.addRun({ id });
    for (const id of ids) await follow(world, id);
    const fault = findall.faults.add({ path: "any", kind: "status", status: 503 });
    const failed = () => world.logLines.filter(({ event }) => event === "poll_failed");
    const told = () => failed().filter(({ level }) => Number(level) >= 40);
    await slack.waitFor(() => failed().length >= 5, { describe: "failed polls" });
    expect(told()).toHaveLength(1);
    world.pass(60_000);
    await slack.waitFor(() => told().length === 2, { describe: "another line a minute later" });
    const [first, second] = told().map((line) => failed().indexOf(line));
    expect(told()[1]?.othersSince).toBe(Number(second) - Number(first) - 1);
    fault.remove();
  });

  it("says on the card since when Parallel cannot be reached, once that has lasted two minutes, and takes it back", async () => {
    await using world = await start();
    const { slack, findall } = world;
    findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    const fault = findall.faults.add({ path: "any", kind: "status", status: 503 });
    await findall.stats.next();
    await findall.stats.next();
    expect(world.card()).not.toMatch(/since/i);
    world.pass(3 * 60_000);
    await slack.waitFor(() => /Parallel/.test(world.card()), {
      describe: "the trouble on the card",
    });
    fault.remove();
    world.pass(60_000);
    await slack.waitFor(() => !/cannot be|unreachable|not answer/i.test(world.card()), {
      describe: "the card without trouble",
    });
  });

  it("says at once that the API key is rejected, on the card and in readiness, and goes on when it is mended", async () => {
    await using world = await start();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    const fault = findall.faults.add({ path: "any", kind: "status", status: 401 });
    await slack.waitFor(() => /key/i.test(world.card()));
    const ready = await fetch(`http://127.0.0.1:${world.service().port}/readyz`);
    expect(await ready.text()).toMatch(/unauthorized/);
    fault.remove();
    run.match({ name: "After The Mend" });
    world.pass(120_000);
    await shown(world, "After The Mend");
  });

  it("ends the watch with a note in its thread when the run is gone three times in a row", async () => {
    await using world = await start();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    const first = await follow(world, "run_a");
    run.match({ name: "Kept" });
    await shown(world, "Kept");
    findall.faults.add({ path: "any", kind: "status", status: 404, times: 2 });
    run.match({ name: "After Two" });
    await shown(world, "After Two");
    findall.faults.add({ path: "any", kind: "status", status: 404 });
    const note = await slack.waitFor(() => messagesOf(slack).notes[0]);
    expect(note.threadTs).toBe(first.ts);
    expect(timesShown(slack, "Kept")).toBe(1);
    expectOrderly(world);
  });

  it("refuses a result that is too large with a note on the card, and keeps the card true", async () => {
    await using world = await start({ MAX_RESULT_BYTES: "20000" });
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a", matchLimit: 50 });
    await follow(world, "run_a");
    run.matchMany(40, (index) => ({ name: `Large ${index}`, description: "x".repeat(1_000) }));
    await slack.waitFor(() => /too large|larger/i.test(world.card()));
    expect(world.card()).toContain("40 of 50");
    run.end();
    await completed(world);
  });

  it("reads the results of many large runs a few at a time, and all their matches come, also from a run that hangs", async () => {
    await using world = await start({ PARALLEL_TIMEOUT_MS: "3000" });
    const { findall } = world;
    const runs = ["run_a", "run_b", "run_c", "run_d"].map((id) => findall.addRun({ id }));
    for (const run of runs) run.unmatch({ name: "Did Not Match", description: "x".repeat(18_000_000) });
    const hanging = findall.faults.add({ path: "result", runId: "run_a", kind: "stall" });
    for (const run of runs) await follow(world, run.id);
    for (const run of runs) run.match({ name: `Found by ${run.id}` });
    for (const run of runs.slice(1)) await shown(world, `Found by ${run.id}`);
    hanging.remove();
    await shown(world, "Found by run_a");
    expectOrderly(world);
  });

  it("asks for a result that is too large every ten minutes, not with every poll, and shows all of it once it may", async () => {
    await using world = await start({ MAX_RESULT_BYTES: "20000" });
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    run.match({ name: "Seen Before" });
    await shown(world, "Seen Before");
    const [large] = run.matchMany(1, () => ({ name: "Far Too Long", description: "x".repeat(30_000) }));
    await slack.waitFor(() => /too large|larger/i.test(world.card()));
    const asked = findall.stats.requests({ path: "result" });
    for (let polls = 0; polls < 5; polls += 1) {
      run.generate();
      await findall.stats.next({ path: "run" });
    }
    expect(findall.stats.requests({ path: "result" })).toBe(asked);
    await slack.command({ user: PEOPLE.ben, channel: CHANNELS.deals, text: "run_a" });
    run.edit(large!, (row) => ({ ...row, description: "short" }));
    world.pass(601_000);
    await shown(world, "Far Too Long");
    await shown(world, "Seen Before", CHANNELS.deals);
    await shown(world, "Far Too Long", CHANNELS.deals);
    expect(timesShown(slack, "Seen Before")).toBe(1);
  });

  it("survives results whose order changes, whose counts are wrong, and whose rows come twice or go missing", async () => {
    await using world = await start();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    run.quirks.reorder = true;
    run.quirks.metrics = { matched: 99, generated: 1 };
    await follow(world, "run_a");
    const ids = run.matchMany(3, (index) => ({ name: `Row ${index} Corp` }));
    run.duplicate(ids[0]!);
    for (const index of [0, 1, 2]) await shown(world, `Row ${index} Corp`);
    run.remove(ids[1]!);
    run.match({ name: "One More Corp" });
    await shown(world, "One More Corp");
    run.end();
    await completed(world);
    for (const name of ["Row 0 Corp", "Row 1 Corp", "Row 2 Corp", "One More Corp"])
      expect(timesShown(slack, name)).toBe(1);
    expect(messagesOf(slack).candidates.some((message) => /no longer/i.test(slack.textOf(message)))).toBe(false);
    expectOrderly(world);
  });
});

describe.concurrent("every recorded result", () => {
  const folder = path.join(import.meta.dirname, "..", "fixtures", "findall");
  const names = readdirSync(folder).filter((name) => name.startsWith("result-"));

  it.each(names)("%s is shown as it is: card, each matched row once, nothing unmatched", async (name) => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const body = JSON.parse(readFileSync(path.join(folder, name), "utf8"));
    const run = findall.addRun({ id: "run_a" });
    run.setRaw(body);
    await follow(world, "run_a");
    const rows = body.candidates as { name: string; match_status: string }[];
    const matched = rows.filter((row) => row.match_status === "matched");
    for (const row of matched) await shown(world, row.name.slice(0, 20));
    const isActive = body.run?.status?.is_active ?? body.status?.is_active;
    if (isActive === false) await completed(world);
    for (const row of rows.filter((each) => each.match_status !== "matched"))
      expect(timesShown(slack, row.name)).toBe(0);
    expect(messagesOf(slack).cards).toHaveLength(1);
    expectOrderly(world);
  });
});
