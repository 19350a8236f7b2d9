import { describe, expect, it } from "vitest";
import { CHANNELS, PEOPLE } from "../../src/sandbox/fake-slack/world.ts";
import { ACTIONS } from "../../src/slack/controls.ts";
import { reviewWorld } from "./review-world.ts";
import { reviewThread } from "./workspace.ts";

const { ana, ben } = PEOPLE;
const BEN = { id: ben, name: "ben" };
const world = (over: Parameters<typeof reviewWorld>[0] = {}) => reviewWorld({ channel: CHANNELS.research, ...over });
const basis = {
  reasoning: "because ".repeat(300),
  confidence: "high",
  citations: [{ url: "https://acme.example", title: "About", excerpts: ["said so ".repeat(200)] }],
};
const conditions = Array.from({ length: 200 }, (_, i) => ({ name: `c_${i}`, value: "yes", isMatched: true, basis }));

describe("the details of a candidate", () => {
  it("open with a click, and a decision there is shown there and on the message at once", async () => {
    const review = world();
    const { slack, press, pressIn, read, shown } = await reviewThread(review);
    await press(ana, ACTIONS.more);
    await slack.waitFor(() => slack.views.modals(ana).length === 1);
    expect(read(ana)).toContain("Acme 1");
    await pressIn(ana, ACTIONS.accepted);
    await slack.waitFor(() => shown() === "Acme 1: accepted by ana");
    await slack.waitFor(() => read(ana).includes("Accepted"));
    await pressIn(ana, ACTIONS.undo);
    await slack.waitFor(() => shown() === "Acme 1: to review");
    expect(slack.ephemeral()).toEqual([]);
    expect(slack.problems()).toEqual([]);
  });

  it("say who was quicker, and the next click counts", async () => {
    const review = world();
    const { slack, press, pressIn, read, shown } = await reviewThread(review);
    await press(ana, ACTIONS.more);
    await slack.waitFor(() => slack.views.modals(ana).length === 1);
    review.decide(0, "rejected", BEN);
    await pressIn(ana, ACTIONS.accepted);
    await slack.waitFor(() => read(ana).includes("Ben rejected"));
    await pressIn(ana, ACTIONS.accepted);
    await slack.waitFor(() => shown() === "Acme 1: accepted by ana");
    expect(review.review(0).decisions.map(({ by }) => by.name)).toEqual(["ben", "ana"]);
  });

  it("keep the decision and the words of a double click on two buttons", async () => {
    const review = world();
    const { slack, press, pressIn, read } = await reviewThread(review);
    await press(ana, ACTIONS.more);
    await slack.waitFor(() => slack.views.modals(ana).length === 1);
    await Promise.all([pressIn(ana, ACTIONS.accepted), pressIn(ana, ACTIONS.rejected)]);
    await slack.waitFor(() => read(ana).includes("so your click was not counted"));
    expect(review.review(0).decisions).toHaveLength(1);
  });

  it("have pages, and go on to the next", async () => {
    const review = world({ candidate: { conditions } });
    const { slack, press, pressIn, read } = await reviewThread(review);
    await press(ana, ACTIONS.more);
    await slack.waitFor(() => slack.views.modals(ana).length === 1);
    expect(read(ana)).toContain("Page 1 of");
    await pressIn(ana, `${ACTIONS.detailsPage}:next`);
    await slack.waitFor(() => read(ana).includes("Page 2 of"));
    await pressIn(ana, ACTIONS.accepted);
    await slack.waitFor(() => read(ana).includes("Accepted"));
    expect(read(ana)).toContain("Page 2 of");
    await pressIn(ana, `${ACTIONS.detailsPage}:prev`);
    await slack.waitFor(() => read(ana).includes("Page 1 of"));
    expect(slack.problems()).toEqual([]);
  });

  it("save a note, say so, and remove it when it is emptied", async () => {
    const review = world();
    const { slack, press, read, acks } = await reviewThread(review);
    await press(ana, ACTIONS.more);
    await slack.waitFor(() => slack.views.modals(ana).length === 1);
    await slack.submit({ user: ana, values: { note: "Too small for us" } });
    expect(read(ana)).toContain("Your note is saved");
    expect(review.notes(0)).toMatchObject([{ by: { id: ana, name: "ana" }, text: "Too small for us" }]);
    await slack.submit({ user: ana, values: { note: "Too small for us" } });
    expect(read(ana)).toContain("nothing was changed");
    await slack.submit({ user: ana, values: { note: "" } });
    expect(read(ana)).toContain("Your note is removed");
    expect(review.notes(0)).toEqual([]);
    expect(acks.map(([what]) => what)).toEqual(["click", "view", "view", "view"]);
    expect(slack.problems()).toEqual([]);
  });

  it("keep what was typed when the note is too long, or cannot be saved", async () => {
    const review = world();
    const { slack, press } = await reviewThread(review);
    await press(ana, ACTIONS.more);
    await slack.waitFor(() => slack.views.modals(ana).length === 1);
    const tooLong = await slack.submit({ user: ana, values: { note: "x".repeat(3_001) } });
    expect(Object.values(tooLong.errors)).toEqual([expect.stringContaining("at most 3,000 characters")]);
    review.refusal = { kind: "store_unavailable" };
    const down = await slack.submit({ user: ana, values: { note: "kept" } });
    expect(Object.values(down.errors)).toEqual([expect.stringContaining("Nothing was saved")]);
    review.refusal = { kind: "not_member", channel: "C9" };
    const outsider = await slack.submit({ user: ana, values: { note: "kept" } });
    expect(Object.values(outsider.errors)).toEqual([expect.not.stringContaining("<#")]);
    review.before = () => {
      throw new Error("a bug");
    };
    const failed = await slack.submit({ user: ana, values: { note: "kept" } });
    expect(Object.values(failed.errors)).toEqual([expect.stringMatching(/reference [0-9a-f]{8}/)]);
    expect(slack.views.modals(ana)).toHaveLength(1);
    expect(review.notes(0)).toEqual([]);
    expect(slack.problems()).toEqual([]);
  });

  it("keep what was typed when the store does not answer in time", async () => {
    const review = world();
    const { slack, press, log } = await reviewThread(review);
    await press(ana, ACTIONS.more);
    await slack.waitFor(() => slack.views.modals(ana).length === 1);
    let finish = () => {};
    review.before = () =>
      new Promise((resolve) => {
        finish = resolve;
      });
    const late = await slack.submit({ user: ana, values: { note: "kept" } });
    expect(late.ackMs).toBeLessThan(2_500);
    expect(Object.values(late.errors)).toEqual([expect.stringContaining("What you typed is still here")]);
    expect(log.lines.join("\n")).toContain("form_late");
    finish();
  });

  it("stay as they are, with a line on top, while the store is down", async () => {
    const review = world();
    const { slack, press, pressIn, read } = await reviewThread(review);
    await press(ana, ACTIONS.more);
    await slack.waitFor(() => slack.views.modals(ana).length === 1);
    review.refusal = { kind: "store_unavailable" };
    for (const _again of [1, 2]) {
      await pressIn(ana, ACTIONS.accepted);
      await slack.waitFor(() => read(ana).includes("Nothing was saved"));
    }
    expect(read(ana).match(/Nothing was saved/g)).toHaveLength(1);
    review.refusal = null;
    await pressIn(ana, ACTIONS.accepted);
    await slack.waitFor(() => read(ana).includes("Accepted"));
    expect(read(ana)).not.toContain("Nothing was saved");
    expect(slack.problems()).toEqual([]);
  });

  it("first say that they are loading when the store is slow", async () => {
    const review = world();
    const { slack, press, read } = await reviewThread(review);
    let finish = () => {};
    review.before = () =>
      new Promise((resolve) => {
        finish = resolve;
      });
    await press(ana, ACTIONS.more);
    await slack.waitFor(() => slack.views.modals(ana).length === 1);
    expect(read(ana)).toContain("One moment");
    finish();
    await slack.waitFor(() => read(ana).includes("Acme 1"));
    expect(slack.ephemeral()).toEqual([]);
  });

  it("that cannot be opened any more are answered privately", async () => {
    const review = world();
    const { slack, press, told } = await reviewThread(review);
    slack.faults.add({ method: "views.open", kind: "error", error: "expired_trigger_id" });
    await press(ana, ACTIONS.more);
    await press(ana, ACTIONS.queue);
    await slack.waitFor(() => told(ana).length === 2);
    for (const text of told(ana)) expect(text).toContain("Slack did not open the window");
  });

  it("open once for a click that is delivered twice", async () => {
    const review = world();
    const { slack, press } = await reviewThread(review);
    await press(ana, ACTIONS.more, { times: 2 });
    await slack.waitFor(() => slack.calls("views.open").length === 2);
    await slack.waitFor(() => slack.views.modals(ana).length === 1);
    expect(slack.ephemeral()).toEqual([]);
  });

  it("refuse a click that is about another candidate", async () => {
    const review = world();
    const { slack, press, modal, read, log } = await reviewThread(review);
    await press(ana, ACTIONS.more);
    await slack.waitFor(() => slack.views.modals(ana).length === 1);
    const element = { type: "button", action_id: ACTIONS.accepted, value: "0" };
    await slack.click({ user: ana, view: modal(ana).id, blockId: review.keys[1], actionId: ACTIONS.accepted, element });
    await slack.waitFor(() => read(ana).includes("I do not recognise this button"));
    expect(review.clicks).toEqual([]);
    expect(log.lines.join("\n")).toContain('"forged"');
  });
});
