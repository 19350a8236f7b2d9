import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SHORTCUTS } from "../../src/slack/controls.ts";
import { WATCH_FIELDS } from "../../src/slack/views/watch-form.ts";
import { CHANNELS, expectOrderly, messagesOf, PEOPLE, startTestWorld, type TestWorld } from "../support/world.ts";

const { ana, ben, cai } = PEOPLE;
const ID = "findall_40e0ab8c10754be0b7a16477abb38a2f";

describe("a run followed without typing a command", () => {
  let world: TestWorld;
  beforeAll(async () => {
    world = await startTestWorld();
    for (const id of [ID, "run_a", "run_b", "run_c", "run_d", "run_dm"]) world.findall.addRun({ id });
  });
  afterAll(async () => world?.close());

  const cardsOf = (channel: string) => messagesOf(world.slack, channel).cards.map((card) => world.slack.textOf(card));
  const cardOf = (id: string, channel: string = CHANNELS.research) =>
    world.slack.waitFor(
      () => messagesOf(world.slack, channel).cards.find((each) => JSON.stringify(each).includes(id)),
      {
        describe: `the card of ${id}`,
      },
    );
  const onMessage = (text: string, user: string = ana, channel: string = CHANNELS.research) => {
    const { ts } = world.slack.say({ user: ben, channel, text });
    return world.slack.shortcut({ user, callbackId: SHORTCUTS.watchMessage, message: { channel, ts } });
  };
  const modal = (user: string) =>
    world.slack.waitFor(() => world.slack.views.modals(user).at(-1), { describe: `a modal of ${user}` });

  describe("by the shortcut on a message", () => {
    it("starts with the one id that the message holds, and answers the one who used it alone", async () => {
      const { slack } = world;
      const used = await onMessage(`Look: <https://api.parallel.ai/v1beta/findall/runs/${ID}/result|result> is done`);
      expect(used.acked).toBe(true);
      await cardOf(ID);
      const [answer] = await slack.waitFor(() => (used.responses().length > 0 ? used.responses() : null));
      expect(JSON.stringify(answer)).toContain(ID);
      expect(slack.views.modals(ana)).toEqual([]);
    });

    it("asks which one when there are several", async () => {
      const { slack } = world;
      await onMessage("we have run_a and run_b, see run_a");
      const { id } = await modal(ana);
      expect(slack.viewText(id)).toContain("more than one");
      await slack.submit({ user: ana, values: { [WATCH_FIELDS.id]: "run_b" } });
      await cardOf("run_b");
      expect(slack.viewText((await modal(ana)).id)).toContain("Following");
      await slack.dismiss({ user: ana });
    });

    it("asks for one when there is none, and says below the field what is wrong with it", async () => {
      const { slack } = world;
      await onMessage("no id here, only run_id and talk");
      await modal(ana);
      const submit = (id: string) => slack.submit({ user: ana, values: { [WATCH_FIELDS.id]: id } });
      expect((await submit("one two")).errors[WATCH_FIELDS.id]).toMatch(/one at a time|no run’s id/);
      expect((await submit("run_unknown")).errors[WATCH_FIELDS.id]).toMatch(/does not know a run run_unknown/);
      expect((await submit("run_a")).errors).toEqual({});
      await cardOf("run_a");
      await slack.dismiss({ user: ana });
    });

    it("says how to go on where the app may not post", async () => {
      const used = await onMessage("run_c", ana, CHANNELS.random);
      const [answer] = await world.slack.waitFor(() => (used.responses().length > 0 ? used.responses() : null));
      expect(JSON.stringify(answer)).toContain("/invite");
      expect(cardsOf(CHANNELS.random)).toEqual([]);
    });

    it("counts once when it is delivered twice", async () => {
      const { slack } = world;
      const { ts } = slack.say({ user: ben, channel: CHANNELS.research, text: "run_c" });
      const message = { channel: CHANNELS.research, ts };
      const used = await slack.shortcut({ user: ana, callbackId: SHORTCUTS.watchMessage, message, times: 2 });
      await cardOf("run_c");
      await slack.waitFor(() => used.responses().length > 0);
      expect(used.responses()).toHaveLength(1);
    });
  });

  describe("by the global shortcut", () => {
    const open = async (user: string) => {
      await world.slack.shortcut({ user, callbackId: SHORTCUTS.watch });
      await modal(user);
      return (id: string, channel: string) =>
        world.slack.submit({ user, values: { [WATCH_FIELDS.id]: id, [WATCH_FIELDS.channel]: channel } });
    };

    it("follows the run in the channel that was chosen, and says so in the window", async () => {
      const { slack } = world;
      const submit = await open(ben);
      expect((await submit("run_d", CHANNELS.random)).errors[WATCH_FIELDS.channel]).toContain("/invite");
      expect((await submit("run_d", CHANNELS.deals)).errors).toEqual({});
      expect(slack.viewText((await modal(ben)).id)).toContain("Following");
      await cardOf("run_d", CHANNELS.deals);
      await slack.dismiss({ user: ben });
    });

    it("does nothing in a channel that the person is not in", async () => {
      const submit = await open(cai);
      const { errors } = await submit("run_a", CHANNELS.deals);
      expect(errors[WATCH_FIELDS.channel]).toMatch(/Only people in that channel|does not tell me/);
      expect(cardsOf(CHANNELS.deals)).toHaveLength(1);
      await world.slack.dismiss({ user: cai });
    });
  });

  describe("by a direct message to the app", () => {
    const dm = () => world.slack.appDm(ana);
    const heard = (text: string, threadTs?: string) => world.slack.say({ user: ana, channel: dm(), text, threadTs });
    const said = () => messagesOf(world.slack, dm()).all.filter((each) => each.user !== ana);
    const saysNext = async (words: RegExp, from: number) =>
      world.slack.waitFor(
        () =>
          said()
            .slice(from)
            .find((each) => words.test(world.slack.textOf(each))),
        {
          describe: `the app saying ${words}`,
        },
      );

    it("follows the run whose id was sent, right there", async () => {
      heard("could you watch <https://platform.parallel.ai/findall/run_dm?x=1> for me");
      await saysNext(/Following/, 0);
      const card = await cardOf("run_dm", dm());
      world.findall.run("run_dm")?.match({ name: "Sent Ltd" });
      await world.slack.waitFor(() => messagesOf(world.slack, dm()).candidates.length === 1);
      const before = said().length;
      heard("thanks, nice", card.ts); // talk in a watch's thread is none of our business
      heard("hello");
      await saysNext(/Send me the id/, before);
      expect(said().slice(before)).toHaveLength(1);
    });

    it("asks before it follows a run that is only talked about, and helps who only talks", async () => {
      const { slack } = world;
      let from = said().length;
      heard("why did run_c stop?");
      await saysNext(/Shall I follow run_c here\? Send run_c alone|Shall I follow `run_c`/, from);
      from = said().length;
      heard("hi2u");
      await saysNext(/Send me the id/, from);
      expect(said().slice(from)).toHaveLength(1);
      expect(messagesOf(slack, dm()).cards).toHaveLength(1);
    });

    it("understands commands too, and says which take a window", async () => {
      let from = said().length;
      heard("pause run_dm");
      await saysNext(/Paused/, from);
      from = said().length;
      heard("list");
      await saysNext(/paused by/, from);
      from = said().length;
      heard("settings");
      await saysNext(/type \/findall settings|\/findall settings/, from);
    });

    it("hears each message once, and none that is not a person's own", async () => {
      const from = said().length;
      const base = { type: "message", channel: dm(), channel_type: "im", user: ana, text: "hello again" };
      await world.slack.event({ ...base, ts: "1.1", client_msg_id: "m1" }, { times: 2 });
      await world.slack.event({ ...base, ts: "1.2", subtype: "message_changed" });
      await world.slack.event({ ...base, ts: "1.3", bot_id: "B1" });
      await world.slack.event({ ...base, ts: "1.4", channel_type: "channel", channel: CHANNELS.research });
      await saysNext(/Send me the id/, from);
      await world.slack.event({ ...base, ts: "1.5", client_msg_id: "m2" });
      await world.slack.waitFor(() => said().length >= from + 2);
      expect(said().slice(from)).toHaveLength(2);
    });
  });

  it("is orderly at the end", () => expectOrderly(world));
});
