import { describe, expect, it, vi } from "vitest";
import { SLACK_ERRORS } from "../../src/slack/error-table.ts";
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

const refusals = (action: string) =>
  Object.entries(SLACK_ERRORS)
    .filter(([, row]) => row.post === action && row.what !== undefined)
    .map(([code]) => code);

/** A message that goes to the channel, not to a person directly. */
const TO_CHANNEL = { channel: CHANNELS.research };

const told = (world: TestWorld, user: string = PEOPLE.ana) => world.slack.channel(world.slack.appDm(user)).messages();
const type = (world: TestWorld, text: string, user: string = PEOPLE.ana) =>
  world.slack.command({ user, channel: CHANNELS.research, text });
/** The first words of a sentence, as far as no name is filled in. */
const gist = (code: string) => (SLACK_ERRORS[code]?.what ?? "").split(/[{(.]/)[0] ?? "";

describe.concurrent("a channel or thread that refuses messages", () => {
  it.each([...refusals("pause_channel"), ...refusals("pause_watch")])(
    "with %s: keeps everything, tells the requester once what to do, shows it, and delivers once it is mended",
    async (code) => {
      await using world = await startTestWorld();
      const { slack } = world;
      const run = world.findall.addRun({ id: "run_a" });
      await follow(world, "run_a");
      const fault = slack.faults.add({ method: "chat.postMessage", ...TO_CHANNEL, kind: "error", error: code });
      run.match({ name: "Refused" });
      const note = await slack.waitFor(() => told(world)[0], { describe: "a direct message to Ana" });
      expect(slack.textOf(note)).toContain(gist(code));
      await type(world, "list");
      const listed = () =>
        slack.ephemeral(PEOPLE.ana).some((each) => slack.textOf(each).includes(`held up: ${gist(code)}`));
      await slack.waitFor(listed, { describe: "a list that says so" });
      const ready = await fetch(`http://127.0.0.1:${world.service().port}/readyz`);
      expect(await ready.text()).toContain(`1 (${code})`);
      run.match({ name: "Later" });
      run.end();
      fault.remove();
      await type(world, "resume run_a");
      await completed(world);
      expect([timesShown(slack, "Refused"), timesShown(slack, "Later"), told(world).length]).toEqual([1, 1, 1]);
      expectOrderly(world);
    },
  );
});

describe.concurrent("a held-up run whose requester cannot be told by a direct message", () => {
  const error = "restricted_action_thread_locked";
  const heldUp = async (dmError: string) => {
    let offset = 0;
    const world = await startTestWorld({ overrides: { now: () => Date.now() + offset } });
    const run = world.findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    const refuse = (channel: string, code: string) =>
      world.slack.faults.add({ method: "chat.postMessage", channel, kind: "error", error: code });
    const dm = refuse(PEOPLE.ana, dmError);
    const matchRefused = () => {
      const fault = refuse(CHANNELS.research, error);
      run.match({ name: "Refused" });
      return fault;
    };
    return {
      ...world,
      dm,
      matchRefused,
      pass: (ms: number) => {
        offset += ms;
      },
      answers: () => world.slack.ephemeral(PEOPLE.ana).map((each) => world.slack.textOf(each)),
    };
  };

  it.each(["messages_tab_disabled", "user_disabled", "restricted_action", "channel_not_found"])(
    "(%s) is told of in answer to the command, while Slack takes that",
    async (code) => {
      await using world = await heldUp(code);
      world.matchRefused();
      const isTold = () => world.answers().some((text) => text.includes(gist(error)));
      await world.slack.waitFor(isTold, { describe: "an answer to Ana" });
      expect(world.slack.problems()).toEqual([]);
    },
  );

  it("says what holds it up to whoever asks for its status, and delivers once it is mended", async () => {
    await using world = await heldUp("messages_tab_disabled");
    const { slack } = world;
    world.pass(31 * 60_000);
    const fault = world.matchRefused();
    await slack.waitFor(() => world.dm.hits === 1, { describe: "a refused direct message" });
    await slack.command({ user: PEOPLE.ben, channel: CHANNELS.research, text: "status run_a" });
    const told = () =>
      slack
        .ephemeral(PEOPLE.ben)
        .map((each) => slack.textOf(each))
        .join("\n");
    await slack.waitFor(() => told().includes(gist(error)), { describe: "a status that says so" });
    expect(told()).toContain("Unlock the thread");
    expect(world.answers().join("\n")).not.toContain(gist(error));
    fault.remove();
    await type(world, "resume run_a");
    await shown(world, "Refused");
    expect(timesShown(slack, "Refused")).toBe(1);
    expectOrderly(world);
  });
});

describe.concurrent("a held-up run", () => {
  it("is taken over by whoever asks for it: they hear what still holds it up, and of its end", async () => {
    await using world = await startTestWorld();
    const { slack } = world;
    const run = world.findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    const error = "restricted_action_thread_locked";
    const fault = slack.faults.add({ method: "chat.postMessage", ...TO_CHANNEL, kind: "error", error });
    run.match({ name: "Refused" });
    await slack.waitFor(() => told(world).length === 1, { describe: "a direct message to Ana" });
    await type(world, "run_a", PEOPLE.ben);
    const note = await slack.waitFor(() => told(world, PEOPLE.ben)[0], { describe: "a direct message to Ben" });
    expect(slack.textOf(note)).toContain(gist(error));
    fault.remove();
    await type(world, "run_a", PEOPLE.ben);
    await shown(world, "Refused");
    run.end();
    const alert = await completed(world);
    expect(slack.textOf(alert)).toContain("@Ben");
    expect([told(world).length, told(world, PEOPLE.ben).length]).toEqual([1, 1]);
    expectOrderly(world);
  });

  it("says on its card what is wrong where only new messages are refused", async () => {
    await using world = await startTestWorld();
    const { slack } = world;
    const run = world.findall.addRun({ id: "run_a" });
    const card = await follow(world, "run_a");
    slack.lockThread(CHANNELS.research, card.ts);
    run.match({ name: "Refused" });
    const said = () => slack.textOf(messagesOf(slack).cards[0]!);
    await slack.waitFor(() => /Posting is paused.*locked/.test(said()), { describe: "a card that says so" });
    expect(said()).toContain("1 of 10 matched");
    expectOrderly(world);
  });

  it("is not held up once somebody has stopped it, and goes on when it is asked for again", async () => {
    await using world = await startTestWorld();
    const { slack } = world;
    const run = world.findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    const fault = slack.faults.add({ method: "chat.update", ...TO_CHANNEL, kind: "error", error: "restricted_action" });
    await type(world, "stop run_a");
    await slack.waitFor(() => fault.hits > 0, { describe: "a refused edit" });
    const list = await type(world, "list");
    const listed = () => list.ephemerals().some((each) => slack.textOf(each).includes("stopped by ana"));
    await slack.waitFor(listed, { describe: "a list that says so" });
    fault.remove();
    await type(world, "run_a");
    run.match({ name: "Afterwards" });
    await shown(world, "Afterwards");
    expect(told(world)).toEqual([]);
    expectOrderly(world);
  });

  it("keeps its requester when somebody only resumes it", async () => {
    await using world = await startTestWorld();
    const run = world.findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    await type(world, "pause run_a");
    await type(world, "resume run_a", PEOPLE.ben);
    run.end();
    expect(world.slack.textOf(await completed(world))).toContain("@Ana");
    expectOrderly(world);
  });
});

describe.concurrent("an installation that Slack refuses", () => {
  it.each(refusals("pause_workspace"))(
    "with %s: holds everything, tells people and operators, and delivers once when Slack accepts it again",
    async (code) => {
      await using world = await startTestWorld();
      const { slack } = world;
      const run = world.findall.addRun({ id: "run_a" });
      await follow(world, "run_a");
      const faults = ["chat.postMessage", "auth.test"].map((method) =>
        slack.faults.add({ method, kind: "error", error: code }),
      );
      run.match({ name: "Refused" });
      const page = async (name: string) => (await fetch(`http://127.0.0.1:${world.service().port}/${name}`)).text();
      const answers = (user: string) => slack.ephemeral(user).map((each) => slack.textOf(each));
      const saysWhy = (text: string) => text.includes("Nothing can be posted") && text.includes(gist(code));
      await slack.waitFor(() => answers(PEOPLE.ana).some(saysWhy), { describe: "an answer to Ana that says why" });
      expect(await page("readyz")).toContain(code);
      const held = `findall_workspace_held{reason="${code}"} 1`;
      await vi.waitFor(async () => expect(await page("metrics")).toContain(held), { timeout: 40_000, interval: 250 });
      for (const text of ["list", "status run_a", "run_a"]) {
        const command = await type(world, text, PEOPLE.ben);
        await slack.waitFor(() => saysWhy(slack.textOf(command.ephemerals().at(-1)!)), { describe: text });
      }
      expect(answers(PEOPLE.ana).filter(saysWhy)).toHaveLength(1);
      for (const fault of faults) fault.remove();
      await shown(world, "Refused");
      expect(timesShown(slack, "Refused")).toBe(1);
      expectOrderly(world);
    },
  );
});
