import { describe, expect, it } from "vitest";
import { SLACK_ERRORS } from "../../src/slack/error-table.ts";
import {
  CHANNELS,
  completed,
  expectOrderly,
  follow,
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

const told = (world: TestWorld) => world.slack.channel(world.slack.appDm(PEOPLE.ana)).messages();
const type = (world: TestWorld, text: string) =>
  world.slack.command({ user: PEOPLE.ana, channel: CHANNELS.research, text });
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

describe.concurrent("an installation that Slack refuses", () => {
  it.each(refusals("pause_workspace"))(
    "with %s: holds everything, says so in readiness, and delivers once when Slack accepts it again",
    async (code) => {
      await using world = await startTestWorld();
      const { slack } = world;
      const run = world.findall.addRun({ id: "run_a" });
      await follow(world, "run_a");
      const faults = ["chat.postMessage", "auth.test"].map((method) =>
        slack.faults.add({ method, kind: "error", error: code }),
      );
      run.match({ name: "Refused" });
      const readyz = async () => (await fetch(`http://127.0.0.1:${world.service().port}/readyz`)).text();
      await slack.waitFor(() => world.logLines.some((line) => line.action === "pause_workspace"), { describe: code });
      expect(await readyz()).toContain(code);
      for (const fault of faults) fault.remove();
      await shown(world, "Refused");
      expect(timesShown(slack, "Refused")).toBe(1);
      expectOrderly(world);
    },
  );
});
