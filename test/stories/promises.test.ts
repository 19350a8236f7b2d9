import { describe, expect, it, vi } from "vitest";
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
} from "../support/world.ts";

describe.concurrent("a run that Slack holds up", () => {
  it("is not resumed while it can be seen that Slack refuses still: the answer says what to do", async () => {
    await using world = await startTestWorld();
    const { slack } = world;
    const run = world.findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    slack.kick(CHANNELS.research);
    run.match({ name: "Missed" });
    await heldUp(world);
    const refused = await ask(world, "resume run_a");
    expect(refused).toMatch(/\/invite[\s\S]*\/findall resume run_a[\s\S]*Nothing was changed/);
    expect(refused).not.toMatch(/on the way|goes on here/);
    expect(await ask(world, "list")).toContain("held up");
    expect(await ask(world, "status run_a")).toMatch(/wait[s]? until Slack takes messages here again/);
    slack.invite(CHANNELS.research);
    await shown(world, "Missed");
    expectOrderly(world);
  });

  it("is tried again where nobody can see beforehand whether Slack refuses, and the answer promises no more", async () => {
    await using world = await startTestWorld();
    const { slack } = world;
    const run = world.findall.addRun({ id: "run_a" });
    const card = await follow(world, "run_a");
    slack.lockThread(CHANNELS.research, card.ts);
    run.match({ name: "Missed" });
    await heldUp(world);
    const answer = await ask(world, "resume run_a");
    expect(answer).toMatch(/I try again now: .* waited .* if Slack takes/);
    expect(answer).not.toContain("on the way");
  });
});

describe.concurrent("what is said while something is kept waiting", () => {
  it("is true in quiet hours: in the answers, and on the card", async () => {
    await using world = await startSettingsWorld("2026-11-24T23:30:00Z");
    await world.set({ quiet: { from: "22:00", to: "07:00" } });
    const run = world.findall.addRun({ id: "run_a" });
    run.match({ name: "One" });
    run.end();
    expect(await ask(world, "run_a")).toMatch(/its match waits until .*2026-11-25 07:00 UTC.*\(quiet hours\)/);
    await world.cardSays(/1 more match waits until .*2026-11-25 07:00 UTC.*\(quiet hours\)/);
    const status = () => ask(world, "status run_a");
    await vi.waitFor(async () => expect(await status()).toMatch(/2 messages wait until .*07:00/), { timeout: 40_000 });
    await ask(world, "pause run_a");
    await world.cardSays(/1 more match waits until the run is resumed/);
    expect(await ask(world, "resume run_a")).toMatch(/still waits? until .*07:00 UTC.*\(quiet hours\)/);
    await world.moveTo("2026-11-25T07:00:01Z");
    await completed(world);
    await world.cardSays(/1 match in the thread(?! ·)/);
    expectOrderly(world);
  });

  it("names the digest that matches wait for, on the card and to who asks", async () => {
    await using world = await startSettingsWorld("2026-11-24T10:01:00Z");
    await world.set({ arrives: "digest-30" });
    const run = world.findall.addRun({ id: "run_a" });
    expect(await ask(world, "run_a")).toContain("come into the card’s thread in a digest every 30 minutes");
    run.match({ name: "One" });
    await world.cardSays(/1 more match waits for the next digest \(.*10:30 UTC/);
    expect(await ask(world, "status run_a")).toMatch(/One message waits for the next digest/);
    await ask(world, "mute run_a 2h");
    expect(await ask(world, "run_a")).toMatch(/waits until .*\(muted\); `?\/findall resume run_a/);
  });

  it("names what a match waits for that a changed filter lets go", async () => {
    await using world = await startSettingsWorld("2026-11-24T10:01:00Z");
    await world.set({ excludedDomains: ["example.com"], arrives: "end" });
    const run = world.findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    run.match({ name: "Kept", url: "https://example.com" });
    await world.cardSays(/1 match held back by the filter here \(it is in the export\)/);
    await world.slack.command({ user: PEOPLE.ana, channel: CHANNELS.research, text: "review run_a" });
    const queue = await world.slack.waitFor(() => world.slack.views.modals(PEOPLE.ana).at(-1));
    await world.slack.waitFor(() => world.slack.viewText(queue.id).includes("1 match held back"), { describe: "why" });
    const saved = await world.set({ arrives: "end" });
    expect(saved).toMatchObject({ kind: "saved", released: 1, waiting: [{ candidates: 1, wait: { kind: "end" } }] });
    await world.cardSays(/1 more match waits for the end of the run/);
  });
});

describe.concurrent("a run that is asked for again", () => {
  it("warns of a condition that it does not have, and says which words from before hold still", async () => {
    await using world = await startTestWorld();
    world.findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    expect(await ask(world, 'run_a condition:"nope"')).toMatch(/has no condition/);
    await ask(world, "stop run_a");
    expect(await ask(world, "help")).toMatch(/stopped by ana[\s\S]*\/findall run_a[\s\S]*follows it again/);
    expect(await ask(world, "run_a")).toMatch(
      /Set before for this run alone: .*nope.*[\s\S]*default[\s\S]*has no condition/,
    );
    expect(messagesOf(world.slack).cards).toHaveLength(1);
  });
});
