import { describe, expect, it, vi } from "vitest";
import type { FakeCandidate } from "../../src/sandbox/fake-findall/candidate.ts";
import { startSettingsWorld } from "../support/settings.ts";
import { CHANNELS, completed, expectOrderly, follow, messagesOf, PEOPLE, shown, timesShown } from "../support/world.ts";

/** A candidate whose evidence has one confidence throughout. */
const graded = (name: string, confidence: string): FakeCandidate => ({
  name,
  conditions: { makes_things_check: { confidence } },
});

describe.concurrent("what arrives in a channel", () => {
  it("comes as pages at the boundary of its digest, and what is left at the end before the alert", async () => {
    await using world = await startSettingsWorld("2026-11-24T10:01:00Z");
    await world.set({ arrives: "digest-30" });
    const run = world.findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    for (const name of ["One", "Two", "Three"]) run.match({ name });
    await world.cardSays(/3 more matches wait/);
    expect(messagesOf(world.slack).candidates).toEqual([]);
    await world.moveTo("2026-11-24T10:30:00Z");
    await shown(world, "Three");
    expect(messagesOf(world.slack).candidates).toHaveLength(1);
    run.match({ name: "Four" });
    await world.cardSays(/1 more match waits/);
    run.end();
    await completed(world);
    expect(messagesOf(world.slack).candidates).toHaveLength(2);
    expectOrderly(world);
  });

  it("comes at the end alone where only the end is wanted, all of it, and then the alert", async () => {
    await using world = await startSettingsWorld("2026-11-24T10:01:00Z");
    await world.set({ arrives: "end" });
    const run = world.findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    for (const name of ["One", "Two"]) run.match({ name });
    await world.cardSays(/2 more matches wait/);
    await world.moveTo("2026-11-24T14:00:00Z");
    expect(messagesOf(world.slack).candidates).toEqual([]);
    run.end();
    await completed(world);
    expect([timesShown(world.slack, "One"), timesShown(world.slack, "Two")]).toEqual([1, 1]);
    expectOrderly(world);
  });

  it("waits for the end of quiet hours, over a restart, while commands are answered and the card stays true", async () => {
    await using world = await startSettingsWorld("2026-11-24T21:30:00Z");
    await world.set({ quiet: { from: "22:00", to: "07:00" }, timeZone: "Europe/Berlin" });
    const run = world.findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    for (const name of ["One", "Two", "Three", "Four"]) run.match({ name });
    run.end();
    await world.cardSays(/4 more matches wait[\s\S]*/);
    expect(messagesOf(world.slack)).toMatchObject({ candidates: [], completions: [] });
    await world.service().stop();
    await world.addService();
    await world.moveTo("2026-11-25T06:00:01Z");
    await completed(world);
    expect(messagesOf(world.slack).candidates).toHaveLength(1);
    expectOrderly(world);
  });

  it("is told in the thread alone, without a mention, where the channel wants that: also of a run that goes on", async () => {
    await using world = await startSettingsWorld("2026-11-24T10:00:00Z");
    const run = world.findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    expect(await world.set({ alertInChannel: false, mention: false })).toMatchObject({ kind: "saved", running: 1 });
    await world.cardSays(/Set here: the end told in the thread alone · without a mention/);
    run.end();
    const alert = await completed(world);
    expect(alert.broadcast).toBe(false);
    expect(world.slack.textOf(alert)).not.toContain(PEOPLE.ana);
    expectOrderly(world);
  });
});

describe.concurrent("a filter", () => {
  it("holds back also what waits on a page that Slack has not taken", async () => {
    await using world = await startSettingsWorld("2026-11-24T10:01:00Z");
    const { slack } = world;
    const run = world.findall.addRun({ id: "run_a", matchLimit: 20 });
    await follow(world, "run_a");
    await slack.command({ user: PEOPLE.ana, channel: CHANNELS.research, text: "pause run_a" });
    for (let index = 0; index < 6; index += 1) run.match({ name: `Bad ${index}`, url: "https://bad.example.com" });
    run.match({ name: "Good", url: "https://good.test" });
    await world.cardSays(/7 more/);
    const fault = slack.faults.add({
      method: "chat.postMessage",
      channel: CHANNELS.research,
      kind: "error",
      error: "restricted_action",
    });
    await slack.command({ user: PEOPLE.ana, channel: CHANNELS.research, text: "resume run_a" });
    await slack.waitFor(() => world.logLines.some((line) => line.event === "watches_paused"), {
      describe: "a refusal",
    });
    await world.set({ excludedDomains: ["example.com"] });
    fault.remove();
    await slack.command({ user: PEOPLE.ana, channel: CHANNELS.research, text: "resume run_a" });
    await shown(world, "Good");
    expect(timesShown(slack, "Bad 3")).toBe(0);
    await world.cardSays(/6 matches held back/);
    await world.set({});
    await shown(world, "Bad 5");
    expect([0, 1, 2, 3, 4, 5].map((index) => timesShown(slack, `Bad ${index}`))).toEqual([1, 1, 1, 1, 1, 1]);
    expectOrderly(world);
  });

  it("leaves out for one run what the channel leaves out, and what was said before for it", async () => {
    await using world = await startSettingsWorld("2026-11-24T10:01:00Z");
    const { slack } = world;
    await world.set({ excludedDomains: ["example.com"] });
    const run = world.findall.addRun({ id: "run_a" });
    const type = async (text: string, answer: RegExp) => {
      const { ephemerals } = await slack.command({ user: PEOPLE.ana, channel: CHANNELS.research, text });
      await slack.waitFor(() => ephemerals().some((each) => answer.test(slack.textOf(each))), { describe: text });
    };
    await type("run_a -domain:foo.test", /For this run alone/);
    await type("run_a -domain:baz.test", /For this run alone/);
    for (const host of ["example.com", "foo.test", "baz.test", "fine.test"])
      run.match({ name: host, url: `https://${host}` });
    await world.cardSays(/3 matches held back/);
    await shown(world, "fine.test");
    await type("run_a default", /taken back/);
    await shown(world, "foo.test");
    await world.cardSays(/1 match held back/);
    expectOrderly(world);
  });

  it("holds back what does not pass: counted on the card, in the export, and delivered once when it is loosened", async () => {
    await using world = await startSettingsWorld("2026-11-24T10:00:00Z");
    await world.set({ excludedDomains: ["example.com"] });
    const run = world.findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    run.match({ name: "Shown", url: "https://fine.example.org" });
    run.match({ name: "Kept", url: "https://www.example.com/about" });
    run.match({ name: "Kept too", url: "shop.example.com" });
    await shown(world, "Shown");
    await world.cardSays(/2 matches held back/);
    expect(timesShown(world.slack, "Kept")).toBe(0);
    await world.slack.command({ user: PEOPLE.ana, channel: CHANNELS.research, text: "export run_a" });
    const file = await world.slack.waitFor(() => world.slack.files()[0], { describe: "the export" });
    expect(file.content.toString()).toMatch(/Kept too/);
    run.end();
    await completed(world);
    expect(await world.set({ excludedDomains: [] })).toMatchObject({ kind: "saved", released: 2 });
    await shown(world, "Kept too");
    await world.cardSays(/^(?![\s\S]*held back)/);
    expect([timesShown(world.slack, "Shown"), timesShown(world.slack, "Kept too")]).toEqual([1, 1]);
    expectOrderly(world);
  });

  it("said for one watch alone holds for that watch, and can be changed while it runs", async () => {
    await using world = await startSettingsWorld("2026-11-24T10:00:00Z");
    const run = world.findall.addRun({ id: "run_a" });
    await follow(world, "run_a confidence>=high");
    run.match(graded("Weak", "low"));
    run.match(graded("Strong", "high"));
    await shown(world, "Strong");
    await world.cardSays(/1 match held back/);
    await world.slack.command({ user: PEOPLE.ana, channel: CHANNELS.research, text: "run_a confidence any" });
    await shown(world, "Weak");
    expectOrderly(world);
  });

  it("lets a candidate through that passes later, and forgets one that matches no longer", async () => {
    await using world = await startSettingsWorld("2026-11-24T10:00:00Z");
    await world.set({ minConfidence: "high" });
    const run = world.findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    const first = run.match(graded("First", "low"));
    const second = run.match(graded("Second", "low"));
    await world.cardSays(/2 matches held back/);
    run.match({ id: first, ...graded("First", "high") });
    run.withdraw(second);
    await shown(world, "First");
    await vi.waitFor(async () => expect((await world.held()).size).toBe(0), { timeout: 40_000 });
    expectOrderly(world);
  });
});

describe.concurrent("the reminder", () => {
  it("comes once each working day while candidates wait, and names nobody", async () => {
    await using world = await startSettingsWorld("2026-11-27T08:59:00Z");
    const run = world.findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    run.match({ name: "One" });
    await shown(world, "One");
    await world.set({ reminder: true });
    const notes = () => messagesOf(world.slack).notes;
    await world.moveTo("2026-11-27T09:00:01Z");
    const [first] = await world.slack.waitFor(() => (notes().length === 1 ? notes() : null), {
      describe: "a reminder",
    });
    expect(first && world.slack.textOf(first)).toMatch(/1 candidate waits for review/);
    expect(first?.broadcast).toBe(true);
    await world.moveTo("2026-11-28T12:00:00Z");
    await world.moveTo("2026-11-30T09:00:01Z");
    await world.slack.waitFor(() => notes().length === 2, { describe: "the reminder of Monday" });
    expectOrderly(world);
  });
});
