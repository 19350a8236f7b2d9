import { describe, expect, test } from "vitest";
import { DEFAULT_SETTINGS } from "../../../src/domain/settings.ts";
import { ACTIONS } from "../../../src/slack/controls.ts";
import { renderCompletion } from "../../../src/slack/messages/completion.ts";
import { asText } from "../support/as-text.ts";
import { checkMessage } from "../support/check-message.ts";
import { controlsIn } from "../support/controls-in.ts";
import { ended, SPEC, WATCH } from "../support/examples.ts";
import { TALLY } from "../support/reviews.ts";

const VIEW = {
  entryId: "d-1",
  watch: WATCH,
  run: ended("completed", "match_limit_met", { matched: 50 }),
  spec: SPEC,
  failures: [],
  durationMs: 4_320_000,
  posted: 50,
  again: false,
  tally: null,
  settings: DEFAULT_SETTINGS,
  held: 0,
};

describe("the completion alert", () => {
  test("leads with the point and mentions the requester", () => {
    const message = renderCompletion(VIEW);
    checkMessage(message, { mentions: ["U0ANA"] });
    expect(message.text.match(/<@U0ANA>/g)).toHaveLength(1);
    expect(JSON.stringify(message.blocks).match(/<@U0ANA>/g)).toHaveLength(1);
    expect(asText(message)).toMatchInlineSnapshot(`
      "✅ 50 matches · @U0ANA, your FindAll run has completed.
      “Find all robotics companies founded after 2020 in the portfolio of Acme Ventures”
      It found as many matches as it was asked for.
      Next: It can be extended: ask Parallel for more matches, then send \`/findall findall_0123\` here. The same card and thread go on.
      50 of 50 matched · 212 generated · match rate 24% · took 1 h 12 min
      [Export CSV]"
    `);
    expect(message.metadata).toEqual({ event_type: "findall_completion", event_payload: { id: "d-1", watch: "w-1" } });
  });

  test("says how the review stands, and leads to it", () => {
    const message = renderCompletion({ ...VIEW, tally: TALLY });
    checkMessage(message, { mentions: ["U0ANA"] });
    const words = "✅ 4 accepted · ❌ 2 rejected · 🤔 1 maybe · 5 to review · by ana, ben";
    expect(asText(message)).toContain(words);
    expect(message.text).toContain(words);
    expect(controlsIn(message)).toMatchObject([
      { block: "w-1", buttons: ["Review 5 candidates", "Export CSV"], actions: [ACTIONS.queue, ACTIONS.export] },
    ]);
    const one = renderCompletion({ ...VIEW, tally: { ...TALLY, toReview: 1 } });
    expect(controlsIn(one)[0]?.buttons).toContain("Review 1 candidate");
  });

  test("never says no matches while matches stand in the thread, also when Parallel's count is missing", () => {
    const run = ended("completed", "timeout", { matched: 0, generated: 0 });
    expect(asText(renderCompletion({ ...VIEW, run, posted: 3 }))).toMatch(/^✅ 3 matches · /);
  });

  test("of a run without matches is a normal end", () => {
    const run = ended("completed", "low_match_rate", { matched: 0 });
    expect(controlsIn(renderCompletion({ ...VIEW, run, posted: 0 }))).toEqual([]);
    expect(asText(renderCompletion({ ...VIEW, run, posted: 0 }))).toMatch(
      /^✅ No matches · @U0ANA, your FindAll run has completed\./,
    );
  });

  test.each([
    ["failed", "has failed"],
    ["cancelled", "was cancelled"],
    ["action_required", "was halted and needs attention"],
    ["something_new", "has ended"],
  ])("of a run with status %s says it %s", (status, words) => {
    expect(renderCompletion({ ...VIEW, run: ended(status, null) }).text).toContain(`your FindAll run ${words}.`);
  });

  test("says when the run ended again, and when the thread holds another number", () => {
    const text = asText(renderCompletion({ ...VIEW, again: true, posted: 49 }));
    expect(text).toContain("has completed again.");
    expect(text).toContain("49 matches in this thread");
  });

  test("mentions nobody when the requester is no user id", () => {
    const message = renderCompletion({ ...VIEW, watch: { ...WATCH, requester: "!channel" } });
    checkMessage(message);
    expect(message.text).toContain("· the FindAll run has completed");
  });

  test("is about the run, and nobody's own, where the channel wants no mention", () => {
    const message = renderCompletion({ ...VIEW, settings: { ...DEFAULT_SETTINGS, mention: false } });
    checkMessage(message);
    expect(message.text).toContain("· the FindAll run has completed.");
  });
});
