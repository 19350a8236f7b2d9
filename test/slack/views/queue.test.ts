import { describe, expect, test } from "vitest";
import { ACTIONS } from "../../../src/slack/controls.ts";
import { type QueueView, renderQueue } from "../../../src/slack/views/queue.ts";
import { renderQueueEnd, renderQueueNothing } from "../../../src/slack/views/queue-end.ts";
import { readQueueState } from "../../../src/slack/views/queue-state.ts";
import { urlsOf } from "../support/check-message.ts";
import { CANDIDATE } from "../support/examples.ts";
import { buttonsOf, checkView, viewText } from "./support/check-view.ts";
import { ANA, BEN, ITEM, KEY, LINK, NOON, QUEUE, TALLY, WATCH_ID, words } from "./support/examples.ts";

const VIEW: QueueView = { item: ITEM, position: 12, total: 40, tally: TALLY, notices: [], viewer: ANA };
const ALLOWED = { mentions: [ANA.id, BEN.id], urls: [...urlsOf([CANDIDATE]), LINK] };
const END = { watchId: WATCH_ID, tally: { ...TALLY, toReview: 0 }, skipped: 0, objective: "Find robots", notices: [] };

describe("the review queue", () => {
  test("shows how far the person is, the candidate, the buttons, and then the evidence", () => {
    const notices = ["⏭ *Acme* was accepted by ben meanwhile, so it was skipped."];
    const notes = [{ by: BEN, text: "look at their funding", at: NOON }];
    const view = renderQueue({ ...VIEW, notices, item: { ...ITEM, notes } }, QUEUE);
    checkView(view, ALLOWED);
    expect(viewText(view)).toMatchInlineSnapshot(`
      "== Review queue ==
      ⏭ Acme was accepted by ben meanwhile, so it was skipped.
      12 of 40 · ✅ 4 accepted · ❌ 2 rejected · 🤔 1 maybe · 5 left to review
      Tern Robotics (www.ternrobotics.example) · ternrobotics.example
      Builds general purpose warehouse humanoids
      ✓ A match · 1 of 3 conditions met · in the thread (acme.slack.com)
      [Accept] [Reject] [Maybe] [More] [Open website (www.ternrobotics.example)]
      Your note: [plain_text_input]
        Saved with your decision, and when you skip. Seen by everybody here.
      💬 @U0BEN: look at their funding
      ────────
      ✓ met · portfolio: Led the Series B round
      > Announcements name the fund.
      Confidence: high · example.org, news.example
      ✗ not met · founded after 2020: 2019
      > Two profiles give 2019.
      Confidence: low · example.org
      ? not stated · in europe: yes
      ceo name: Ada Example
      Confidence: medium · ternrobotics.example
      employees: 120
      [Close] [Skip]"
    `);
  });

  test("has its buttons and the note above all evidence, and skips when it is sent", () => {
    const view = renderQueue(VIEW, QUEUE);
    const types = view.blocks.map((block) => block.type);
    expect(types.indexOf("actions")).toBeLessThan(types.indexOf("divider"));
    expect(types.indexOf("input")).toBeLessThan(types.indexOf("divider"));
    expect(view.submit?.text).toBe("Skip");
    expect(buttonsOf(view)).toEqual([
      { block: KEY, action: ACTIONS.accepted, value: "0" },
      { block: KEY, action: ACTIONS.rejected, value: "0" },
      { block: KEY, action: ACTIONS.maybe, value: "0" },
      { block: KEY, action: ACTIONS.more, value: undefined },
      { block: KEY, action: ACTIONS.open, value: undefined },
    ]);
  });

  test("carries the shown candidate along, and has a note field of its own for each", () => {
    const other = `d-${"f".repeat(32)}`;
    const view = renderQueue({ ...VIEW, item: { ...ITEM, key: other } }, QUEUE);
    expect(readQueueState(view.private_metadata)).toEqual({ ...QUEUE, key: other });
    expect(view.blocks.find((block) => block.type === "input")).toMatchObject({ block_id: `note:${other}` });
  });

  test("says what of the evidence and the notes is not shown, and where it is", () => {
    const basis = { reasoning: words("r", 900), confidence: "low", citations: [] };
    const conditions = Array.from({ length: 200 }, (_, i) => ({ name: `c${i}`, value: "v", isMatched: true, basis }));
    const notes = Array.from({ length: 30 }, (_, i) => ({ by: { id: `U0N${i}`, name: "n" }, text: "hm", at: i }));
    const view = renderQueue({ ...VIEW, item: { ...ITEM, notes, candidate: { ...CANDIDATE, conditions } } }, QUEUE);
    checkView(view, { mentions: notes.map((note) => note.by.id), urls: ALLOWED.urls });
    expect(viewText(view)).toMatch(/not shown in full here: 1\d\d conditions · 2 enrichments\. Press More above/);
    expect(viewText(view)).toContain("… 25 more notes: press More for all.");
    expect(viewText(view)).toContain("U0N29");
  });

  test("says so when one condition alone is more than it shows", () => {
    const conditions = [{ name: "c", value: words("v", 60_000), isMatched: true, basis: null }];
    const view = renderQueue({ ...VIEW, item: { ...ITEM, candidate: { ...CANDIDATE, conditions } } }, QUEUE);
    checkView(view, ALLOWED);
    expect(viewText(view)).toContain("not shown in full here: 1 condition · 2 enrichments.");
  });

  test("says so when a note is longer than it shows", () => {
    const notes = [{ by: BEN, text: words("w", 500), at: NOON }];
    expect(viewText(renderQueue({ ...VIEW, item: { ...ITEM, notes } }, QUEUE))).toContain("for the notes in full");
  });
});

describe("the end of the review queue", () => {
  test("says that all is reviewed, with the tally and the export", () => {
    const view = renderQueueEnd(END, QUEUE);
    checkView(view);
    expect(viewText(view)).toMatchInlineSnapshot(`
      "== Review queue ==
      “Find robots”
      ✅ All reviewed.
      ✅ 4 accepted · ❌ 2 rejected · 🤔 1 maybe · by ana, ben
      [Export CSV]
      [Close]"
    `);
    expect(buttonsOf(view)).toEqual([{ block: WATCH_ID, action: ACTIONS.export, value: undefined }]);
    expect(view.submit).toBeUndefined();
    expect(readQueueState(view.private_metadata)).toEqual({ ...QUEUE, key: null });
  });

  test("offers to go through what was skipped", () => {
    const view = renderQueueEnd({ ...END, tally: { ...TALLY, toReview: 3 }, skipped: 3 }, QUEUE);
    checkView(view);
    expect(viewText(view)).toContain("You skipped 3; nothing else is left to review.");
    expect(buttonsOf(view).map(({ action }) => action)).toEqual([ACTIONS.queueAgain, ACTIONS.export]);
  });

  test.each([
    [{ toReview: 5, skipped: 3 }, "You skipped 3; 5 candidates still wait for review."],
    [{ toReview: 1, skipped: 0 }, "This is the end of the queue, and 1 candidate still waits for review."],
    [{ toReview: 2, skipped: 4 }, "You skipped 2; nothing else is left to review."],
    [{ toReview: 0, skipped: 4 }, "All reviewed."],
  ])("says what is left: %o", ({ toReview, skipped }, words) => {
    expect(viewText(renderQueueEnd({ ...END, tally: { ...TALLY, toReview }, skipped }, QUEUE))).toContain(words);
  });

  test("offers no export of nothing", () => {
    const tally = { accepted: 0, rejected: 0, maybe: 0, toReview: 1, reviewers: [] };
    const view = renderQueueEnd({ ...END, tally, skipped: 1 }, QUEUE);
    checkView(view);
    expect(buttonsOf(view).map(({ action }) => action)).toEqual([ACTIONS.queueAgain]);
  });

  test("says when the run has found nothing yet", () => {
    const view = renderQueueNothing({ objective: null, notices: [], held: 0 }, QUEUE);
    checkView(view);
    expect(viewText(view)).toContain("Nothing to review yet.");
    expect(buttonsOf(view)).toEqual([]);
  });

  test("says that the filter holds everything back, not that nothing has matched", () => {
    const view = renderQueueNothing({ objective: null, notices: [], held: 2 }, QUEUE);
    checkView(view);
    expect(viewText(view)).toContain("2 matches held back by the filter here");
    expect(viewText(view)).toContain("/findall settings");
    expect(viewText(view)).not.toContain("has found no matches");
  });
});
