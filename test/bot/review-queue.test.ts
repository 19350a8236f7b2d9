import { describe, expect, it } from "vitest";
import { CHANNELS, PEOPLE } from "../../src/sandbox/fake-slack/world.ts";
import { ACTIONS } from "../../src/slack/controls.ts";
import { type ReviewWorld, reviewWorld } from "./review-world.ts";
import { reviewThread } from "./workspace.ts";

const { ana, ben } = PEOPLE;
const BEN = { id: ben, name: "ben" };
const world = (candidates = 3) => reviewWorld({ candidates, channel: CHANNELS.research });
const verdicts = (of: ReviewWorld) => of.keys.map((_, place) => of.review(place).decisions.at(-1)?.verdict ?? "-");

/** The queue, open before Ana. */
async function openQueue(review: ReviewWorld) {
  const thread = await reviewThread(review);
  await thread.press(ana, ACTIONS.queue);
  await thread.slack.waitFor(() => thread.slack.views.modals(ana).length === 1);
  const sees = (...words: string[]) =>
    thread.slack.waitFor(() => words.every((each) => thread.read(ana).includes(each)));
  return { ...thread, sees };
}

describe("the review queue", () => {
  it("goes on by itself from decision to decision, and ends with how it stands", async () => {
    const review = world();
    const { slack, pressIn, sees } = await openQueue(review);
    await sees("1 of 3", "Acme 1");
    await pressIn(ana, ACTIONS.accepted);
    await sees("2 of 3", "Acme 2");
    await pressIn(ana, ACTIONS.rejected);
    await sees("3 of 3", "Acme 3");
    await pressIn(ana, ACTIONS.maybe);
    await sees("All reviewed");
    expect(verdicts(review)).toEqual(["accepted", "rejected", "maybe"]);
    expect(review.clicks).toMatchObject([{ responseUrl: null, messageTs: null, channelId: null }, {}, {}]);
    expect(slack.problems()).toEqual([]);
  });

  it("skips, keeps the note, and goes through the skipped ones once more", async () => {
    const review = world(2);
    const { slack, pressIn, sees, acks } = await openQueue(review);
    const skipped = await slack.submit({ user: ana, values: { note: "ask Ben" } });
    expect(skipped.ackMs).toBeLessThan(1_000);
    await sees("2 of 2", "Acme 2");
    expect(review.notes(0)).toMatchObject([{ text: "ask Ben", by: { id: ana } }]);
    await slack.submit({ user: ana });
    await sees("You skipped 2");
    await pressIn(ana, ACTIONS.queueAgain);
    await sees("1 of 2", "Acme 1");
    expect(verdicts(review)).toEqual(["-", "-"]);
    expect(acks.map(([what]) => what)).toEqual(["click", "view", "view", "click"]);
    expect(slack.problems()).toEqual([]);
  });

  it("says who decided a candidate meanwhile, and overrules nobody", async () => {
    const review = world();
    const { pressIn, sees, read } = await openQueue(review);
    review.decide(0, "accepted", BEN);
    await pressIn(ana, ACTIONS.rejected);
    await sees("Acme 2", "was accepted by ben meanwhile, so it was skipped", "can be changed in the thread");
    // It is told of by name, so it is not counted among the others.
    expect(read(ana)).not.toContain("decided by others");
    expect(verdicts(review)).toEqual(["accepted", "-", "-"]);
  });

  it("passes over what others decided meanwhile, with a word about it", async () => {
    const review = world(4);
    const { pressIn, sees } = await openQueue(review);
    review.decide(1, "rejected", BEN);
    review.decide(2, "maybe", BEN);
    await pressIn(ana, ACTIONS.accepted);
    await sees("4 of 4", "2 candidates were decided by others meanwhile");
  });

  it("shows a candidate once more whose decision was taken back meanwhile", async () => {
    const review = world();
    const { pressIn, sees } = await openQueue(review);
    review.decide(0, "accepted", BEN);
    review.decide(0, "undo", BEN);
    await pressIn(ana, ACTIONS.rejected);
    await sees("1 of 3", "taken back meanwhile: please decide again");
    await pressIn(ana, ACTIONS.rejected);
    await sees("2 of 3");
    expect(verdicts(review)).toEqual(["rejected", "-", "-"]);
  });

  it("does not skip a candidate unseen on a double click, or on a click that is delivered twice", async () => {
    const review = world();
    const { slack, pressIn, sees } = await openQueue(review);
    await Promise.all([pressIn(ana, ACTIONS.accepted), pressIn(ana, ACTIONS.accepted, { times: 2 })]);
    await slack.waitFor(() => review.clicks.length === 3);
    await slack.waitFor(() => slack.calls("views.update").length === 3);
    await sees("2 of 3", "Acme 2");
    expect(verdicts(review)).toEqual(["accepted", "-", "-"]);
  });

  it("does not skip a candidate unseen when a skip is delivered twice", async () => {
    const review = world();
    const { slack, sees } = await openQueue(review);
    await slack.submit({ user: ana, times: 2 });
    await sees("2 of 3", "Acme 2");
  });

  it("lets the first of two clicks on different buttons win, and says so", async () => {
    const review = world();
    const { pressIn, sees } = await openQueue(review);
    await Promise.all([pressIn(ana, ACTIONS.accepted), pressIn(ana, ACTIONS.rejected)]);
    await sees("2 of 3", "by you meanwhile");
    expect(review.review(0).decisions).toHaveLength(1);
    expect(verdicts(review)).toEqual([expect.stringMatching(/accepted|rejected/), "-", "-"]);
  });

  it("refuses a click that is about another candidate than it shows", async () => {
    const review = world();
    const { slack, modal, sees, log } = await openQueue(review);
    const element = { type: "button", action_id: ACTIONS.accepted, value: "0" };
    await slack.click({ user: ana, view: modal(ana).id, blockId: review.keys[1], actionId: ACTIONS.accepted, element });
    await sees("1 of 3", "I do not recognise this button");
    expect(review.clicks).toEqual([]);
    expect(log.lines.join("\n")).toContain('"forged"');
  });

  it("stays where it is while the store is down, and goes on when it is back", async () => {
    const review = world();
    const { slack, pressIn, sees, read } = await openQueue(review);
    review.refusal = { kind: "store_unavailable" };
    await pressIn(ana, ACTIONS.accepted);
    await sees("1 of 3", "Nothing was saved");
    const skip = await slack.submit({ user: ana, values: { note: "kept" } });
    expect(Object.values(skip.errors)).toEqual([expect.stringContaining("Nothing was saved")]);
    const bare = await slack.submit({ user: ana });
    expect(Object.values(bare.errors)).toEqual([expect.stringContaining("Nothing was saved")]);
    review.refusal = null;
    await pressIn(ana, ACTIONS.accepted);
    await sees("2 of 3");
    expect(read(ana)).not.toContain("Nothing was saved");
    expect(slack.problems()).toEqual([]);
  });

  it("opens the details on top, and goes on below them when the candidate was decided there", async () => {
    const review = world();
    const { slack, pressIn, sees, read } = await openQueue(review);
    await pressIn(ana, ACTIONS.more);
    await slack.waitFor(() => slack.views.modals(ana).length === 2);
    await pressIn(ana, ACTIONS.accepted);
    await slack.waitFor(() => read(ana).includes("Accepted"));
    await slack.dismiss({ user: ana });
    await sees("1 of 3");
    await pressIn(ana, ACTIONS.accepted);
    await sees("2 of 3");
    expect(read(ana)).not.toContain("meanwhile");
    expect(verdicts(review)).toEqual(["accepted", "-", "-"]);
  });

  it("says on top when the details cannot be opened", async () => {
    const review = world();
    const { slack, pressIn, sees } = await openQueue(review);
    slack.faults.add({ method: "views.push", kind: "error", error: "expired_trigger_id" });
    await pressIn(ana, ACTIONS.more);
    await sees("1 of 3", "Slack did not open the window");
  });

  it("says a reference when a step throws, and stays usable", async () => {
    const review = world();
    const { pressIn, sees, log, read } = await openQueue(review);
    review.before = () => {
      throw new Error("a bug");
    };
    await pressIn(ana, ACTIONS.accepted);
    await sees("1 of 3", "reference");
    expect(log.lines.join("\n")).toContain(/reference ([0-9a-f]{8})/.exec(read(ana))?.[1]);
    review.before = () => {};
    await pressIn(ana, ACTIONS.accepted);
    await sees("2 of 3");
  });

  it("of a run without matches says so", async () => {
    const review = world(1);
    const { slack, press, read } = await reviewThread(review);
    review.actions.reviewNext = async () => ({ kind: "nothing_yet", watch: review.item(0).watch, held: 0 });
    await press(ana, ACTIONS.queue);
    await slack.waitFor(() => read(ana).includes("Nothing to review yet"));
  });

  it("is finished by two people without a candidate decided twice", async () => {
    const review = world(12);
    const { slack, press, pressIn, read } = await reviewThread(review);
    for (const user of [ana, ben]) {
      await press(user, ACTIONS.queue);
      await slack.waitFor(() => slack.views.modals(user).length === 1);
    }
    const goThrough = async (user: string, actionId: string) => {
      while (!read(user).includes("All reviewed")) {
        const updates = slack.calls("views.update").length;
        await pressIn(user, actionId);
        await slack.waitFor(() => slack.calls("views.update").length > updates);
      }
    };
    await Promise.all([goThrough(ana, ACTIONS.accepted), goThrough(ben, ACTIONS.rejected)]);
    expect(review.keys.map((_, place) => review.review(place).decisions.length)).toEqual(Array(12).fill(1));
    expect(slack.problems()).toEqual([]);
  });
});
