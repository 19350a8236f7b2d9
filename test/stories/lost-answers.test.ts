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

describe.concurrent("when Slack's answer to a post is lost", () => {
  it("adopts the card that was posted, and goes on in its thread", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    slack.faults.add({ method: "chat.postMessage", kind: "lost", times: 1 });
    const card = await follow(world, "run_a");
    run.match({ name: "Tern Robotics" });
    expect((await shown(world, "Tern Robotics")).threadTs).toBe(card.ts);
    run.end();
    await completed(world);
    expect(messagesOf(slack).cards).toHaveLength(1);
    expectOrderly(world);
  });

  it.each([
    ["the connection is cut after Slack took the post", { kind: "lost" } as const],
    ["Slack answers 500 after it took the post", { kind: "http", commit: true } as const],
    [
      "Slack answers internal_error after it took the post",
      { kind: "error", error: "internal_error", commit: true } as const,
    ],
    ["Slack answers with a page of HTML after it took the post", { kind: "html", commit: true } as const],
    ["the connection is cut before Slack took the post", { kind: "reset" } as const],
    ["Slack answers 500 without having taken the post", { kind: "http" } as const],
  ])("shows a candidate exactly once although %s", async (_, fault) => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    slack.faults.add({ method: "chat.postMessage", times: 1, ...fault });
    run.match({ name: "First Match" });
    run.match({ name: "Second Match" });
    await shown(world, "Second Match");
    run.end();
    await completed(world);
    expect(timesShown(slack, "First Match")).toBe(1);
    const names = messagesOf(slack).candidates.map((message) => slack.textOf(message).split(" Match")[0]);
    expect(names).toEqual(["First", "Second"]);
    expectOrderly(world);
  });

  it("sends the completion alert once although its answer was lost", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    slack.faults.add({ method: "chat.postMessage", kind: "lost", times: 1 });
    run.end({ status: "completed", reason: "low_match_rate" });
    await completed(world);
    // Only once its fate is settled can it no longer be sent a second time.
    const isSettled = () => world.logLines.some((line) => line.event === "unknown_post_looked_for" && line.resolution);
    await slack.waitFor(isSettled);
    expect(world.logLines.find((line) => line.resolution)).toMatchObject({ kind: "completion", resolution: "found" });
    expect(messagesOf(slack).completions).toHaveLength(1);
    expectOrderly(world);
  });

  it("looks for nothing in any channel while Slack limits looking", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const channels = [CHANNELS.research, CHANNELS.deals];
    for (const [index, channel] of channels.entries()) {
      findall.addRun({ id: `run_${index}` });
      await follow(world, `run_${index}`, channel);
    }
    slack.faults.add({ method: "chat.postMessage", kind: "lost", times: 2 });
    // The first look is told to wait for four seconds, a moment before the second one would begin.
    slack.faults.add({ method: "conversations.replies", kind: "rate_limited", retryAfter: 4, times: 1 });
    findall.run("run_0")?.match({ name: "First Match" });
    await slack.waitFor(() => timesShown(slack, "First Match", CHANNELS.research) === 1);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    findall.run("run_1")?.match({ name: "Second Match" });
    const isSettled = () => world.logLines.filter((line) => line.event === "unknown_post_looked_for").length === 2;
    await slack.waitFor(isSettled, { describe: "both looked for" });
    expect(timesShown(slack, "First Match", CHANNELS.research)).toBe(1);
    expect(timesShown(slack, "Second Match", CHANNELS.deals)).toBe(1);
    expectOrderly(world);
  });

  it("tells a person although the direct message was lost on its way", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    const dm = slack.appDm(PEOPLE.ana);
    slack.faults.add({ method: "chat.postMessage", channel: dm, kind: "reset", times: 1 });
    slack.kick(CHANNELS.research);
    run.match({ name: "Tern Robotics" });
    const note = await slack.waitFor(() => messagesOf(slack, dm).notes[0]);
    expect(slack.textOf(note)).toContain("/invite");
  });

  it("sends again, marked as possibly repeated, where Slack does not let it look", async () => {
    const scopes = ["commands", "chat:write", "channels:read", "groups:read", "im:read", "mpim:read"];
    await using world = await startTestWorld({ slack: { scopes } });
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    slack.faults.add({ method: "chat.postMessage", kind: "lost", times: 1 });
    run.match({ name: "Tern Robotics" });
    await slack.waitFor(() => timesShown(slack, "Tern Robotics") === 2);
    const [, second] = messagesOf(slack).candidates;
    expect(slack.textOf(second!)).toMatch(/twice|repeat/i);
  });
});
