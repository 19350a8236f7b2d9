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

describe.concurrent("when a channel or the installation stops the bot", () => {
  it("tells the requester what to do when it is removed, and delivers all that was missed when invited back", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    slack.kick(CHANNELS.research);
    run.match({ name: "While Away" });
    const dm = slack.appDm(PEOPLE.ana);
    const note = await slack.waitFor(() => slack.channel(dm).messages()[0], { describe: "a direct message to Ana" });
    expect(slack.textOf(note)).toContain("/invite");
    run.match({ name: "Also Away" });
    run.end();
    await slack.invite(CHANNELS.research);
    await completed(world);
    expect(timesShown(slack, "While Away")).toBe(1);
    expect(timesShown(slack, "Also Away")).toBe(1);
    expect(slack.channel(dm).messages()).toHaveLength(1);
    expectOrderly(world);
  });

  it("waits while the channel is archived and goes on when somebody asks again", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    slack.archive(CHANNELS.research);
    run.match({ name: "While Archived" });
    await slack.waitFor(() => slack.channel(slack.appDm(PEOPLE.ana)).messages().length === 1);
    slack.unarchive(CHANNELS.research);
    await slack.command({ user: PEOPLE.ana, channel: CHANNELS.research, text: "run_a" });
    await shown(world, "While Archived");
    expectOrderly(world);
  });

  it("holds everything while the token is revoked, and delivers it when Slack accepts the token again", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    slack.revokeToken();
    run.match({ name: "Meanwhile" });
    await slack.waitFor(() => slack.calls("auth.test").filter((call) => !call.ok).length > 0);
    const ready = await fetch(`http://127.0.0.1:${world.service().port}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.text()).toContain("token_revoked");
    slack.restoreToken();
    await shown(world, "Meanwhile");
    expect(timesShown(slack, "Meanwhile")).toBe(1);
    expectOrderly(world);
  });

  it("posts a deleted card again, once, with a link to the thread", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    const card = await follow(world, "run_a");
    run.match({ name: "Before" });
    await shown(world, "Before");
    slack.deleteMessage(CHANNELS.research, card.ts);
    run.generate();
    const again = await slack.waitFor(() => messagesOf(slack).cards.find((each) => each.ts !== card.ts));
    expect(JSON.stringify(again.blocks)).toContain(`p${card.ts.replace(".", "")}`);
    run.match({ name: "After" });
    expect((await shown(world, "After")).threadTs).toBe(card.ts);
    slack.deleteMessage(CHANNELS.research, again.ts);
    run.end();
    await completed(world);
    expect(messagesOf(slack).cards).toHaveLength(0);
  });

  it("posts a new card when the workspace's edit window has closed", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    const card = await follow(world, "run_a");
    slack.closeEditWindow(CHANNELS.research);
    run.end({ status: "completed", reason: "candidates_exhausted" });
    await completed(world);
    const cards = messagesOf(slack).cards;
    expect(cards).toHaveLength(2);
    expect(slack.textOf(cards[1]!)).toContain("Completed");
    expect(cards[0]?.ts).toBe(card.ts);
  });

  it("falls back to plain text once when Slack refuses the form of a message, and sounds the alarm", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    slack.faults.add({
      method: "chat.postMessage",
      kind: "error",
      error: "invalid_blocks",
      extra: {
        response_metadata: { messages: ["[ERROR] must be less than 3001 characters [json-pointer:/blocks/2]"] },
      },
      match: (args) => Boolean(args.blocks),
    });
    run.match({ name: "Tern Robotics" });
    const message = await shown(world, "Tern Robotics");
    expect(message.blocks).toEqual([]);
    const alarms = world.logLines.filter(({ level }) => Number(level) >= 50);
    expect(alarms).toMatchObject([{ event: "send_failed", code: "invalid_blocks", run: "run_a", kind: "candidate" }]);
    expect(alarms[0]?.msg).toContain("[json-pointer:/blocks/2]");
    const metrics = await (await fetch(`http://127.0.0.1:${world.service().port}/metrics`)).text();
    expect(metrics).toMatch(/findall_invalid_messages_total 1/);
  });

  it("obeys Retry-After for one channel, across a restart, while the others go on", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    await follow(world, "run_a", CHANNELS.deals);
    slack.faults.add({
      method: "chat.postMessage",
      channel: CHANNELS.research,
      kind: "rate_limited",
      retryAfter: 6,
      times: 1,
    });
    run.match({ name: "Tern Robotics" });
    await shown(world, "Tern Robotics", CHANNELS.deals);
    const limited = () => slack.calls("chat.postMessage").find((call) => call.error === "ratelimited");
    const { at: limitedAt } = (await slack.waitFor(limited, { describe: "a limit" })) ?? { at: Number.NaN };
    await world.service().stop();
    await world.addService();
    const { postedAt } = await shown(world, "Tern Robotics");
    expect(postedAt - limitedAt).toBeGreaterThan(5_500);
    expectOrderly(world);
  });

  it("discards a watch whose first card is refused, and says why to the one who asked", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    findall.addRun({ id: "run_a" });
    slack.restrictPosting(CHANNELS.research);
    const command = await slack.command({ user: PEOPLE.ana, channel: CHANNELS.research, text: "run_a" });
    await slack.waitFor(() => command.ephemerals().length >= 2, { describe: "the refusal" });
    await slack.command({ user: PEOPLE.ana, channel: CHANNELS.research, text: "list" });
    expect(
      slack
        .ephemeral(PEOPLE.ana)
        .map((each) => slack.textOf(each))
        .at(-1),
    ).not.toContain("run_a");
  });
});
