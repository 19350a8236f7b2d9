import { describe, expect, it } from "vitest";
import { ACTIONS, buttonsOf, keyOf, messageWith, posted, press, says, told, wordsOn } from "../support/review.ts";
import { CHANNELS, follow, messagesOf, PEOPLE, startOrderlyWorld, type TestWorld } from "../support/world.ts";

const { ana, ben, cai } = PEOPLE;

/** A run with some matches, all of them in the thread, as `keys`. */
async function reviewed(world: TestWorld, matches: number, runId = "run_r") {
  const run = world.findall.addRun({ id: runId, objective: "Find greenhouse makers" });
  await follow(world, runId);
  const ids = run.matchMany(matches, (index) => ({
    name: `Company ${index + 1}`,
    url: `https://company-${index + 1}.example`,
  }));
  const keys = ids.map((id) => keyOf(world, runId, id));
  for (const key of keys) await posted(world, key);
  return { run, ids, keys: keys as [string, ...string[]] };
}

const cardText = (world: TestWorld) => {
  const card = messagesOf(world.slack).cards[0];
  return card ? world.slack.textOf(card) : "";
};
const cardSays = (world: TestWorld, words: RegExp) =>
  world.slack.waitFor(() => words.test(cardText(world)), { describe: `the card saying ${words}` });

/** What a person was told alone, other than the answer to the command that began it, which comes late on a busy machine. */
const privateAnswers = (world: TestWorld, user: string) =>
  world.slack.ephemeral(user).filter((each) => each.origin !== "command_ack" && !each.text.startsWith("Following"));

describe.concurrent("deciding in the thread", () => {
  it("shows who decided what and when on the message that was clicked, and on the card", async () => {
    await using world = await startOrderlyWorld();
    const { keys } = await reviewed(world, 1);
    const click = await press(world, ana, keys[0], ACTIONS.accepted);
    await says(world, keys[0], /Accepted.*by ana/);
    expect(click.responses().map((use) => use.status)).toEqual([200]);
    await cardSays(world, /1 accepted[\s\S]*0 to review|1 accepted(?![\s\S]*to review)/);
    expect(cardText(world)).toContain("ana");
  });

  it("lets the first of two people win, and tells the second who decided, with one click to change it", async () => {
    await using world = await startOrderlyWorld();
    const { keys } = await reviewed(world, 1);
    const [key] = keys;
    await Promise.all([press(world, ana, key, ACTIONS.accepted), press(world, ben, key, ACTIONS.rejected)]);
    await says(world, key, /(Accepted|Rejected).*by (ana|ben)/);
    const anaWon = /Accepted/.test(wordsOn(world, key));
    const [loser, other] = anaWon ? [ben, /ana accepted/i] : [ana, /ben rejected/i];
    const notice = await told(world, loser, other);
    expect(notice.threadTs).toBe(messagesOf(world.slack).cards[0]?.ts);
    expect(privateAnswers(world, anaWon ? ana : ben)).toEqual([]);

    const wish = anaWon ? ACTIONS.rejected : ACTIONS.accepted;
    await world.slack.click({ user: loser, ephemeral: notice.id, actionId: wish, blockId: key });
    await says(world, key, anaWon ? /Rejected.*by ben/ : /Accepted.*by ana/);
  });

  it("counts the same click once, however often Slack delivers it", async () => {
    await using world = await startOrderlyWorld();
    const { keys } = await reviewed(world, 2);
    await press(world, ana, keys[0], ACTIONS.accepted, { times: 3 });
    await says(world, keys[0], /Accepted.*by ana/);
    await press(world, ana, keys[0], ACTIONS.undo, { times: 3 });
    await world.slack.waitFor(() => !/Accepted/.test(wordsOn(world, keys[0])), { describe: "the undo" });
    await press(world, ben, keys[1] ?? "", ACTIONS.maybe);
    await cardSays(world, /1 maybe · 1 to review/);
    expect([...privateAnswers(world, ana), ...privateAnswers(world, ben)]).toEqual([]);
  });

  it("keeps a change of mind, and undoes it step by step", async () => {
    await using world = await startOrderlyWorld();
    const { keys } = await reviewed(world, 1);
    const [key] = keys;
    await press(world, ana, key, ACTIONS.accepted);
    await says(world, key, /Accepted.*by ana/);
    await press(world, ben, key, ACTIONS.rejected);
    await says(world, key, /Rejected.*by ben/);
    await press(world, ana, key, ACTIONS.undo);
    await says(world, key, /Accepted.*by ana/);
    await press(world, ana, key, ACTIONS.undo);
    await world.slack.waitFor(() => !/by ana/.test(wordsOn(world, key)), { describe: "nothing decided any more" });
    const actions = buttonsOf(messageWith(world, key) ?? { blocks: [] }, key).map((button) => button.action_id);
    expect(actions).toEqual(expect.arrayContaining([ACTIONS.accepted, ACTIONS.rejected, ACTIONS.maybe, ACTIONS.more]));
    expect(actions).not.toContain(ACTIONS.undo);
  });

  it("goes through a page of ten one by one, and mixes nothing up", async () => {
    await using world = await startOrderlyWorld();
    const { keys } = await reviewed(world, 10);
    const page = messageWith(world, keys[0]);
    for (const key of keys) expect(messageWith(world, key)?.ts).toBe(page?.ts);
    const verdicts = [ACTIONS.accepted, ACTIONS.rejected, ACTIONS.maybe] as const;
    for (const [index, key] of keys.entries()) {
      await press(world, index % 2 ? ben : ana, key, verdicts[index % 3] ?? ACTIONS.maybe);
      const undo = () =>
        buttonsOf(messageWith(world, key) ?? { blocks: [] }, key).some((each) => each.action_id === ACTIONS.undo);
      await world.slack.waitFor(undo, { describe: `${key} decided` });
    }
    await cardSays(world, /4 accepted · . 3 rejected · . 3 maybe|4 accepted[\s\S]*3 rejected[\s\S]*3 maybe/u);
    const text = wordsOn(world, keys[0]);
    expect(text.match(/by ana/g)).toHaveLength(5);
    expect(text.match(/by ben/g)).toHaveLength(5);
  });

  it("keeps the decision when an enrichment arrives and when the match is withdrawn, and says both", async () => {
    await using world = await startOrderlyWorld();
    const { run, ids, keys } = await reviewed(world, 1);
    await press(world, ana, keys[0], ACTIONS.accepted);
    await says(world, keys[0], /Accepted.*by ana/);
    run.enrich(ids[0] ?? "", { ceo: { value: "Ida Holm" } });
    await says(world, keys[0], "Ida Holm");
    expect(wordsOn(world, keys[0])).toMatch(/Accepted.*by ana/);
    run.withdraw(ids[0] ?? "");
    await says(world, keys[0], "No longer a match");
    expect(wordsOn(world, keys[0])).toMatch(/Accepted.*by ana/);
  });

  it("shows the decision while hundreds of candidates wait in the lane", async () => {
    await using world = await startOrderlyWorld();
    const { run, keys } = await reviewed(world, 1);
    run.matchMany(500);
    await world.slack.waitFor(() => messagesOf(world.slack).candidates.length >= 2, {
      describe: "the backlog moving",
    });
    await press(world, ana, keys[0], ACTIONS.accepted);
    await says(world, keys[0], /Accepted.*by ana/);
    expect(messagesOf(world.slack).candidates.length).toBeLessThan(20);
  });

  it("heals by the lane when the click's own answer fails", async () => {
    await using world = await startOrderlyWorld();
    const { keys } = await reviewed(world, 1);
    world.slack.faults.add({ method: "response_url", kind: "http", status: 500, times: 1 });
    await press(world, ana, keys[0], ACTIONS.accepted);
    await says(world, keys[0], /Accepted.*by ana/);
  });

  it("keeps decisions over the end of the run and its extension, in the same thread", async () => {
    await using world = await startOrderlyWorld();
    const { run, keys } = await reviewed(world, 2);
    await press(world, ana, keys[0], ACTIONS.accepted);
    await says(world, keys[0], /Accepted.*by ana/);
    run.end();
    const alert = await world.slack.waitFor(() => messagesOf(world.slack).completions[0], {
      describe: "the alert",
    });
    expect(world.slack.textOf(alert)).toMatch(/1 accepted/);
    run.extend(5);
    const added = run.match({ name: "Late Company" });
    await world.slack.command({ user: ana, channel: CHANNELS.research, text: "run_r" });
    await posted(world, keyOf(world, "run_r", added));
    expect(wordsOn(world, keys[0])).toMatch(/Accepted.*by ana/);
    await press(world, ben, keyOf(world, "run_r", added), ACTIONS.rejected);
    await cardSays(world, /1 accepted[\s\S]*1 rejected[\s\S]*1 to review/);
  });

  it("says once in the thread that everything is reviewed, after the run's end", async () => {
    await using world = await startOrderlyWorld();
    const { run, keys } = await reviewed(world, 2);
    run.end();
    await world.slack.waitFor(() => messagesOf(world.slack).completions[0], {
      describe: "the alert",
    });
    await press(world, ana, keys[0], ACTIONS.accepted);
    await press(world, ben, keys[1] ?? "", ACTIONS.rejected);
    const note = await world.slack.waitFor(() => messagesOf(world.slack).notes[0], {
      describe: "the word",
    });
    expect(world.slack.textOf(note)).toMatch(/1 accepted/);
    await says(world, keys[1] ?? "", /Rejected.*by ben/);
    await press(world, ben, keys[1] ?? "", ACTIONS.undo);
    await world.slack.waitFor(() => !/Rejected/.test(wordsOn(world, keys[1] ?? "")), { describe: "the undo" });
    await press(world, ben, keys[1] ?? "", ACTIONS.accepted);
    await cardSays(world, /2 accepted/);
    await world.slack.waitFor(
      () => /2 accepted/.test(world.slack.textOf(messagesOf(world.slack).completions[0] ?? note)),
      { describe: "the alert's tally" },
    );
    expect(messagesOf(world.slack).notes).toHaveLength(1);
  });
});

describe.concurrent("a click that cannot count", () => {
  it("from outside the channel is told why, and changes nothing", async () => {
    await using world = await startOrderlyWorld();
    const { keys } = await reviewed(world, 1);
    world.slack.addPerson({ id: "U0DORA", name: "dora" });
    await press(world, "U0DORA", keys[0], ACTIONS.accepted);
    await told(world, "U0DORA", /<#C0RESEARCH>|#research|join/i);
    await press(world, cai, keys[0], ACTIONS.maybe);
    await says(world, keys[0], /Maybe.*by cai/);
    expect(wordsOn(world, keys[0])).not.toContain("dora");
  });

  it("with a forged value is refused", async () => {
    await using world = await startOrderlyWorld();
    const { keys } = await reviewed(world, 1);
    const ts = messageWith(world, keys[0])?.ts ?? "";
    const forged = [
      { blockId: `d-${"0".repeat(32)}`, value: "0" },
      { blockId: "d-1'; DROP", value: "0" },
      { blockId: keys[0], value: "-1" },
      { blockId: keys[0], value: "999999999999999999999" },
      { blockId: keys[0], value: "{}" },
      { blockId: keyOf(world, "run_r", "somebody-elses"), value: "0" },
    ];
    for (const { blockId, value } of forged) {
      const element = {
        type: "button",
        action_id: ACTIONS.accepted,
        value,
        text: { type: "plain_text", text: "Accept" },
      };
      const before = world.slack.ephemeral(ben).length;
      await world.slack.click({
        user: ben,
        channel: CHANNELS.research,
        ts,
        actionId: ACTIONS.accepted,
        blockId,
        element,
      });
      await world.slack.waitFor(() => world.slack.ephemeral(ben).length > before, {
        describe: `an answer to ${blockId} ${value}`,
      });
    }
    expect(wordsOn(world, keys[0])).not.toMatch(/by ben/);
    await press(world, ana, keys[0], ACTIONS.accepted);
    await says(world, keys[0], /Accepted.*by ana/);
  });

  it("on a stopped watch still counts, and shows", async () => {
    await using world = await startOrderlyWorld();
    const { keys } = await reviewed(world, 2);
    await world.slack.command({ user: ana, channel: CHANNELS.research, text: "stop run_r" });
    world.slack.faults.add({
      method: "response_url",
      match: (args) => args.replace_original === true,
      kind: "http",
      times: 1,
    });
    await press(world, ana, keys[0], ACTIONS.accepted);
    await says(world, keys[0], /Accepted.*by ana/);
    await cardSays(world, /1 accepted/);
  });

  it("on the message of a watch that is kept no longer is answered", async () => {
    await using world = await startOrderlyWorld();
    const { keys } = await reviewed(world, 1);
    const message = messageWith(world, keys[0]);
    const { Redis } = await import("ioredis");
    const redis = new Redis(world.redis.url);
    await redis.flushall();
    redis.disconnect();
    await world.slack.click({
      user: ana,
      channel: CHANNELS.research,
      ts: message?.ts,
      actionId: ACTIONS.accepted,
      blockId: keys[0],
    });
    await told(world, ana, /no longer|expired/i);
  });
});

describe.concurrent("memory across runs", () => {
  it("shows what this channel decided about the same entity in another run, and in no other channel", async () => {
    await using world = await startOrderlyWorld();
    const { keys } = await reviewed(world, 1);
    await press(world, ana, keys[0], ACTIONS.rejected);
    await says(world, keys[0], /Rejected.*by ana/);
    const next = world.findall.addRun({ id: "run_next", objective: "Find robot makers" });
    const id = next.match({ name: "Company One Ltd", url: "http://www.company-1.example/about" });
    const namesake = next.match({ name: "Company 1", url: "https://another.example" });
    await world.slack.command({ user: ben, channel: CHANNELS.research, text: "run_next" });
    const key = keyOf(world, "run_next", id);
    await posted(world, key);
    await says(world, key, /Rejected.*before[\s\S]*run_r[\s\S]*ana|Rejected[\s\S]*Find greenhouse makers/);
    await posted(world, keyOf(world, "run_next", namesake));
    expect(wordsOn(world, keyOf(world, "run_next", namesake))).not.toMatch(/before/);

    await world.slack.command({ user: ben, channel: CHANNELS.deals, text: "run_next" });
    await posted(world, keyOf(world, "run_next", id, CHANNELS.deals), CHANNELS.deals);
    expect(wordsOn(world, keyOf(world, "run_next", id, CHANNELS.deals), CHANNELS.deals)).not.toMatch(/before/);
  });

  it("folds such candidates into one line of a page where the channel wants that", async () => {
    await using world = await startOrderlyWorld();
    const { keys } = await reviewed(world, 3);
    for (const key of keys.slice(0, 2)) {
      await press(world, ana, key, ACTIONS.rejected);
      await says(world, key, /Rejected.*by ana/);
    }
    await world.slack.command({ user: ben, channel: CHANNELS.research, text: "fold on" });
    const next = world.findall.addRun({ id: "run_next", objective: "Find robot makers" });
    const ids = next.matchMany(6, (index) => ({
      name: `Again ${index + 1}`,
      url: `https://company-${index + 1}.example`,
    }));
    await world.slack.command({ user: ben, channel: CHANNELS.research, text: "run_next" });
    const of = ids.map((id) => keyOf(world, "run_next", id));
    await posted(world, of[5] ?? "");
    expect(wordsOn(world, of[0] ?? "")).toMatch(/2 decided before/);
    const folded = buttonsOf(messageWith(world, of[0] ?? "") ?? { blocks: [] }, of[0] ?? "");
    expect(folded.map((button) => button.action_id)).toEqual([ACTIONS.more]);
  });
});
