import { describe, expect, it } from "vitest";
import type { FakeCandidate } from "../../src/sandbox/fake-findall/candidate.ts";
import {
  CHANNELS,
  completed,
  expectOrderly,
  follow,
  messagesOf,
  PEOPLE,
  shown,
  startTestWorld,
  type TestWorld,
  timesShown,
} from "../support/world.ts";

/** Of one row of a result that makes it so large that it is not read for every match. */
const LARGE: FakeCandidate = { name: "Did Not Match", description: "x".repeat(110_000) };

describe.concurrent("what is new of a run with a large result", () => {
  /** A world whose clock can be moved on, with a large run that #research follows and that was read once. */
  const start = async () => {
    let offset = 0;
    const world = await startTestWorld({ overrides: { now: () => Date.now() + offset } });
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a", matchLimit: 40 });
    run.unmatch(LARGE);
    const card = await follow(world, "run_a");
    const results = () => findall.stats.requests({ path: "result" });
    await slack.waitFor(() => results() === 1, { describe: "the first reading" });
    return {
      ...world,
      run,
      card,
      results,
      streams: () => findall.stats.requests({ path: "events" }),
      pass: (ms: number) => {
        offset += ms;
      },
      textOf: (ts: string) => slack.textOf(slack.channel(CHANNELS.research).find(ts)!),
    };
  };

  /** The names in a thread, in order, each as often as it stands there. */
  const namesIn = ({ slack }: TestWorld, channel: string = CHANNELS.research) =>
    messagesOf(slack, channel).candidates.flatMap((message) => [
      ...new Set([...slack.textOf(message).matchAll(/Event Match \d\d/g)].map(([name]) => name)),
    ]);
  const named = (index: number) => ({ name: `Event Match ${String(index).padStart(2, "0")}` });
  const names = (count: number) => Array.from({ length: count }, (_, index) => named(index).name);

  it("is in the thread to the last match also when the result has become too large to be read", async () => {
    await using world = await startTestWorld({ environment: { MAX_RESULT_BYTES: "150000" } });
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a", matchLimit: 40 });
    run.unmatch(LARGE);
    await follow(world, "run_a");
    await slack.waitFor(() => findall.stats.requests({ path: "result" }) === 1, { describe: "the first reading" });
    run.match({ ...named(0), description: "y".repeat(60_000) });
    await shown(world, named(0).name);
    run.match(named(1));
    run.end();
    await completed(world);
    expect(namesIn(world)).toEqual(names(2));
    expect(slack.textOf(messagesOf(slack).cards[0]!)).toContain("larger than the app accepts");
    expectOrderly(world);
  });

  it("is there soon although the run counts as many matches as before, and so is what is looked up for it", async () => {
    await using world = await start();
    const { run } = world;
    const first = run.match(named(0));
    await shown(world, named(0).name);
    run.withdraw(first);
    const second = run.match(named(1));
    await shown(world, named(1).name);
    run.enrich(second, { staff: { value: "4,242 people" } });
    await shown(world, "4,242 people");
    expect(world.results()).toBe(1);
    expectOrderly(world);
  });

  it("waits while the stream is limited, and does not ask for the whole result in its stead", async () => {
    await using world = await start();
    const { run, findall } = world;
    const fault = findall.faults.add({ path: "events", kind: "status", status: 429, retryAfter: "3", times: 1 });
    run.match(named(0));
    await world.slack.waitFor(() => fault.hits === 1, { describe: "a limited stream" });
    const limitedAt = Date.now();
    await shown(world, named(0).name);
    expect(Date.now() - limitedAt).toBeGreaterThan(2_500);
    expect(world.results()).toBe(1);
    expectOrderly(world);
  });

  it("is in the thread once, in order, and the result is read again only for the end", async () => {
    await using world = await start();
    const { slack, run } = world;
    for (const index of [0, 1]) {
      run.match(named(index));
      await shown(world, named(index).name);
    }
    run.matchMany(26, (index) => named(index + 2));
    await shown(world, named(27).name);
    expect([world.results(), namesIn(world)]).toEqual([1, names(28)]);
    run.end();
    await completed(world);
    expect([world.results(), namesIn(world)]).toEqual([2, names(28)]);
    expect(slack.textOf(messagesOf(slack).cards[0]!)).toContain("28 of 40");
    expectOrderly(world);
  });

  it("edits a reply when something was looked up, and marks one that matches no longer, without reading the result", async () => {
    await using world = await start();
    const { slack, run } = world;
    const [kept, gone] = [run.match({ name: "Kept Corp" }), run.match({ name: "Gone Corp" })];
    const [keptReply, goneReply] = [await shown(world, "Kept Corp"), await shown(world, "Gone Corp")];
    run.enrich(kept, { ceo_name: { value: "Ada Example" } });
    world.pass(61_000);
    await slack.waitFor(() => world.textOf(keptReply.ts).includes("Ada Example"));
    run.withdraw(gone);
    await slack.waitFor(() => /no longer/i.test(world.textOf(goneReply.ts)));
    run.match(gone);
    await slack.waitFor(() => !/no longer/i.test(world.textOf(goneReply.ts)));
    expect(world.results()).toBe(1);
    expect([timesShown(slack, "Kept Corp"), timesShown(slack, "Gone Corp")]).toEqual([1, 1]);
    run.end();
    await completed(world);
    expect(world.textOf(keptReply.ts)).toContain("Ada Example");
    expectOrderly(world);
  });

  it.each([
    ["streams that end in the middle of an event", { kind: "truncated" }, 3],
    ["streams that break in the middle of an event", { kind: "reset_in_body" }, 3],
    ["streams that fall silent in the middle of an event", { kind: "stall" }, 3],
    ["streams that say nothing", { kind: "silent" }, 3],
    ["streams that say in the middle that they failed", { kind: "error_event" }, 3],
    ["streams with an event that is no JSON", { kind: "broken_event" }, 3],
    ["streams that tell everything twice", { kind: "events_twice" }, 3],
    ["streams that begin at the run's first event again", { kind: "events_again" }, 3],
    ["streams that never begin", { kind: "hang" }, 1],
    ["connections that are reset", { kind: "reset" }, 3],
    ["pages of HTML", { kind: "html", status: 502 }, 3],
    ["answers that are no stream", { kind: "not_json" }, 3],
    ["429", { kind: "status", status: 429 }, 3],
    ["422, as for an event that is known no longer", { kind: "status", status: 422 }, 3],
    ["500", { kind: "status", status: 500 }, 3],
  ] as const)("is brought through %s, each match once and in order", async (_, fault, times) => {
    await using world = await start();
    const { findall, run } = world;
    const handle = findall.faults.add({ path: "events", times, ...fault });
    run.matchMany(6, named);
    await shown(world, named(5).name);
    expect(handle.hits).toBeGreaterThan(0);
    run.match(named(6));
    await shown(world, named(6).name);
    run.end();
    await completed(world);
    expect(namesIn(world)).toEqual(names(7));
    expectOrderly(world);
  });

  it.each([
    ["is not there", { kind: "status", status: 404 }],
    ["breaks off in its first event", { kind: "truncated" }],
    ["fails at once", { kind: "status", status: 503 }],
  ] as const)("comes from the result for as long as the stream %s, and the watch goes on", async (_, fault) => {
    await using world = await start();
    const { slack, findall, run } = world;
    const handle = findall.faults.add({ path: "events", ...fault });
    for (const index of [0, 1, 2, 3]) {
      run.match(named(index));
      await shown(world, named(index).name);
    }
    expect(handle.hits).toBeGreaterThanOrEqual(4);
    run.end();
    await completed(world);
    expect(namesIn(world)).toEqual(names(4));
    expect(messagesOf(slack).notes).toEqual([]);
    expectOrderly(world);
  });

  it("stays as it is when a stream tells old events again, after a match was withdrawn and another one enriched", async () => {
    await using world = await start();
    const { slack, findall, run } = world;
    const [kept, gone] = [run.match({ name: "Kept Corp" }), run.match({ name: "Gone Corp" })];
    const [keptReply, goneReply] = [await shown(world, "Kept Corp"), await shown(world, "Gone Corp")];
    run.enrich(kept, { ceo_name: { value: "Ada Example" } });
    run.withdraw(gone);
    await slack.waitFor(() => /no longer/i.test(world.textOf(goneReply.ts)));
    const handle = findall.faults.add({ path: "events", kind: "events_again" });
    run.match({ name: "New Corp" });
    await shown(world, "New Corp");
    expect(handle.hits).toBeGreaterThan(0);
    expect(world.textOf(keptReply.ts)).toContain("Ada Example");
    expect(world.textOf(goneReply.ts)).toMatch(/no longer/i);
    for (const name of ["Kept Corp", "Gone Corp", "New Corp"]) expect(timesShown(slack, name)).toBe(1);
    expect(world.results()).toBe(1);
    expectOrderly(world);
  });

  it("is found in the result when the run counts a match that the stream never tells", async () => {
    await using world = await start();
    const { slack, run } = world;
    run.match({ name: "Told Corp" });
    await shown(world, "Told Corp");
    run.quirks.silent = true;
    run.match({ name: "Silent Corp" });
    const streams = world.streams();
    await slack.waitFor(() => world.streams() >= streams + 2, { describe: "a stream that says nothing of it" });
    expect([timesShown(slack, "Silent Corp"), world.results()]).toEqual([0, 1]);
    world.pass(61_000);
    await shown(world, "Silent Corp");
    run.quirks.silent = false;
    run.match({ name: "Told Again Corp" });
    await shown(world, "Told Again Corp");
    for (const name of ["Told Corp", "Silent Corp", "Told Again Corp"]) expect(timesShown(slack, name)).toBe(1);
    expect(world.results()).toBe(2);
    expectOrderly(world);
  });

  it("is in the thread before the end is told, also when the stream did not tell all of it", async () => {
    await using world = await start();
    const { slack, run } = world;
    run.match(named(0));
    run.quirks.silent = true;
    run.matchMany(3, (index) => named(index + 1));
    run.end();
    const alert = await completed(world);
    expect(namesIn(world)).toEqual(names(4));
    expect(slack.textOf(alert)).toContain("4 matches");
    expectOrderly(world);
  });

  it("is looked for in the result once more before an ended run comes to rest", async () => {
    await using world = await start();
    const { run } = world;
    run.end();
    await completed(world);
    run.match({ name: "Trailing Corp" });
    await shown(world, "Trailing Corp");
    expect(world.results()).toBe(2);
    Object.assign(run.quirks, { silent: true, modifiedAt: "frozen", metrics: { generated: 2, matched: 1 } });
    run.match({ name: "Hidden Corp" });
    world.pass(11 * 60_000);
    await shown(world, "Hidden Corp");
    expect(messagesOf(world.slack).completions).toHaveLength(1);
    expectOrderly(world);
  });

  it("comes whole to a channel that begins to follow in the middle, and to both from then on", async () => {
    await using world = await start();
    const { run } = world;
    run.matchMany(3, named);
    await shown(world, named(2).name);
    await follow(world, "run_a", CHANNELS.deals, PEOPLE.ben);
    await shown(world, named(2).name, CHANNELS.deals);
    const results = world.results();
    run.match(named(3));
    await Promise.all([shown(world, named(3).name), shown(world, named(3).name, CHANNELS.deals)]);
    expect(world.results()).toBe(results);
    run.end();
    for (const channel of [CHANNELS.research, CHANNELS.deals]) {
      await completed(world, channel);
      expect(namesIn(world, channel)).toEqual(names(4));
      expectOrderly(world, channel);
    }
  });

  it("goes on in the same thread when the run is extended after its end, and the second end is told", async () => {
    await using world = await start();
    const { slack, run } = world;
    run.match(named(0));
    await shown(world, named(0).name);
    run.end();
    await completed(world);
    run.extend(5);
    run.match(named(1));
    expect((await shown(world, named(1).name)).threadTs).toBe(world.card.ts);
    run.end({ status: "completed", reason: "candidates_exhausted" });
    await completed(world, CHANNELS.research, 2);
    expect(namesIn(world)).toEqual(names(2));
    expect(messagesOf(slack).completions).toHaveLength(2);
    expect(world.textOf(world.card.ts)).toContain("of 45");
    expectOrderly(world);
  });

  it("waits for the next process when the service is told to stop in the middle of a stream", async () => {
    await using world = await start();
    const { slack, findall, run } = world;
    const handle = findall.faults.add({ path: "events", kind: "hang", times: 1 });
    run.matchMany(3, named);
    await slack.waitFor(() => handle.hits === 1, { describe: "a stream that is being read" });
    await world.service().stop();
    // The stop ended the stream, which nobody waited out.
    expect(world.logLines.some(({ event }) => event === "news_unreadable")).toBe(false);
    await world.addService();
    await shown(world, named(2).name);
    run.end();
    await completed(world);
    expect(namesIn(world)).toEqual(names(3));
    expectOrderly(world);
  });
});
