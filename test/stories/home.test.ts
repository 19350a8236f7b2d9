import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Json } from "../../src/sandbox/fake-slack/model.ts";
import { HOME_ACTIONS } from "../../src/slack/views/home-actions.ts";
import { modalSays, watchOf } from "../support/review.ts";
import {
  CHANNELS,
  expectOrderly,
  follow,
  messagesOf,
  PEOPLE,
  startTestWorld,
  type TestWorld,
} from "../support/world.ts";

const { ana, ben, cai } = PEOPLE;

describe("the Home tab", () => {
  let world: TestWorld;
  let offset = 0;
  beforeAll(async () => {
    world = await startTestWorld({ overrides: { now: () => Date.now() + offset } });
    for (const [id, objective, channel] of [
      ["run_open", "Find open makers", CHANNELS.research],
      ["run_secret", "Find secret targets", CHANNELS.deals],
    ] as const) {
      world.findall.addRun({ id, objective }).match({ name: `Match of ${id}` });
      await follow(world, id, channel);
      await world.slack.waitFor(() => messagesOf(world.slack, channel).candidates.length === 1);
    }
  });
  afterEach(() => world.slack.faults.clear());
  afterAll(async () => world?.close());

  const homeText = (user: string) => {
    const home = world.slack.views.home(user);
    return home ? world.slack.viewText(home.id) : "";
  };
  const homeSays = (user: string, words: string | RegExp, timeoutMs?: number) =>
    world.slack.waitFor(
      () => {
        const text = homeText(user);
        return (typeof words === "string" ? text.includes(words) : words.test(text)) ? text : null;
      },
      { describe: `${user}'s Home saying ${words}`, timeoutMs },
    );
  const press = (user: string, actionId: string, value: string, element?: Json) =>
    world.slack.click({ user, view: world.slack.views.home(user)?.id ?? "", actionId, value, element });
  const publications = () => world.slack.calls("views.publish").length;

  it("teaches one whose channels follow nothing how to begin", async () => {
    const { slack } = world;
    const dee = slack.addPerson({ name: "dee" });
    await slack.openHome(dee.id);
    const text = await homeSays(dee.id, "No runs yet");
    expect(text).toMatch(/\/invite/);
    expect(text).toContain("/findall <id>");
    expect(text).not.toContain("Find ");
  });

  it("shows each person the runs of the channels they are in, and no private channel to one who is no member", async () => {
    const { slack } = world;
    await slack.openHome(ben);
    const bens = await homeSays(ben, "Find secret targets");
    expect(bens).toContain("Find open makers");
    expect(bens).toMatch(/1 of 10 matched/);
    expect(bens).toMatch(/1 to review/);
    await slack.openHome(cai);
    const cais = await homeSays(cai, "Find open makers");
    expect(cais).not.toContain("secret");
    expect(JSON.stringify(slack.views.home(cai)?.view)).not.toContain(CHANNELS.deals);
  });

  it("shows nothing while Slack does not say where a person is, and everything when it does", async () => {
    const { slack } = world;
    offset += 3 * 60_000;
    slack.faults.add({ method: "users.conversations", kind: "http", status: 503 });
    await slack.openHome(ben);
    expect(await homeSays(ben, "cannot tell which channels")).not.toContain("Find ");
    slack.faults.clear();
    await slack.openHome(ben);
    await homeSays(ben, "Find secret targets");
  });

  it("leads to the review queue, and shows by itself what changed meanwhile", async () => {
    const { slack, findall } = world;
    await slack.openHome(ben);
    await homeSays(ben, "1 of 10 matched");
    await press(ben, HOME_ACTIONS.review, watchOf(world, "run_open"));
    const queue = await modalSays(world, ben, "Match of run_open");
    await slack.dismiss({ user: ben, view: queue.id });
    findall.run("run_open")?.match({ name: "Another" });
    await slack.waitFor(() => messagesOf(slack).candidates.length === 2);
    offset += 31_000;
    await homeSays(ben, "2 of 10 matched", 12_000);
  });

  it("answers a click in its own place at once, and refuses one who has left the channel", async () => {
    const { slack } = world;
    await slack.openHome(ana);
    await homeSays(ana, "Find secret targets");
    const secret = watchOf(world, "run_secret", CHANNELS.deals);
    await press(ana, HOME_ACTIONS.stop, secret);
    const text = await homeSays(ana, "not followed any more");
    expect(text).toMatch(/stopped by ana/);
    expect(text).toContain("Recently finished");
    const stale = slack.views.home(ben)?.view;
    expect(JSON.stringify(stale)).toContain(secret);
    slack.channel(CHANNELS.deals).info.members.delete(ben);
    offset += 6 * 60_000;
    await press(ben, HOME_ACTIONS.stop, secret);
    const bens = await homeSays(ben, "join the channel");
    expect(bens).not.toContain("secret");
  });

  it("tries a publication that Slack limits again later, without a storm", async () => {
    const { slack } = world;
    const before = publications();
    slack.faults.add({ method: "views.publish", kind: "rate_limited", retryAfter: 2, times: 1 });
    const eve = slack.addPerson({ name: "eve" });
    slack.channel(CHANNELS.research).info.members.add(eve.id);
    await slack.openHome(eve.id);
    await slack.waitFor(() => publications() > before);
    await slack.waitFor(() => world.logLines.some((line) => line.event === "home_not_published"));
    offset += 31_000;
    await homeSays(eve.id, "Find open makers", 12_000);
    expect(publications() - before).toBeLessThanOrEqual(6);
    expectOrderly(world);
  });
});

describe("the first words", () => {
  let world: TestWorld;
  beforeAll(async () => {
    world = await startTestWorld();
  });
  afterAll(async () => world?.close());

  const direct = (user: string) => world.slack.channel(world.slack.appDm(user)).messages();

  it("are said once, whichever tab a person opens first and however often", async () => {
    const { slack } = world;
    await slack.openHome(cai, "messages");
    await slack.waitFor(() => direct(cai).length === 1);
    expect(direct(cai)[0]?.text).toContain("/findall");
    await slack.openHome(cai);
    await slack.openHome(cai, "messages");
    await slack.waitFor(() => slack.views.home(cai));
    expect(direct(cai)).toHaveLength(1);
  });

  it("are not said to one who has used the app", async () => {
    const { slack } = world;
    const command = await slack.command({ user: ana, channel: CHANNELS.research, text: "list" });
    await slack.waitFor(() => command.ephemerals().length > 0);
    await slack.openHome(ana, "messages");
    await slack.openHome(ana);
    await slack.waitFor(() => slack.views.home(ana));
    expect(direct(ana)).toHaveLength(0);
  });

  it("are said to the inviter alone, in the channel, once", async () => {
    const { slack } = world;
    await slack.invite(CHANNELS.random, { by: ben });
    const line = await slack.waitFor(() => slack.ephemeral(ben).at(-1));
    expect(line.channel).toBe(CHANNELS.random);
    expect(line.text).toContain("/findall");
    const next = slack.addChannel({ name: "next", members: [ana, ben] });
    await slack.invite(next.id, { by: ben });
    await slack.invite(CHANNELS.board, { by: ana });
    await slack.openHome(ben, "messages");
    expect(slack.ephemeral(ben)).toHaveLength(1);
    expect(slack.ephemeral(ana).filter((each) => each.channel === CHANNELS.board)).toHaveLength(0);
    expect(direct(ben)).toHaveLength(0);
    expect(slack.channel(CHANNELS.random).messages()).toHaveLength(0);
  });
});
