import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HOME_ACTIONS } from "../../src/slack/views/home-actions.ts";
import { SETTINGS_FIELDS } from "../../src/slack/views/settings.ts";
import {
  answerTo,
  CHANNELS,
  expectOrderly,
  follow,
  messagesOf,
  PEOPLE,
  startTestWorld,
  type TestWorld,
} from "../support/world.ts";

const { ana, ben, cai } = PEOPLE;

describe("what people set and say", () => {
  let world: TestWorld;
  beforeAll(async () => {
    world = await startTestWorld();
    world.findall.addRun({ id: "run_a", objective: "Find makers" });
    await follow(world, "run_a");
  });
  afterAll(async () => world?.close());

  /** Types a command and gives the last thing that the person, and nobody else, reads as the answer. */
  async function ask(text: string, user: string = ana, channel: string = CHANNELS.research): Promise<string> {
    const { slack } = world;
    const command = await slack.command({ user, channel, text });
    expect(command.ackMs).toBeLessThan(3_000);
    return slack.textOf(await answerTo(world, command));
  }
  const modalOf = (user: string) => {
    const view = world.slack.views.modals(user).at(-1);
    if (!view) throw new Error(`${user} has no modal open`);
    return view;
  };
  const modalText = (user: string) => world.slack.viewText(modalOf(user).id);

  it("opens the window also where words stand behind the command, and says that these changed nothing", async () => {
    const answer = await ask("settings digest 30m");
    expect(answer).toMatch(/“digest 30m” behind `?settings`? changed nothing/);
    expect(answer).toMatch(/Set here: each match as it comes/);
    expect(modalText(ana)).toContain("the 1 run followed here now");
    await world.slack.dismiss({ user: ana });
  });

  it("shows what is set in a line and in a window, says below a field what is wrong, and saves the rest at once", async () => {
    const { slack } = world;
    expect(await ask("settings")).toMatch(/Set here: each match as it comes/);
    expect(modalText(ana)).toContain("the 1 run followed here now");

    const wrong = await slack.submit({ user: ana, values: { [SETTINGS_FIELDS.domains]: "nonsense" } });
    expect(wrong.errors).toEqual({ [SETTINGS_FIELDS.domains]: expect.stringContaining("“nonsense” is no domain") });

    const values = {
      [SETTINGS_FIELDS.domains]: "https://www.example.com/x",
      [SETTINGS_FIELDS.switches]: ["alertInChannel"],
      [SETTINGS_FIELDS.quietFrom]: "",
      [SETTINGS_FIELDS.timeZone]: "Europe/Berlin",
    };
    expect((await slack.submit({ user: ana, values })).errors).toEqual({});
    expect(modalText(ana)).toMatch(/Saved\. Set here now: .*without example\.\u2060com.*without a mention/);
    expect(modalText(ana)).toMatch(/applies to the 1 run followed here now/);
    expect((await slack.submit({ user: ana, values })).errors).toEqual({});
    expect(modalText(ana)).toContain("Nothing was changed");
    await slack.dismiss({ user: ana });

    world.findall.run("run_a")?.match({ name: "Held Ltd", url: "https://shop.example.com" });
    world.findall.run("run_a")?.match({ name: "Shown Ltd", url: "https://shown.test" });
    await slack.waitFor(() => messagesOf(slack).candidates.some((each) => slack.textOf(each).includes("Shown Ltd")));
    expect(
      messagesOf(slack)
        .candidates.map((each) => slack.textOf(each))
        .join(),
    ).not.toContain("Held Ltd");

    expect(await ask("settings", ben)).toContain("without example.\u2060com");
    await slack.submit({ user: ben, values: { [SETTINGS_FIELDS.domains]: null } });
    expect(modalText(ben)).toMatch(/1 candidate that the filter held back is now on the way/);
    await slack.dismiss({ user: ben });
    await slack.waitFor(() => messagesOf(slack).candidates.some((each) => slack.textOf(each).includes("Held Ltd")));
  });

  it("keeps what somebody else has changed since the window was opened", async () => {
    const { slack } = world;
    for (const user of [ana, ben]) await ask("settings", user, CHANNELS.deals);
    expect((await slack.submit({ user: ana, values: { [SETTINGS_FIELDS.arrives]: "digest-30" } })).errors).toEqual({});
    expect((await slack.submit({ user: ben, values: { [SETTINGS_FIELDS.domains]: "example.com" } })).errors).toEqual(
      {},
    );
    expect(modalText(ben)).toMatch(/a digest every 30 minutes.*without example/);
    for (const user of [ana, ben]) await slack.dismiss({ user });
    expect(await ask("settings", ana, CHANNELS.deals)).toMatch(/a digest every 30 minutes.*without example/);
    await slack.dismiss({ user: ana });
  });

  it("shows and changes nothing for one who has left the channel meanwhile", async () => {
    const { slack } = world;
    const dee = slack.addPerson({ name: "dee" });
    const { members } = slack.channel(CHANNELS.deals).info;
    const refused = await ask("settings", dee.id, CHANNELS.deals).catch(String);
    expect(refused).not.toContain("Set here");
    expect(slack.views.modals(dee.id)).toEqual([]);
    expect(members.has(dee.id)).toBe(false);
  });

  it("opens from the Home tab too", async () => {
    const { slack } = world;
    await slack.openHome(ana);
    const home = await slack.waitFor(() => {
      const view = slack.views.home(ana);
      return view && slack.viewText(view.id).includes("Settings of your channels") ? view : null;
    });
    await slack.click({ user: ana, view: home.id, actionId: HOME_ACTIONS.settings, value: CHANNELS.research });
    await slack.waitFor(() => slack.views.modals(ana).length > 0);
    expect(modalText(ana)).toContain("What arrives in the thread");
    await slack.dismiss({ user: ana });
  });

  it("says in a line what is set also when the window cannot open", async () => {
    world.slack.faults.add({ method: "views.open", kind: "error", error: "expired_trigger_id" });
    const said = await ask("settings");
    world.slack.faults.clear();
    expect(said).toMatch(/Set here: .*/);
    expect(said).toContain("did not open the window");
  });

  it("takes words for one run alone, adds to them, and takes them back", async () => {
    world.findall.addRun({ id: "run_words", objective: "Find words" });
    const said = await ask("run_words mention off confidence≥high -domain:example.com");
    expect(said).toMatch(/For this run alone: confidence high · without example\.\u2060com · without a mention/);
    expect(await ask("run_words default")).toContain("taken back");
    expect(await ask("run_words digest 20m")).toMatch(/5, 15, 30 or 60 minutes.*\/findall run_words digest 15m/s);
  });

  it("pauses, mutes and resumes as it is told, and lists who did so", async () => {
    expect(await ask("pause run_words")).toMatch(/Paused.*\/findall resume run_words/s);
    expect(await ask("list", ben)).toMatch(/paused by ana/);
    expect(await ask("help", ben)).toContain("/findall resume run_words");
    expect(await ask("resume run_words")).toContain("goes on");
    expect(await ask("mute run_words 2h", ben)).toContain("/findall resume run_words");
    expect(await ask("list")).toMatch(/muted until/);
    expect(await ask("resume run_words")).toContain("goes on");
    expect(await ask("resume run_words")).toContain("neither paused nor muted");
    expect(await ask("pause run_elsewhere")).toContain("/findall list");
  });

  it("turns the pages of a list in its place, and shows a person their other channels alone", async () => {
    const { slack, findall } = world;
    for (let i = 0; i < 10; i++) {
      findall.addRun({ id: `run_page_${i}` });
      await ask(`run_page_${i}`);
    }
    const command = await slack.command({ user: ana, channel: CHANNELS.research, text: "list" });
    const answer = await answerTo(world, command);
    expect(slack.textOf(answer)).toMatch(/page 1 of 2/);
    await slack.click({ user: ana, ephemeral: answer.id, actionId: "list_older" });
    const turned = await slack.waitFor(() => {
      const text = slack
        .ephemeral(ana)
        .map((each) => slack.textOf(each))
        .join("\n");
      return text.includes("page 2 of 2") ? text : null;
    });
    expect(turned).not.toContain("page 1 of 2");

    findall.addRun({ id: "run_secret", objective: "Find secrets" });
    await ask("run_secret", ben, CHANNELS.deals);
    expect(await ask("list all", ben)).toContain("run_secret");
    expect(await ask("list all", cai)).not.toContain("run_secret");
    expect(await ask("list all 2", ben)).toContain("page 2 of 2");
  });

  it("is orderly at the end", () => expectOrderly(world));
});
