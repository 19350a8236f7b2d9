import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { actNotice } from "../../src/bot/review/act-notice.ts";
import type { Desk } from "../../src/bot/review/desk.ts";
import { afterDecision } from "../../src/bot/review/in-queue.ts";
import { onModalClick } from "../../src/bot/review/modal-click.ts";
import { PayloadError, readClick, readNumber, readSubmission } from "../../src/bot/review/payload.ts";
import { verdictAnswer } from "../../src/bot/review/verdict-answer.ts";
import type { Message } from "../../src/domain/message.ts";
import { actOn, NEW_REVIEW, NOTE_LENGTH, type Review, type ReviewAct } from "../../src/domain/review.ts";
import { liveContentOf } from "../../src/sandbox/fake-slack/live-content.ts";
import { blockProblems } from "../../src/sandbox/fake-slack/validate/blocks.ts";
import { viewProblems } from "../../src/sandbox/fake-slack/validate/views.ts";
import { ACTIONS, VIEWS } from "../../src/slack/controls.ts";
import { renderDetails } from "../../src/slack/views/details.ts";
import { renderQueue } from "../../src/slack/views/queue.ts";
import type { ReviewResult } from "../../src/steps/review-results.ts";
import { ANA, BEN, candidate, item, keyOf, reviewWorld, WATCH_ID } from "./review-world.ts";

const AT = 1_764_000_000_000;
const CHANNEL = "C0RESEARCH";
const LINK = `https://acme.slack.com/archives/${CHANNEL}/p1764000000000001`;
const HERE = { channelId: CHANNEL, messageTs: "1764000000.000001", isEphemeral: false };
const accept = (seen = 0): ReviewAct => ({ kind: "decide", verdict: "accepted", seen });
const reject = (seen = 0): ReviewAct => ({ kind: "decide", verdict: "rejected", seen });
const undo = (seen = 0): ReviewAct => ({ kind: "undo", seen });

function reviewed(...acts: readonly (readonly [ReviewAct, typeof ANA])[]): Review {
  return acts.reduce((review, [act, by]) => {
    const outcome = actOn(review, act, by, AT);
    return outcome.kind === "recorded" ? outcome.review : review;
  }, NEW_REVIEW);
}

const result = (kind: string, review: Review = NEW_REVIEW, over: Parameters<typeof item>[0] = {}) =>
  ({ kind, item: item({ review, messageLink: LINK, ...over }) }) as Extract<ReviewResult, { item: unknown }>;

/** Labels of the buttons of a message, with what they ask for. */
function buttonsOf(message: Message | null) {
  const blocks = (message?.blocks ?? []) as { block_id?: string; elements?: Record<string, unknown>[] }[];
  return blocks
    .filter(({ block_id }) => block_id === keyOf(0))
    .flatMap(({ elements = [] }) => elements)
    .map(({ text, action_id, value }) => [(text as { text: string }).text, action_id, value]);
}

describe("the answer to a verdict", () => {
  it("is silence when the message itself shows it", () => {
    expect(verdictAnswer(result("recorded", reviewed([accept(), ANA])), accept(), ANA, HERE)).toBeNull();
    expect(verdictAnswer(result("repeated", reviewed([accept(), ANA])), accept(), ANA, HERE)).toBeNull();
  });

  it.each([
    ["their own notice", { ...HERE, isEphemeral: true }, {}],
    ["a message that stands elsewhere now", { ...HERE, messageTs: "1700000000.000001" }, {}],
    ["a forwarded message", { ...HERE, channelId: "C9" }, {}],
    ["a message while the candidate's own is on its way", HERE, { messageLink: null }],
  ])("says how it stands when the click was on %s", (_title, place, over) => {
    const answer = verdictAnswer(result("recorded", reviewed([reject(), ANA]), over), reject(), ANA, place);
    expect(answer?.text).toContain("Done: *Acme 1* is rejected (by you,");
  });

  it("offers what is still possible after a conflict, the wish first", () => {
    const taken = reviewed([accept(), BEN]);
    expect(buttonsOf(verdictAnswer(result("conflict", taken), reject(), ANA, HERE))).toEqual([
      ["Reject instead", ACTIONS.rejected, "1"],
      ["Maybe instead", ACTIONS.maybe, "1"],
    ]);
    expect(buttonsOf(verdictAnswer(result("conflict", taken), undo(), ANA, HERE))).toEqual([
      ["Undo that", ACTIONS.undo, "1"],
      ["Reject instead", ACTIONS.rejected, "1"],
      ["Maybe instead", ACTIONS.maybe, "1"],
    ]);
    const free = reviewed([accept(), BEN], [undo(1), BEN]);
    expect(buttonsOf(verdictAnswer(result("conflict", free), reject(), ANA, HERE))).toEqual([
      ["Reject", ACTIONS.rejected, "2"],
      ["Accept", ACTIONS.accepted, "2"],
      ["Maybe", ACTIONS.maybe, "2"],
    ]);
  });

  it("says who decided what and when after a conflict", () => {
    const by = (act: ReviewAct, review: Review) => verdictAnswer(result("conflict", review), act, ANA, HERE)?.text;
    expect(by(reject(), reviewed([accept(), BEN]))).toMatch(
      /^Ben accepted \*Acme 1\* meanwhile \(<!date\^1764000000\^.*so your click was not counted\. <.*\|See it in the thread>/,
    );
    expect(by(accept(), reviewed([accept(), BEN]))).toContain("it stands as you wanted");
    expect(by(reject(), reviewed([accept(), ANA]))).toMatch(/^You accepted/);
    expect(by(reject(), reviewed([accept(), BEN], [undo(1), BEN]))).toMatch(
      /^Ben took the decision on \*Acme 1\* back/,
    );
    expect(by(reject(), NEW_REVIEW)).toMatch(/^\*Acme 1\* was changed meanwhile/);
  });

  it("never lets what others wrote mention, link or break anything", () => {
    const hostile = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.constantFrom(
        "<!channel> @here",
        "<https://evil.test|x>",
        "https://evil.test",
        "*_~`|>",
        "#general",
        "a".repeat(9_000),
      ),
    );
    fc.assert(
      fc.property(hostile, hostile, (name, person) => {
        const review = reviewed([accept(), { id: "U9", name: person }]);
        const dirty = result("conflict", review, { candidate: candidate(0, { name }) });
        const kinds = ["recorded", "already", "conflict", "nothing_to_undo"] as const;
        for (const kind of kinds) {
          const place = { ...HERE, isEphemeral: true };
          const message = verdictAnswer({ ...dirty, kind }, reject(), { id: "U8", name: person }, place);
          const live = liveContentOf(message!);
          expect(live.mentions).toEqual([]);
          expect(live.links.every(({ url }) => url === LINK)).toBe(true);
          expect(blockProblems([...message!.blocks], "message")).toEqual([]);
          expect(message!.text.length).toBeLessThanOrEqual(4_000);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe("what a modal says beside a candidate", () => {
  it("is nothing when the candidate shows it, else why the click did not count", () => {
    const taken = reviewed([accept(), BEN]);
    expect(actNotice(result("recorded", taken), accept(), BEN)).toBeNull();
    expect(actNotice(result("repeated", taken), accept(), BEN)).toBeNull();
    expect(actNotice(result("already", taken), accept(), BEN)).toContain("already");
    expect(actNotice(result("conflict", taken), reject(), ANA)).toContain("Click again to change it");
    expect(actNotice(result("nothing_to_undo"), undo(), ANA)).toContain("no decision");
  });
});

describe("the queue after a decision", () => {
  const state = { watchId: WATCH_ID, from: 4, left: 7, skipped: 2, key: keyOf(0) };
  const by = { by: ANA };

  it.each(["recorded", "repeated", "already", "conflict"])("goes on behind a decided candidate (%s)", (kind) => {
    const { cursor, notice } = afterDecision(result(kind, reviewed([accept(), BEN])), state, by);
    expect(cursor).toEqual({ from: 5, left: 6, skipped: 2 });
    expect(notice !== null).toBe(kind === "conflict");
  });

  it("stays with a candidate that has no decision any more", () => {
    const { cursor, notice } = afterDecision(result("conflict", reviewed([accept(), BEN], [undo(1), BEN])), state, by);
    expect(cursor).toEqual({ from: 4, left: 7, skipped: 2 });
    expect(notice).toContain("please decide again");
  });
});

describe("a payload", () => {
  const base = {
    user: { id: "U1", name: "ann" },
    trigger_id: "1.2",
    response_url: "https://hooks.slack.com/actions/1",
  };
  const action = { action_id: "a", block_id: "b", value: "3", action_ts: "17.1" };
  const container = { type: "message", message_ts: "1.1", channel_id: "C1", is_ephemeral: false, thread_ts: "1.0" };

  it("of a click on a message is read narrowly", () => {
    expect(readClick({ ...base, actions: [action], container })).toEqual({
      by: { id: "U1", name: "ann" },
      actionId: "a",
      blockId: "b",
      value: "3",
      triggerId: "1.2",
      deliveryId: "U1:17.1:b:a",
      channelId: "C1",
      messageTs: "1.1",
      threadTs: "1.0",
      isEphemeral: false,
      responseUrl: "https://hooks.slack.com/actions/1",
    });
  });

  it("names the person by what Slack gives, and finds the thread in the message", () => {
    const old = { ...base, user: { id: "U1", username: "ann" }, message: { thread_ts: "0.9" } };
    const click = readClick({ ...old, actions: [action], container: { ...container, thread_ts: undefined } });
    expect(click).toMatchObject({ by: { name: "ann" }, threadTs: "0.9" });
    expect(readClick({ ...base, user: { id: "U1" }, actions: [action], container }).by.name).toBe("a teammate");
  });

  it("of a modal holds what was typed, wherever the field is", () => {
    const values = {
      other: { x: { value: "no" } },
      "note:d-1": { note: { type: "plain_text_input", value: "typed" } },
    };
    const view = { id: "V1", hash: "h", callback_id: "c", private_metadata: "{}", state: { values } };
    expect(readSubmission({ ...base, view }).view).toMatchObject({ note: { blockId: "note:d-1", text: "typed" } });
    expect(readSubmission({ ...base, view: { ...view, state: undefined } }).view.note).toBeNull();
  });

  it.each([
    null,
    7,
    [],
    {},
    { ...base },
    { ...base, actions: [] },
    { ...base, actions: [action] },
    { ...base, user: null },
  ])("that is not as documented is refused by name: %j", (body) => {
    expect(() => readClick(body)).toThrow(PayloadError);
    expect(() => readSubmission(body)).toThrow(/the payload has no/);
  });

  it("holds a number only where we would have written it so", () => {
    expect(["0", "7", "999999"].map(readNumber)).toEqual([0, 7, 999_999]);
    for (const value of [null, "", "00", "01", "-1", "1.0", "1e3", " 1", "1\n", "1000000", "١", "0x1", "NaN"]) {
      expect(readNumber(value), String(value)).toBeNull();
    }
  });
});

describe("a note that is typed beside a decision", () => {
  async function click(callbackId: string, text: string) {
    const world = reviewWorld();
    const shown: object[] = [];
    const desk: Desk = {
      actions: world.actions,
      windows: {
        open: () => Promise.reject(new Error("not here")),
        push: () => Promise.reject(new Error("not here")),
        update: async (_id, view) => {
          shown.push(view);
          return "updated";
        },
      },
      botUserId: "UBOT",
      receivedAt: 0,
      now: () => 0,
      newReference: () => "ref",
      onTrouble: (what, error) => {
        throw new Error(`${what}: ${error}`);
      },
    };
    const [key] = world.keys;
    const tally = { accepted: 0, rejected: 0, maybe: 0, toReview: 3, reviewers: [] };
    const view =
      callbackId === VIEWS.details
        ? renderDetails(world.item(0), { key: key!, page: 0, place: null, notice: null }, ANA)
        : renderQueue(
            { item: world.item(0), position: 1, total: 3, tally, notices: [], viewer: ANA },
            { watchId: WATCH_ID, from: 0, left: 3, skipped: 0, key: key! },
          );
    const state = { values: { [`note:${key}`]: { note: { type: "plain_text_input", value: text } } } };
    const body = {
      user: ANA,
      trigger_id: "1.2",
      actions: [{ action_id: ACTIONS.accepted, block_id: key, value: "0", action_ts: "1.1" }],
      view: { ...view, id: "V1", hash: "h1", app_id: "A1", state },
    };
    await onModalClick(readClick(body) as never, desk);
    return { world, shown };
  }

  it.each(Object.values(VIEWS))("is saved with it (%s)", async (callbackId) => {
    const { world, shown } = await click(callbackId, "well known here");
    expect(world.notes(0)).toMatchObject([{ text: "well known here", by: ANA }]);
    expect(world.review(0).decisions).toHaveLength(1);
    expect(shown).toHaveLength(1);
  });

  it.each(Object.values(VIEWS))(
    "keeps both from being saved when it is too long, and stays (%s)",
    async (callbackId) => {
      const { world, shown } = await click(callbackId, "x".repeat(NOTE_LENGTH + 1));
      expect(world.review(0)).toEqual(NEW_REVIEW);
      expect(JSON.stringify(shown)).toContain("at most 3,000 characters");
      // The view goes back as it came, one line more: without what only Slack may say of it.
      expect(shown[0]).not.toHaveProperty("hash");
      expect(shown[0]).not.toHaveProperty("state");
      expect(shown[0]).toMatchObject({ callback_id: callbackId, private_metadata: expect.stringContaining("key") });
      expect(viewProblems(shown[0] as never, "modal")).toEqual([]);
    },
  );
});
