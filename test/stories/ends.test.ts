import { describe, expect, it } from "vitest";
import { liveContentOf } from "../../src/sandbox/fake-slack/live-content.ts";
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

describe.concurrent("how a run ends", () => {
  it.each([
    ["completed", "match_limit_met", /extend/i],
    ["completed", "candidates_exhausted", /broad/i],
    ["completed", "low_match_rate", /makes things|generator/i],
    ["completed", "insufficient_funds", /fund|credit|balance/i],
    ["failed", "timeout", /time|again/i],
    ["failed", "error_occurred", /again|new run/i],
    ["cancelled", "user_cancelled", /cancel/i],
    ["action_required", null, /attention|action/i],
    ["completed", "a_reason_from_the_future", /a_reason_from_the_future|a reason from the future/],
    ["completed", null, /ended|completed/i],
  ])("says in plain words that it is %s because of %s, and keeps its matches", async (status, reason, words) => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    run.unmatch({ name: "Failed It" });
    run.match({ name: "Kept Match" });
    run.end({ status, reason });
    await follow(world, "run_a");
    const alert = await completed(world);
    expect(slack.textOf(alert)).toMatch(words);
    expect(slack.textOf(alert)).toContain("@Ana");
    expect(alert.text).toContain(`<@${PEOPLE.ana}>`);
    expect(timesShown(slack, "Kept Match")).toBe(1);
    expect(timesShown(slack, "Failed It")).toBe(0);
    expectOrderly(world);
  });

  it("says honestly that nothing matched", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    for (let index = 0; index < 4; index += 1) run.unmatch();
    await follow(world, "run_a");
    run.end({ status: "completed", reason: "low_match_rate" });
    expect(slack.textOf(await completed(world))).toMatch(/no match|nothing matched|0 match/i);
    expect(messagesOf(slack).candidates).toHaveLength(0);
  });

  it("mentions nobody but the requester, once, and nobody at all on the card", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    run.match();
    run.end();
    await completed(world);
    const mentions = messagesOf(slack).all.flatMap((message) =>
      liveContentOf(message).mentions.map((mention) => `${message.metadata?.event_type} ${mention.target}`),
    );
    expect(new Set(mentions)).toEqual(new Set([`findall_completion ${PEOPLE.ana}`]));
  });

  it("shows an old, finished run as it is: final card, every match on pages, one completion alert", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    run.matchMany(90, (index) => ({ name: `Old Match ${String(index).padStart(3, "0")}` }));
    run.end({ status: "completed", reason: "match_limit_met" });
    await follow(world, "run_a");
    await completed(world);
    const { cards, candidates, completions } = messagesOf(slack);
    expect([cards.length, completions.length]).toEqual([1, 1]);
    expect(candidates.length).toBeLessThanOrEqual(7);
    const all = candidates.map((message) => slack.textOf(message)).join("\n");
    const order = [...all.matchAll(/Old Match (\d{3})/g)]
      .map((match) => match[1])
      .filter((id, at, ids) => ids.indexOf(id) === at);
    expect(order).toEqual(Array.from({ length: 90 }, (_, index) => String(index).padStart(3, "0")));
    expect(slack.textOf(cards[0]!)).toContain("Completed");
    expect(completions[0]!.ts > candidates.at(-1)!.ts).toBe(true);
    expectOrderly(world);
  });

  it("opens the same card and thread again when a finished run is extended, and posts nothing twice", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a", matchLimit: 5 });
    const card = await follow(world, "run_a");
    run.match({ name: "Before The End" });
    run.end({ status: "completed", reason: "match_limit_met" });
    await completed(world);
    run.extend(5);
    await slack.command({ user: PEOPLE.ana, channel: CHANNELS.research, text: "run_a" });
    run.match({ name: "After The Extension" });
    expect((await shown(world, "After The Extension")).threadTs).toBe(card.ts);
    run.end({ status: "completed", reason: "candidates_exhausted" });
    await completed(world, CHANNELS.research, 2);
    expect(timesShown(slack, "Before The End")).toBe(1);
    expect(messagesOf(slack).cards).toHaveLength(1);
    expect(slack.textOf(messagesOf(slack).cards[0]!)).toContain("of 10");
    expectOrderly(world);
  });

  it("tells the second end of a run that was extended and ended again between two looks", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a", matchLimit: 5 });
    await follow(world, "run_a");
    run.end({ status: "completed", reason: "match_limit_met" });
    await completed(world);
    run.extend(5);
    run.match({ name: "Found In Between" });
    run.end({ status: "completed", reason: "match_limit_met" });
    await completed(world, CHANNELS.research, 2);
    expect(timesShown(slack, "Found In Between")).toBe(1);
    expect(slack.textOf(messagesOf(slack).cards[0]!)).toContain("of 10");
    expectOrderly(world);
  });

  it("tells that second end also when the new limit could not be read at first", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a", matchLimit: 5 });
    await follow(world, "run_a");
    run.end({ status: "completed", reason: "match_limit_met" });
    await completed(world);
    findall.faults.add({ kind: "status", status: 500, path: "schema", times: 1 });
    run.extend(5);
    run.match({ name: "Found In Between" });
    run.end({ status: "completed", reason: "match_limit_met" });
    await completed(world, CHANNELS.research, 2);
    expect(timesShown(slack, "Found In Between")).toBe(1);
    expectOrderly(world);
  });

  it("tells one end of a run that was extended while it ran, against its new limit, also when a match trails in", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a", matchLimit: 5 });
    await follow(world, "run_a");
    run.match({ name: "First Match" });
    await shown(world, "First Match");
    run.extend(5);
    run.end({ status: "completed", reason: "candidates_exhausted" });
    expect(slack.textOf(await completed(world))).not.toContain("of 5");
    expect(slack.textOf(messagesOf(slack).cards[0]!)).toContain("1 of 10");
    run.match({ name: "Trailing Match" });
    await shown(world, "Trailing Match");
    await slack.waitFor(() => slack.textOf(messagesOf(slack).cards[0]!).includes("2 of 10"));
    expect(world.logLines.some(({ event }) => event === "run_active_again")).toBe(false);
    expect(messagesOf(slack).completions).toHaveLength(1);
    expectOrderly(world);
  });

  it("adds matches that trail in after the end without telling the end again", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    run.end({ status: "cancelled", reason: "user_cancelled" });
    await completed(world);
    run.match({ name: "Trailing Match" });
    await shown(world, "Trailing Match");
    expect(messagesOf(slack).completions).toHaveLength(1);
  });

  it("looks again at a run that came to rest when somebody asks for it, and shows what it missed", async () => {
    let offset = 0;
    await using world = await startTestWorld({ overrides: { now: () => Date.now() + offset } });
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a", matchLimit: 5 });
    await follow(world, "run_a");
    run.end({ status: "completed", reason: "match_limit_met" });
    await completed(world);
    offset = 11 * 60_000;
    await slack.waitFor(() => world.logLines.some((line) => line.event === "run_at_rest"));
    run.extend(5);
    run.match({ name: "Found At Rest" });
    run.end({ status: "completed", reason: "candidates_exhausted" });
    await slack.command({ user: PEOPLE.ben, channel: CHANNELS.research, text: "run_a" });
    await shown(world, "Found At Rest");
    await completed(world, CHANNELS.research, 2);
    expect(messagesOf(slack).cards).toHaveLength(1);
    expectOrderly(world);
  });

  it("edits the reply when an enrichment arrives, also after the end", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    const id = run.match({ name: "Tern Robotics" });
    const reply = await shown(world, "Tern Robotics");
    run.end();
    await completed(world);
    run.enrich(id, { ceo_name: { value: "Ada Example" } });
    await slack.waitFor(() => slack.textOf(slack.channel(CHANNELS.research).find(reply.ts)!).includes("Ada Example"));
    expect(timesShown(slack, "Tern Robotics")).toBe(1);
    expectOrderly(world);
  });

  it("marks a match that was withdrawn, and takes the mark away when it matches again", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    const id = run.match({ name: "Tern Robotics" });
    const reply = await shown(world, "Tern Robotics");
    const text = () => slack.textOf(slack.channel(CHANNELS.research).find(reply.ts)!);
    run.withdraw(id);
    await slack.waitFor(() => /no longer/i.test(text()));
    expect(text()).toContain("Tern Robotics");
    run.match(id);
    await slack.waitFor(() => !/no longer/i.test(text()));
    expect(timesShown(slack, "Tern Robotics")).toBe(1);
    expectOrderly(world);
  });

  it("follows one run in two channels, each with everything once", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    run.match({ name: "Early Match" });
    await shown(world, "Early Match");
    await follow(world, "run_a", CHANNELS.deals, PEOPLE.ben);
    await shown(world, "Early Match", CHANNELS.deals);
    run.match({ name: "Late Match" });
    run.end();
    await Promise.all([completed(world), completed(world, CHANNELS.deals)]);
    for (const channel of [CHANNELS.research, CHANNELS.deals]) {
      expect([timesShown(slack, "Early Match", channel), timesShown(slack, "Late Match", channel)]).toEqual([1, 1]);
      expectOrderly(world, channel);
    }
  });
});
