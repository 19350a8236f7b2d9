import { describe, expect, it, vi } from "vitest";
import { ACTIONS, keyOf, press, says } from "../support/review.ts";
import { startSettingsWorld } from "../support/settings.ts";
import {
  ask,
  CHANNELS,
  completed,
  expectOrderly,
  follow,
  heldUp,
  messagesOf,
  PEOPLE,
  shown,
  startTestWorld,
  type TestWorld,
  timesShown,
} from "../support/world.ts";

const page = async (world: TestWorld, name: string) =>
  (await fetch(`http://127.0.0.1:${world.service().port}/${name}`)).text();

describe.concurrent("a channel that is held up", () => {
  it("goes on by itself when it is unarchived", async () => {
    await using world = await startTestWorld();
    const { slack } = world;
    const run = world.findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    slack.archive(CHANNELS.research);
    run.match({ name: "Meanwhile" });
    await heldUp(world);
    slack.unarchive(CHANNELS.research);
    await slack.event({ type: "channel_unarchive", channel: CHANNELS.research, user: PEOPLE.ana });
    await shown(world, "Meanwhile");
    expect(timesShown(slack, "Meanwhile")).toBe(1);
    expectOrderly(world);
  });

  it("is tried again by itself where nobody tells that the cause is gone", async () => {
    let ahead = 0;
    await using world = await startTestWorld({ overrides: { now: () => Date.now() + ahead } });
    const { slack } = world;
    const run = world.findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    slack.restrictPosting(CHANNELS.research);
    run.match({ name: "Meanwhile" });
    await heldUp(world);
    slack.restrictPosting(CHANNELS.research, null);
    ahead = 15 * 60_000;
    await shown(world, "Meanwhile");
    expect(slack.channel(slack.appDm(PEOPLE.ana)).messages()).toHaveLength(1);
    expectOrderly(world);
  });

  it("shows in metrics, in the list and in Home, with what to do", async () => {
    await using world = await startTestWorld();
    const { slack } = world;
    const run = world.findall.addRun({ id: "run_a" });
    const card = await follow(world, "run_a");
    slack.lockThread(CHANNELS.research, card.ts);
    run.match({ name: "Refused" });
    await heldUp(world);
    const metric = 'findall_watches_refused{reason="restricted_action_thread_locked"} 1';
    await vi.waitFor(async () => expect(await page(world, "metrics")).toContain(metric), {
      timeout: 40_000,
      interval: 250,
    });
    expect(await ask(world, "list")).toContain("held up: The card's thread is locked");
    await slack.openHome(PEOPLE.ana);
    const home = await slack.waitFor(() => slack.views.home(PEOPLE.ana), { describe: "Home" });
    expect(slack.viewText(home.id)).toMatch(/thread is locked.*Unlock the thread/s);
  });

  it("by one card's locked thread leaves its other runs alone", async () => {
    await using world = await startTestWorld();
    const { slack } = world;
    const [locked, other] = [world.findall.addRun({ id: "run_a" }), world.findall.addRun({ id: "run_b" })];
    const card = await follow(world, "run_a");
    await slack.command({ user: PEOPLE.ana, channel: CHANNELS.research, text: "run_b" });
    await slack.waitFor(() => messagesOf(slack).cards.length === 2, { describe: "the other card" });
    slack.lockThread(CHANNELS.research, card.ts);
    locked.match({ name: "Refused" });
    await heldUp(world);
    other.match({ name: "Free" });
    await shown(world, "Free");
    expect(timesShown(slack, "Refused")).toBe(0);
    expectOrderly(world);
  });
});

describe.concurrent("what a channel wants to hear", () => {
  it("may depend on a text in a condition's value", async () => {
    await using world = await startSettingsWorld("2026-11-24T10:01:00Z");
    await world.set({ condition: { name: "makes_things_check", contains: "robots" } });
    const run = world.findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    run.match({ name: "Other", conditions: { makes_things_check: { value: "Makes boats" } } });
    run.match({ name: "Wanted", conditions: { makes_things_check: { value: "Makes ROBOTS for growers" } } });
    await shown(world, "Wanted");
    await world.cardSays(/1 match held back/);
    expect(timesShown(world.slack, "Other")).toBe(0);
    expectOrderly(world);
  });

  it("is said in words behind a run's id: a digest, a confidence, a domain", async () => {
    await using world = await startSettingsWorld("2026-11-24T10:01:00Z");
    const run = world.findall.addRun({ id: "run_a", matchLimit: 20 });
    await follow(world, "run_a digest 30m confidence>=high -domain:example.com");
    const grade = (confidence: string) => ({ conditions: { makes_things_check: { confidence } } });
    run.match({ name: "Too Low", ...grade("low") });
    run.match({ name: "Left Out", url: "https://shop.example.com", ...grade("high") });
    for (const name of ["First", "Second"]) run.match({ name, ...grade("high") });
    await world.cardSays(/2 matches held back/);
    expect(messagesOf(world.slack).candidates).toEqual([]);
    await world.moveTo("2026-11-24T10:30:00Z");
    await shown(world, "Second");
    expect(messagesOf(world.slack).candidates).toHaveLength(1);
    expect(["First", "Too Low", "Left Out"].map((name) => timesShown(world.slack, name))).toEqual([1, 0, 0]);
    expectOrderly(world);
  });

  it("does not keep a person's click waiting in quiet hours", async () => {
    await using world = await startSettingsWorld("2026-11-24T21:00:00Z");
    await world.set({ quiet: { from: "22:00", to: "07:00" } });
    const run = world.findall.addRun({ id: "run_a" });
    const id = run.match({ name: "Evening" });
    await follow(world, "run_a");
    await shown(world, "Evening");
    await world.moveTo("2026-11-24T23:00:00Z");
    const key = keyOf(world, "run_a", id);
    await press(world, PEOPLE.ben, key, ACTIONS.accepted);
    await says(world, key, /Accepted by ben/);
    await world.cardSays(/1 accepted/);
    expectOrderly(world);
  });
});

describe.concurrent("help", () => {
  it("fits the moment: nothing is followed, a run is under way, it is done", async () => {
    await using world = await startTestWorld();
    const run = world.findall.addRun({ id: "run_a" });
    expect(await ask(world, "help")).toMatch(/To begin: .*invite/);
    await follow(world, "run_a");
    expect(await ask(world, "help")).toMatch(/is running.*review run_a/s);
    run.match({ name: "Only One" });
    run.end();
    await completed(world);
    expect(await ask(world, "help")).toMatch(/is done.*export run_a/s);
  });
});
