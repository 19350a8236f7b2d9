import { describe, expect, it } from "vitest";
import { CHANNELS, PEOPLE } from "../../src/sandbox/fake-slack/world.ts";
import { ACTIONS } from "../../src/slack/controls.ts";
import { type ReviewWorld, reviewWorld, WATCH_ID } from "./review-world.ts";
import { reviewThread } from "./workspace.ts";

const { ana, ben } = PEOPLE;
const BEN = { id: ben, name: "ben" };
const world = (candidates?: number) => reviewWorld({ candidates, channel: CHANNELS.research });
const verdict = (of: ReviewWorld, place = 0) => of.review(place).decisions.at(-1)?.verdict;

describe("a click on a candidate", () => {
  it("decides, shows that on the message at once and says nothing else", async () => {
    const review = world();
    const { slack, press, shown, acks, channel, ts } = await reviewThread(review);
    const result = await press(ana, ACTIONS.accepted);
    expect(result.ackMs).toBeLessThan(1_000);
    await slack.waitFor(() => shown() === "Acme 1: accepted by ana");
    expect(slack.ephemeral()).toEqual([]);
    expect(acks).toEqual([["click", expect.any(Number)]]);
    expect(review.clicks).toEqual([
      {
        by: { id: ana, name: "ana" },
        channelId: channel,
        messageTs: ts,
        responseUrl: result.responseUrl,
        deliveryId: expect.stringContaining(review.keys[0]!),
      },
    ]);
    expect(slack.problems()).toEqual([]);
  });

  it("counts once when Slack delivers it three times", async () => {
    const review = world();
    const { slack, press, shown } = await reviewThread(review);
    const result = await press(ana, ACTIONS.rejected, { times: 3 });
    expect(result.acks.every(({ acked }) => acked)).toBe(true);
    await slack.waitFor(() => shown() === "Acme 1: rejected by ana" && review.clicks.length === 3);
    expect(review.review(0).revision).toBe(1);
    expect(slack.ephemeral()).toEqual([]);
  });

  it("of the second of two people tells them alone who was quicker, and changes it with one more click", async () => {
    const review = world();
    const { slack, press, shown, told, threadTs } = await reviewThread(review);
    const quick = press(ben, ACTIONS.accepted);
    await Promise.all([quick, press(ana, ACTIONS.rejected)]);
    await slack.waitFor(() => told(ana).length + told(ben).length === 1);
    const loser = told(ana).length === 1 ? ana : ben;
    const [notice] = slack.ephemeral(loser);
    expect(notice?.text).toMatch(
      /^(Ben accepted|Ana rejected) \*Acme 1\* meanwhile \(<!date.*so your click was not counted/,
    );
    expect(notice?.threadTs).toBe(threadTs);

    const wish = loser === ana ? ACTIONS.rejected : ACTIONS.accepted;
    await slack.click({ user: loser, ephemeral: notice!.id, actionId: wish });
    await slack.waitFor(() => told(loser)[0]?.startsWith("✔️ Done: *Acme 1* is "));
    expect(told(loser)).toHaveLength(1);
    expect(verdict(review)).toBe(loser === ana ? "rejected" : "accepted");
    expect(review.review(0).decisions).toHaveLength(2);
    // The private notice is no message of the candidate: the lane shows the change there.
    expect(review.clicks.at(-1)).toMatchObject({ messageTs: null, responseUrl: null });
    expect(shown()).not.toContain("Done");
    expect(slack.problems()).toEqual([]);
  });

  it("that repeats what the person decided says so to them alone", async () => {
    const review = world();
    const { slack, press, forge, told } = await reviewThread(review);
    await press(ana, ACTIONS.accepted);
    await slack.waitFor(() => verdict(review));
    await forge(ana, review.keys[0]!, { action_id: ACTIONS.accepted, value: "0" });
    await slack.waitFor(() => told(ana).length === 1);
    expect(told(ana)[0]).toContain("You accepted *Acme 1* already");
    expect(told(ben)).toEqual([]);
  });

  it("takes a decision back, and says when there is none", async () => {
    const review = world();
    const { slack, press, shown, told } = await reviewThread(review);
    await press(ana, ACTIONS.maybe);
    await slack.waitFor(() => shown() === "Acme 1: maybe by ana");
    await press(ben, ACTIONS.undo);
    await slack.waitFor(() => shown() === "Acme 1: to review");
    await press(ben, ACTIONS.undo);
    await slack.waitFor(() => told(ben)[0]?.includes("has no decision that could be undone"));
    expect(review.review(0).events.map(({ what, by }) => [what, by.name])).toEqual([
      ["maybe", "ana"],
      ["undone", "ben"],
    ]);
  });

  it("on an old copy of the message is answered with how it stands and where", async () => {
    const review = world();
    const { slack, press, told } = await reviewThread(review);
    review.messageTs = "1700000000.000001";
    await press(ana, ACTIONS.accepted);
    await slack.waitFor(() => told(ana).length === 1);
    expect(told(ana)[0]).toMatch(/Done: \*Acme 1\* is accepted \(by you, .*p1700000000000001\|See it in the thread/);
  });

  it.each([
    [{ kind: "expired" } as const, "no longer kept"],
    [{ kind: "not_member", channel: CHANNELS.random } as const, `Only people in <#${CHANNELS.random}> decide there`],
    [{ kind: "membership_unknown" } as const, "Slack does not tell me"],
    [{ kind: "store_unavailable" } as const, "Nothing was saved; please try again"],
  ])("that is refused ($kind) is answered, on every button", async (refusal, words) => {
    const review = world();
    const { slack, press, told } = await reviewThread(review);
    review.refusal = refusal;
    const buttons = [ACTIONS.accepted, ACTIONS.undo, ACTIONS.more, ACTIONS.queue];
    for (const button of buttons) await press(ana, button);
    await slack.waitFor(() => told(ana).length === buttons.length);
    for (const text of told(ana)) expect(text).toContain(words);
    expect(slack.views.modals(ana)).toEqual([]);
    expect(slack.problems()).toEqual([]);
  });

  it("is answered with a reference when a step throws, and the log has it", async () => {
    const review = world();
    const { slack, press, told, log } = await reviewThread(review);
    review.before = () => {
      throw new Error("a bug with xoxb-1-secret");
    };
    await press(ana, ACTIONS.accepted);
    await press(ana, ACTIONS.more);
    await slack.waitFor(() => told(ana).length === 2);
    for (const text of told(ana)) {
      const reference = /reference `([0-9a-f]{8})`/.exec(text)?.[1];
      expect(log.lines.join("\n")).toContain(`"reference":"${reference}"`);
    }
    expect(log.lines.join("\n")).not.toContain("xoxb-1-secret");
  });

  it("is answered by an ephemeral message in the thread when its response URL is refused", async () => {
    const review = world();
    const { slack, press, told, threadTs } = await reviewThread(review);
    review.refusal = { kind: "membership_unknown" };
    slack.faults.add({ method: "response_url", kind: "http", status: 404 });
    await press(ana, ACTIONS.accepted);
    await slack.waitFor(() => told(ana).length === 1);
    expect(slack.ephemeral(ana)[0]).toMatchObject({ origin: "api", threadTs });
  });

  it("that is in hand is finished before the bot has stopped", async () => {
    const review = world();
    const { bot, press, shown } = await reviewThread(review);
    let finish = () => {};
    review.before = () =>
      new Promise((resolve) => {
        finish = resolve;
      });
    await press(ana, ACTIONS.accepted);
    const stopping = bot.stop();
    finish();
    await stopping;
    expect(shown()).toBe("Acme 1: accepted by ana");
  });

  it("on a link opens it, and is acknowledged", async () => {
    const review = world();
    const { slack, press } = await reviewThread(review);
    expect((await press(ana, ACTIONS.open)).acked).toBe(true);
    expect(review.clicks).toEqual([]);
    expect(slack.ephemeral()).toEqual([]);
  });
});

describe("a forged click", () => {
  const key = reviewWorld().keys[0]!;
  const SCRIPT = "<script>alert(1)</script>";
  it.each([
    ["a foreign block", "b1", ACTIONS.accepted, "0"],
    ["a watch in a candidate's place", WATCH_ID, ACTIONS.accepted, "0"],
    ["a candidate in a watch's place", key, ACTIONS.queue, "0"],
    ["a candidate in an export's place", key, ACTIONS.export, undefined],
    ["a script as a block", SCRIPT, ACTIONS.more, "0"],
    ["a key with more behind it", `${key}\n`, ACTIONS.rejected, "0"],
    ["a huge revision", key, ACTIONS.accepted, "999999999999999999999"],
    ["a negative revision", key, ACTIONS.accepted, "-1"],
    ["a fraction", key, ACTIONS.undo, "1.5"],
    ["an exponent", key, ACTIONS.maybe, "1e3"],
    ["a script as a revision", key, ACTIONS.maybe, SCRIPT],
    ["no revision", key, ACTIONS.accepted, undefined],
    ["an action of ours with a tail", key, `${ACTIONS.accepted}:x`, "0"],
  ])("with %s is answered politely, logged, and does nothing", async (_title, blockId, actionId, value) => {
    const review = world();
    const { slack, forge, told, log } = await reviewThread(review);
    expect((await forge(ana, blockId, { action_id: actionId, value })).acked).toBe(true);
    await slack.waitFor(() => told(ana).length === 1);
    expect(told(ana)[0]).toContain("I do not recognise this button");
    expect(log.lines.filter((line) => line.includes('"forged"'))).toHaveLength(1);
    expect(log.lines.join("\n")).not.toContain("<script>");
    expect(review.clicks).toEqual([]);
    expect(slack.views.modals(ana)).toEqual([]);
  });

  it("with a revision that was never reached changes nothing, and says how it stands", async () => {
    const review = world();
    const { slack, forge, told } = await reviewThread(review);
    review.decide(0, "accepted", BEN);
    await forge(ana, review.keys[0]!, { action_id: ACTIONS.rejected, value: "999999" });
    await slack.waitFor(() => told(ana)[0]?.startsWith("Ben accepted *Acme 1* meanwhile"));
    expect(verdict(review)).toBe("accepted");
  });

  it("of an action that is not ours is acknowledged and left alone", async () => {
    const review = world();
    const { slack, forge } = await reviewThread(review);
    expect((await forge(ana, review.keys[0]!, { action_id: "launch_missiles", value: "0" })).acked).toBe(true);
    expect(review.clicks).toEqual([]);
    expect(slack.ephemeral()).toEqual([]);
  });
});
