import { describe, expect, it } from "vitest";
import { startSettingsWorld } from "../support/settings.ts";
import { CHANNELS, completed, expectOrderly, follow, messagesOf, PEOPLE, shown, timesShown } from "../support/world.ts";

type World = Awaited<ReturnType<typeof startSettingsWorld>>;

const NOW = "2026-11-24T10:00:00Z";
const type = (world: World, text: string, user: string = PEOPLE.ana) =>
  world.slack.command({ user, channel: CHANNELS.research, text });
const names = ["One", "Two", "Three", "Four", "Five"];

describe.concurrent("a watch that a person pauses", () => {
  it("posts nothing new and stays true, also over a restart and the bot's return, until a person resumes it", async () => {
    await using world = await startSettingsWorld(NOW);
    const { slack } = world;
    const run = world.findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    const first = run.match({ name: "Before" });
    await shown(world, "Before");
    await type(world, "pause run_a", PEOPLE.ben);
    await world.cardSays(/Paused by ben/);
    for (const name of names) run.match({ name });
    run.enrich(first, { phone: { value: "555-0100" } });
    await shown(world, "555-0100");
    await world.cardSays(/5 more matches wait/);
    await world.service().stop();
    await world.addService();
    await slack.invite(CHANNELS.research);
    run.end();
    await world.cardSays(/limit|Completed/);
    expect(messagesOf(slack)).toMatchObject({ candidates: { length: 1 }, completions: [] });
    await type(world, "resume run_a");
    await completed(world);
    expect(names.map((name) => timesShown(slack, name))).toEqual(names.map(() => 1));
    expect(messagesOf(slack).candidates).toHaveLength(2);
    await world.cardSays(/^(?![\s\S]*Paused by)/);
    expectOrderly(world);
  });

  it("keeps its card true when a page shows a match at last that was withdrawn meanwhile", async () => {
    await using world = await startSettingsWorld(NOW);
    const run = world.findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    await type(world, "pause run_a");
    await world.cardSays(/Paused by ana/);
    const [first, second] = names.map((name) => run.match({ name }));
    await world.cardSays(/5 more matches wait/);
    run.withdraw(second!);
    await world.cardSays(/4 of 10 matched/);
    await type(world, "resume run_a");
    await world.cardSays(/4 matches in the thread/);
    run.enrich(first!, { phone: { value: "555-0100" } });
    await shown(world, "555-0100");
    expect(timesShown(world.slack, "Two")).toBe(1);
    await world.cardSays(/5 matches in the thread/);
    expectOrderly(world);
  });

  it("goes on too when somebody asks for the run again", async () => {
    await using world = await startSettingsWorld(NOW);
    const run = world.findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    await type(world, "pause run_a");
    await world.cardSays(/Paused by ana/);
    run.match({ name: "Missed" });
    await world.cardSays(/1 more match waits/);
    await type(world, "run_a");
    await shown(world, "Missed");
    expectOrderly(world);
  });

  it("that Slack refuses besides is tried again by itself, and stays paused when Slack lets the bot in", async () => {
    await using world = await startSettingsWorld(NOW);
    const { slack } = world;
    const run = world.findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    await type(world, "pause run_a");
    await world.cardSays(/Paused by ana/);
    slack.kick(CHANNELS.research);
    run.match({ name: "Missed" });
    await slack.waitFor(() => world.logLines.find((line) => line.event === "watches_paused"), {
      describe: "the refusal",
    });
    slack.invite(CHANNELS.research);
    await world.cardSays(/Paused by ana[\s\S]*1 more match waits/);
    expect(messagesOf(slack).candidates).toEqual([]);
    await type(world, "resume run_a");
    await shown(world, "Missed");
    expectOrderly(world);
  });
});

describe.concurrent("a watch that a person mutes", () => {
  it("is silent for that time, and then brings everything on a page", async () => {
    await using world = await startSettingsWorld(NOW);
    const run = world.findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    await type(world, "mute run_a 2h");
    await world.cardSays(/Muted until/);
    for (const name of names) run.match({ name });
    await world.cardSays(/5 more matches wait/);
    await world.moveTo("2026-11-24T12:00:05Z");
    await shown(world, "Five");
    expect(messagesOf(world.slack).candidates).toHaveLength(1);
    expectOrderly(world);
  });

  it("is told of an end that comes before that time is over", async () => {
    await using world = await startSettingsWorld(NOW);
    const run = world.findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    await type(world, "mute run_a 2h");
    run.match({ name: "One" });
    await world.cardSays(/1 more match waits/);
    run.end();
    await completed(world);
    await world.cardSays(/^(?![\s\S]*Muted)/);
    expect(timesShown(world.slack, "One")).toBe(1);
    expectOrderly(world);
  });

  it("until its end is not silent any more when its run is extended", async () => {
    await using world = await startSettingsWorld(NOW);
    const run = world.findall.addRun({ id: "run_a", matchLimit: 1 });
    await follow(world, "run_a");
    await type(world, "mute run_a");
    run.match({ name: "One" });
    await world.cardSays(/1 more match waits/);
    run.end();
    await completed(world);
    run.extend(5);
    await world.cardSays(/Running/);
    run.match({ name: "Two" });
    await shown(world, "Two");
    expectOrderly(world);
  });

  it("without a time is silent until the run ends", async () => {
    await using world = await startSettingsWorld(NOW);
    const run = world.findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    await type(world, "mute run_a");
    await world.cardSays(/Muted until the run has ended/);
    run.match({ name: "One" });
    await world.cardSays(/1 more match waits/);
    run.end();
    await completed(world);
    expect(timesShown(world.slack, "One")).toBe(1);
    expectOrderly(world);
  });
});
