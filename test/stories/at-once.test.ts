import { Redis } from "ioredis";
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
} from "../support/world.ts";

describe.concurrent("when several things go wrong at once", () => {
  it("does not hammer Slack when a run is lost whose channel refuses the bot", async () => {
    let offset = 0;
    await using world = await startTestWorld({ overrides: { now: () => Date.now() + offset } });
    const { slack, findall } = world;
    findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    slack.kick(CHANNELS.research);
    const fault = findall.faults.add({ path: "run", kind: "status", status: 404 });
    await slack.waitFor(
      () => {
        offset += 500;
        return slack.channel(slack.appDm(PEOPLE.ana)).messages()[0];
      },
      { describe: "a direct message" },
    );
    const before = slack.calls("chat.postMessage").length;
    await slack.waitFor(() => world.logLines.some((line) => line.event === "watches_paused"));
    await slack.command({ user: PEOPLE.ana, channel: CHANNELS.deals, text: "list" });
    await slack.command({ user: PEOPLE.ana, channel: CHANNELS.deals, text: "help" });
    expect(slack.calls("chat.postMessage").length - before).toBeLessThan(3);
    fault.remove();
    await slack.invite(CHANNELS.research);
    await slack.waitFor(() => messagesOf(slack).notes.length === 1, { describe: "the note about the lost run" });
  });

  it("goes on in a new thread when the card was deleted before anything was in its thread", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    const card = await follow(world, "run_a");
    slack.deleteMessage(CHANNELS.research, card.ts);
    run.match({ name: "Tern Robotics" });
    const reply = await shown(world, "Tern Robotics");
    const again = messagesOf(slack).cards.find((each) => each.ts !== card.ts);
    expect(reply.threadTs).toBe(again?.ts);
    run.end();
    await completed(world);
    expect(messagesOf(slack).cards).toHaveLength(1);
    expectOrderly(world);
  });

  it("says on the card's last edit what really is in the thread", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    for (const name of ["One", "Two", "Three"]) run.match({ name });
    run.end();
    await completed(world);
    const card = slack.textOf(messagesOf(slack).cards[0]!);
    expect(card).not.toMatch(/on the way/);
    expect(card).toMatch(/3 matches in the thread/);
    expectOrderly(world);
  });

  it("tells the requester each time the bot is removed, and nobody whose run is long over", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const old = findall.addRun({ id: "run_old" });
    await follow(world, "run_old", CHANNELS.research, PEOPLE.ben);
    old.end();
    await completed(world);
    const run = findall.addRun({ id: "run_a" });
    await slack.command({ user: PEOPLE.ana, channel: CHANNELS.research, text: "run_a" });
    await slack.waitFor(() => messagesOf(slack).cards.length === 2);
    const dms = () => slack.channel(slack.appDm(PEOPLE.ana)).messages().length;
    for (const time of [1, 2]) {
      slack.kick(CHANNELS.research);
      run.match({ name: `Away ${time}` });
      await slack.waitFor(() => dms() === time, { describe: `direct message ${time}` });
      await slack.invite(CHANNELS.research);
      await shown(world, `Away ${time}`);
    }
    expect(slack.channel(slack.appDm(PEOPLE.ben)).messages()).toHaveLength(0);
    expectOrderly(world);
  });

  it("shows the others although one candidate cannot be rendered, and says that one is missing its details", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    const fault = slack.faults.add({ method: "chat.postMessage", kind: "rate_limited", retryAfter: 2, times: 1 });
    const id = run.match({ name: "Broken One" });
    await slack.waitFor(() => fault.hits === 1);
    const redis = new Redis(world.redis.url);
    const [key] = await redis.keys("findall:*:run:run_a:candidates");
    await redis.hset(key!, id, JSON.stringify({ id, matchStatus: "matched" }));
    redis.disconnect();
    run.match({ name: "Good One" });
    await shown(world, "Good One");
    expect(messagesOf(slack).candidates).toHaveLength(2);
    run.end();
    await completed(world);
    expectOrderly(world);
  });

  it("leaves a second before the next message also when the answer to the last one was lost", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const [one, two] = [findall.addRun({ id: "run_a" }), findall.addRun({ id: "run_b" })];
    await follow(world, "run_a");
    await slack.command({ user: PEOPLE.ana, channel: CHANNELS.research, text: "run_b" });
    await slack.waitFor(() => messagesOf(slack).cards.length === 2);
    slack.faults.add({ method: "chat.postMessage", kind: "lost", times: 1 });
    one.match({ name: "Tern Robotics" });
    two.match({ name: "Alba Works" });
    await shown(world, "Tern Robotics");
    await shown(world, "Alba Works");
    expectOrderly(world);
  });

  it("does not announce an end that was over before it could be announced", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a", matchLimit: 5 });
    await follow(world, "run_a");
    const fault = slack.faults.add({ method: "chat.postMessage", kind: "rate_limited", retryAfter: 3, times: 1 });
    run.end();
    await slack.waitFor(() => fault.hits === 1);
    run.extend(5);
    run.match({ name: "Later" });
    await shown(world, "Later");
    run.match({ name: "Still Later" });
    await shown(world, "Still Later");
    run.end({ status: "completed", reason: "candidates_exhausted" });
    await slack.waitFor(() =>
      messagesOf(slack).completions.some((each) => /exhausted|broad/i.test(slack.textOf(each))),
    );
    expect(messagesOf(slack).completions).toHaveLength(1);
    expectOrderly(world);
  });

  it("shows a run as it is on its first card in another channel, not as it was", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    run.end();
    await completed(world);
    run.extend(5);
    const first: string[] = [];
    slack.on("message", (message) => {
      if (message.channel === CHANNELS.deals) first.push(slack.textOf(message));
    });
    await follow(world, "run_a", CHANNELS.deals);
    expect(first[0]).not.toMatch(/Completed/);
  });

  it("tells of trouble that lasts also when its kind changes with every poll", async () => {
    let offset = 0;
    await using world = await startTestWorld({ overrides: { now: () => Date.now() + offset } });
    const { slack, findall } = world;
    findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    for (let index = 0; index < 40; index += 1) {
      findall.faults.add({ path: "any", times: 1, kind: "status", status: 503 });
      findall.faults.add({ path: "any", times: 1, kind: "truncated" });
    }
    const failures = () => world.logLines.filter((line) => line.event === "poll_failed").length;
    for (let count = 2; count <= 8; count += 1) {
      await slack.waitFor(() => failures() >= count);
      offset += 45_000;
    }
    await slack.waitFor(() => /Parallel/.test(slack.textOf(messagesOf(slack).cards[0]!)), { describe: "trouble told" });
  });
});
