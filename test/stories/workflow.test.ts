import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Json } from "../../src/sandbox/fake-slack/model.ts";
import { CHANNELS, follow, messagesOf, PEOPLE, startTestWorld, type TestWorld } from "../support/world.ts";

// Most of each story is waiting for the next sweep: they wait together.
describe.concurrent("the workflow step “Watch a FindAll run”", () => {
  let world: TestWorld;
  beforeAll(async () => {
    world = await startTestWorld();
    world.findall.addRun({ id: "run_refused" });
  });
  afterAll(async () => world?.close());

  const step = (run_id: string, channel: string, more: object = {}, again?: string) =>
    world.slack.workflowStep({ inputs: { run_id, channel, ...more }, again });
  const over = (id: string) =>
    world.slack.waitFor(
      () => {
        const execution = world.slack.execution(id);
        return execution?.state === "running" ? null : execution;
      },
      { describe: `the end of ${id}` },
    );
  const newChannel = (name: string) =>
    world.slack.addChannel({ name, members: [PEOPLE.ana, world.slack.app.botUserId] }).id;
  const toldOf = (id: string, event = "workflow_step_ended") =>
    world.logLines.filter((line) => line.event === event && line.execution === id).length;

  it("leaves a person's pause as it is, and who asked", async () => {
    const { slack, findall } = world;
    const channel = newChannel("paused-flows");
    findall.addRun({ id: "run_paused" });
    await follow(world, "run_paused", channel);
    await slack.command({ user: PEOPLE.ana, channel, text: "pause run_paused" });
    await step("run_paused", channel);
    await slack.waitFor(() => world.logLines.some((line) => line.event === "workflow_step_begun"));
    const list = await slack.command({ user: PEOPLE.ana, channel, text: "list" });
    const listed = () => list.ephemerals().some((each) => slack.textOf(each).includes("paused by ana"));
    await slack.waitFor(listed, { describe: "a list that says so" });
    expect(slack.textOf(messagesOf(slack, channel).cards[0]!)).toContain("Requested by ana");
  });

  it("waits for the end of the run and for every match, once for each workflow, whatever comes twice", async () => {
    const { slack, findall } = world;
    const channel = newChannel("flows");
    const run = findall.addRun({ id: "run_flow" });
    run.match({ name: "First Match" });
    const [one, two] = await Promise.all([
      step(" https://api.parallel.ai/v1beta/findall/runs/run_flow ", channel),
      step("run_flow", channel, { requester: PEOPLE.ben }),
    ]);
    expect(one.acks.at(-1)?.acked).toBe(true);
    await slack.waitFor(() => messagesOf(slack, channel).candidates.length === 1);
    await step("run_flow", channel, {}, one.id);
    expect(slack.execution(one.id)?.state).toBe("running");
    run.match({ name: "Last Match" });
    run.end({ status: "completed", reason: "match_limit_met" });
    const ended = [await over(one.id), await over(two.id)];
    await step("run_flow", channel, {}, one.id);
    const { cards, completions, candidates } = messagesOf(slack, channel);
    expect(candidates.length).toBeGreaterThanOrEqual(2);
    expect(completions).toHaveLength(1);
    expect(cards).toHaveLength(1);
    for (const { state, outputs } of ended) {
      expect(state).toBe("completed");
      expect(outputs).toEqual({
        status: "completed",
        reason: "match_limit_met",
        matched: 2,
        card_link: slack.permalink(cards[0]!),
      });
    }
    expect(slack.textOf(cards[0]!)).not.toContain("@");
    for (const { id } of [one, two]) expect([toldOf(id), toldOf(id, "workflow_step_given_up")]).toEqual([1, 0]);
  });

  it("goes on at once where the run has ended and is delivered, and mentions nobody when no person is named", async () => {
    const { slack, findall } = world;
    const channel = newChannel("flows-over");
    const run = findall.addRun({ id: "run_over" });
    run.match();
    run.end();
    const first = await step("run_over", channel);
    expect((await over(first.id)).state).toBe("completed");
    const [alert] = messagesOf(slack, channel).completions;
    expect(alert?.text).not.toContain("<@");
    const began = Date.now();
    const second = await step("run_over", channel);
    expect((await over(second.id)).outputs).toMatchObject({ status: "completed", matched: 1 });
    expect(Date.now() - began).toBeLessThan(3_000);
    expect(messagesOf(slack, channel).completions).toHaveLength(1);
  });

  it.each([
    ["holds no id", "no id here at all", CHANNELS.research, /no id of a FindAll run/],
    ["names a run that nobody knows", "run_nowhere", CHANNELS.research, /does not know the run run_nowhere/],
    ["names a channel that the app is not in", "run_refused", CHANNELS.random, /\/invite/],
    ["names an archived channel", "run_refused", CHANNELS.archived, /archived/],
  ])("fails in plain words when it %s", async (_, runId, channel, words) => {
    const { id } = await step(runId, channel);
    const execution = await over(id);
    expect(execution.state).toBe("failed");
    expect(execution.error).toMatch(words);
  });

  it("fails when a person stops the watch, and says who", async () => {
    const { slack, findall } = world;
    const channel = newChannel("flows-stopped");
    findall.addRun({ id: "run_stopped" });
    const { id } = await step("run_stopped", channel);
    await slack.waitFor(() => messagesOf(slack, channel).cards.length === 1);
    await slack.command({ user: PEOPLE.ana, channel, text: "stop run_stopped" });
    expect((await over(id)).error).toMatch(/ana stopped following/);
  });

  it("is told of again until Slack takes it, and let go when the workflow is no more", async () => {
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_told" });
    run.end();
    const channel = newChannel("flows-told");
    await follow(world, "run_told", channel);
    await slack.waitFor(() => messagesOf(slack, channel).completions.length === 1);
    const target = {
      method: "functions.completeSuccess",
      match: (args: Json) => JSON.stringify(args.outputs).includes(channel),
      times: 1,
    };
    const fault = slack.faults.add({ ...target, kind: "http", status: 503 });
    const lost = slack.faults.add({ ...target, kind: "lost" });
    const { id } = await step("run_told", channel);
    expect((await over(id)).state).toBe("completed");
    expect(fault.hits).toBe(1);
    await slack.waitFor(() => toldOf(id, "workflow_step_given_up") === 1, {
      describe: "the second answer being refused",
    });
    expect(lost.hits).toBe(1);
  });
});

describe("a workflow step that was begun", () => {
  it("survives that the service is stopped, and ends with the next one", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_restart" });
    const { id } = await slack.workflowStep({ inputs: { run_id: "run_restart", channel: CHANNELS.research } });
    await slack.waitFor(() => messagesOf(slack).cards.length === 1);
    await world.service().stop();
    run.match();
    run.end();
    await world.addService();
    await slack.waitFor(() => slack.execution(id)?.state === "completed");
    expect(slack.execution(id)?.outputs).toMatchObject({ matched: 1 });
  });
});
