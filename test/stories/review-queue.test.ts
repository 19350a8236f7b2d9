import { describe, expect, it } from "vitest";
import { readCsv } from "../export/read-csv.ts";
import {
  ACTIONS,
  keyOf,
  messageWith,
  modalOf,
  modalSays,
  posted,
  press,
  pressInModal,
  says,
  told,
  wordsOn,
} from "../support/review.ts";
import {
  CHANNELS,
  follow,
  messagesOf,
  PEOPLE,
  startOrderlyWorld,
  type TestWorld,
  timesShown,
} from "../support/world.ts";

const { ana, ben } = PEOPLE;

/** A run of a few matches that has ended, its alert in the channel. */
async function endedRun(world: TestWorld, names: readonly string[]) {
  const run = world.findall.addRun({ id: "run_q", objective: "Find greenhouse makers" });
  const ids = names.map((name) => run.match({ name }));
  run.end();
  await follow(world, "run_q");
  const alert = await world.slack.waitFor(() => messagesOf(world.slack).completions[0], {
    describe: "the alert",
  });
  return { run, alert, keys: ids.map((id) => keyOf(world, "run_q", id)) };
}

describe.concurrent("the review queue", () => {
  it("is worked off by two people, each going on to the next by itself, until the thread says that all is reviewed", async () => {
    await using world = await startOrderlyWorld();
    const { slack } = world;
    const { alert, keys } = await endedRun(world, ["Alba", "Brom", "Cora", "Dune"]);
    const [alba = "", brom = "", cora = "", dune = ""] = keys;
    await slack.click({ user: ana, channel: CHANNELS.research, ts: alert.ts, actionId: ACTIONS.queue });
    await modalSays(world, ana, /1 of 4[\s\S]*Alba/);
    await slack.command({ user: ben, channel: CHANNELS.research, text: "review run_q" });
    await modalSays(world, ben, /1 of 4[\s\S]*Alba/);

    await pressInModal(world, ana, ACTIONS.accepted, alba);
    await modalSays(world, ana, /2 of 4[\s\S]*Brom/);
    // Ben still looks at what Ana has decided: it is skipped, with a word about it.
    await pressInModal(world, ben, ACTIONS.rejected, alba);
    const skipped = await modalSays(world, ben, /2 of 4[\s\S]*Brom/);
    expect(slack.viewText(skipped.id)).toMatch(/Alba.*accepted.*ana|ana.*accepted.*Alba/i);

    await pressInModal(world, ben, ACTIONS.rejected, brom);
    await modalSays(world, ben, /Cora/);
    await slack.submit({ user: ana });
    await modalSays(world, ana, /Cora/);
    await slack.click({
      user: ana,
      view: modalOf(world, ana)?.id,
      actionId: ACTIONS.maybe,
      blockId: cora,
      values: { [ACTIONS.note]: "ask Ben's cousin" },
    });
    await modalSays(world, ana, /Dune/);
    await pressInModal(world, ana, ACTIONS.accepted, dune);
    await modalSays(world, ana, /reviewed/i);
    const note = await slack.waitFor(() => messagesOf(slack).notes[0], { describe: "the word" });
    expect(slack.textOf(note)).toMatch(/2 accepted[\s\S]*1 rejected[\s\S]*1 maybe/);
    for (const [key, words] of [
      [alba, /Accepted.*by ana/],
      [brom, /Rejected.*by ben/],
      [cora, /Maybe.*by ana/],
      [dune, /Accepted.*by ana/],
    ] as const) {
      await says(world, key, words);
    }
    await press(world, ben, cora, ACTIONS.more);
    await modalSays(world, ben, "ask Ben's cousin");
  });

  it("holds what this channel was shown, also when the run found more for another channel since", async () => {
    await using world = await startOrderlyWorld();
    const { slack } = world;
    const run = world.findall.addRun({ id: "run_q" });
    await follow(world, "run_q");
    const alba = keyOf(world, "run_q", run.match({ name: "Alba" }));
    await posted(world, alba);
    await slack.command({ user: ana, channel: CHANNELS.research, text: "stop run_q" });
    await slack.command({ user: ana, channel: CHANNELS.deals, text: "run_q" });
    await posted(world, keyOf(world, "run_q", run.match({ name: "Brom" }), CHANNELS.deals), CHANNELS.deals);

    await slack.command({ user: ana, channel: CHANNELS.research, text: "review run_q" });
    await modalSays(world, ana, /1 of 1[\s\S]*Alba/);
    await pressInModal(world, ana, ACTIONS.accepted, alba);
    await modalSays(world, ana, /All reviewed/);
    await slack.command({ user: ana, channel: CHANNELS.research, text: "export run_q json" });
    const file = await slack.waitFor(() => slack.files()[0], { describe: "the file" });
    expect(JSON.parse(file.content.toString("utf8"))).toMatchObject({ candidate_count: 1 });
  });

  it("says that there is nothing yet, and that a run is not followed here", async () => {
    await using world = await startOrderlyWorld();
    const { slack } = world;
    world.findall.addRun({ id: "run_q" });
    await follow(world, "run_q");
    await slack.command({ user: ana, channel: CHANNELS.research, text: "review run_q" });
    await modalSays(world, ana, /nothing|no match/i);
    await slack.command({ user: ana, channel: CHANNELS.research, text: "review run_other" });
    await told(world, ana, /not followed here|does not follow|not follow/i);
  });
});

describe.concurrent("the details of a candidate", () => {
  it("show everything, take a note and a decision, and the message shows the decision too", async () => {
    await using world = await startOrderlyWorld();
    const { slack } = world;
    const reasoning = "Because of the register. ".repeat(600);
    const run = world.findall.addRun({ id: "run_d", matchConditions: [{ name: "is_real", description: "is real" }] });
    await follow(world, "run_d");
    const id = run.match({ name: "Alba", conditions: { is_real: { value: "yes", reasoning } } });
    const key = keyOf(world, "run_d", id);
    await posted(world, key);
    await press(world, ana, key, ACTIONS.more);
    const view = await modalSays(world, ana, "Alba");
    const shown =
      slack
        .viewText(view.id)
        .replace(/[\s>]+/g, " ")
        .match(/Because of the register\./g)?.length ?? 0;
    expect(shown).toBe(600);

    await slack.submit({ user: ana, values: { [ACTIONS.note]: "call on Monday" } });
    await modalSays(world, ana, "call on Monday");
    await pressInModal(world, ana, ACTIONS.rejected, key);
    await modalSays(world, ana, /Rejected/);
    await says(world, key, /Rejected.*by ana/);
    expect(wordsOn(world, key)).toMatch(/1 note/);
    await pressInModal(world, ana, ACTIONS.undo, key);
    await slack.waitFor(() => !/Rejected/.test(wordsOn(world, key)), { describe: "the undo on the message" });
    expect(slack.viewText(modalOf(world, ana)?.id ?? "")).toMatch(/history/i);
  });
});

describe.concurrent("while Slack is slow", () => {
  it("the details show a decision that the message does not show yet", async () => {
    await using world = await startOrderlyWorld();
    const { slack } = world;
    const { keys } = await endedRun(world, ["Alba"]);
    const [alba = ""] = keys;
    await press(world, ana, alba, ACTIONS.more);
    await modalSays(world, ana, "Alba");
    const hang = slack.faults.add({ method: "response_url", kind: "hang", times: 1 });
    await pressInModal(world, ana, ACTIONS.accepted, alba);
    await slack.waitFor(() => /Accepted/.test(slack.viewText(modalOf(world, ana)?.id ?? "")), {
      describe: "the decision in the details",
      timeoutMs: 3_000,
    });
    expect(wordsOn(world, alba)).not.toContain("Accepted");
    hang.release();
    await says(world, alba, /Accepted by ana/);
  });

  it("a click on the channel's own message counts, though nobody says yet who is in the channel", async () => {
    await using world = await startOrderlyWorld();
    const { keys } = await endedRun(world, ["Alba"]);
    const hang = world.slack.faults.add({ method: "conversations.members", kind: "hang" });
    await press(world, ana, keys[0] ?? "", ACTIONS.accepted);
    await world.slack.waitFor(() => /Accepted by ana/.test(wordsOn(world, keys[0] ?? "")), {
      describe: "the decision",
      timeoutMs: 3_000,
    });
    hang.remove();
  });
});

describe.concurrent("the export", () => {
  it("puts a file into the thread that holds every decision as it was made", async () => {
    await using world = await startOrderlyWorld();
    const { slack } = world;
    const { keys } = await endedRun(world, ["=1+1 Alba", "Brom", "Cora"]);
    const [alba = "", brom = ""] = keys;
    await press(world, ana, alba, ACTIONS.accepted);
    await says(world, alba, /Accepted/);
    await press(world, ben, brom, ACTIONS.rejected);
    await says(world, brom, /Rejected/);
    await slack.command({ user: ana, channel: CHANNELS.research, text: "export run_q json" });
    const file = await slack.waitFor(() => slack.files()[0], { describe: "the file" });
    expect(file.threadTs).toBe(messagesOf(slack).cards[0]?.ts);
    const { candidates } = JSON.parse(file.content.toString("utf8")) as { candidates: Record<string, unknown>[] };
    expect(candidates.map(({ name }) => name)).toEqual(["=1+1 Alba", "Brom", "Cora"]);
    expect(candidates.map(({ decision }) => (decision as { verdict: string } | null)?.verdict ?? null)).toEqual([
      "accepted",
      "rejected",
      null,
    ]);
    await press(world, ana, alba, ACTIONS.more);
    await modalSays(world, ana, "Alba");
    await slack.submit({ user: ana, values: { [ACTIONS.note]: "-call\n=them" } });
    await slack.command({ user: ana, channel: CHANNELS.research, text: "export run_q accepted" });
    const { content } = await slack.waitFor(() => slack.files()[1], { describe: "the second file" });
    const [head = [], ...lines] = readCsv(content);
    expect(lines).toHaveLength(1);
    const row = Object.fromEntries(head.map((column, index) => [column, lines[0]?.[index]]));
    const link = messageWith(world, alba);
    expect(row).toMatchObject({
      name: "'=1+1 Alba",
      url: "https://www.candidate-1.example",
      match_status: "matched",
      decision: "accepted",
      reviewer: "ana",
      reviewer_id: ana,
      notes: expect.stringContaining("ana: -call"),
      permalink: link ? slack.permalink(link) : "",
      "makes_things_check value": "yes",
      "makes_things_check match": "yes",
      "makes_things_check reasoning": "The sources say so.",
    });
    expect(row.decided_at).toMatch(/^20\d\d-\d\d-\d\dT/);
  });

  it("keeps the channel's pace while many messages wait there", async () => {
    await using world = await startOrderlyWorld();
    const { slack } = world;
    const run = world.findall.addRun({ id: "run_q", matchLimit: 200 });
    await follow(world, "run_q");
    const names = Array.from({ length: 45 }, (_, index) => `Waiting ${index + 10}`);
    for (const name of names) run.match({ name });
    await slack.waitFor(() => messagesOf(slack).candidates.length >= 1, { describe: "the first page" });
    for (const _ of [1, 2, 3]) await slack.command({ user: ana, channel: CHANNELS.research, text: "export run_q" });
    await slack.waitFor(() => slack.files().length === 3, { describe: "three files" });
    run.end();
    await slack.waitFor(() => messagesOf(slack).completions.length === 1, { describe: "the alert" });
    expect(names.map((name) => timesShown(slack, name))).toEqual(names.map(() => 1));
  });

  it("tells how to add the scope where the app may not write files", async () => {
    await using world = await startOrderlyWorld();
    const { slack } = world;
    const { alert } = await endedRun(world, ["Alba"]);
    slack.setScopes(["commands", "chat:write", "channels:history", "channels:read", "groups:read"]);
    await slack.click({ user: ana, channel: CHANNELS.research, ts: alert.ts, actionId: ACTIONS.export });
    await told(world, ana, "files:write");
    expect(slack.files()).toEqual([]);
  });
});
