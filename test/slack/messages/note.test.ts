import { describe, expect, test } from "vitest";
import { SLACK_ERRORS } from "../../../src/slack/error-table.ts";
import { renderLostNote, renderPausedNote, renderReviewedNote } from "../../../src/slack/messages/note.ts";
import { asText } from "../support/as-text.ts";
import { checkMessage } from "../support/check-message.ts";
import { controlsIn } from "../support/controls-in.ts";
import { WATCH } from "../support/examples.ts";
import { TALLY } from "../support/reviews.ts";

const VIEW = { entryId: "d-1", watch: WATCH, objective: "Find x", botName: "findall" };

describe("the note about a paused watch", () => {
  test("says where, why and the mend", () => {
    expect(asText(renderPausedNote({ ...VIEW, reason: "not_in_channel" }))).toMatchInlineSnapshot(`
      "⏸ Posting is paused in #C0RESEARCH for “Find x”.
      The app is not a member of this channel.
      Type \`/invite @findall\` in the channel. Nothing is lost. Once that is mended it goes on by itself; \`/findall resume findall_0123\` there does so at once."
    `);
  });

  test("of a watch that is not kept, for nothing of it has reached Slack, leads to following it anew", () => {
    const { text } = renderPausedNote({ ...VIEW, reason: "not_in_channel", isDiscarded: true });
    expect(text).toContain("send `/findall findall_0123` there");
    expect(text).not.toContain("resume");
  });

  test("leads to another channel where this one may be gone", () => {
    const { text } = renderPausedNote({ ...VIEW, reason: "channel_not_found" });
    expect(text).toContain("If the channel is gone, follow the run in another one.");
  });

  test("names the missing permission", () => {
    const text = asText(renderPausedNote({ ...VIEW, reason: "missing_scope", needed: "chat:write" }));
    expect(text).toContain("The app lacks a permission (`chat:write`).");
  });

  test.each(Object.keys(SLACK_ERRORS).filter((code) => SLACK_ERRORS[code]?.post.startsWith("pause")))(
    "has words of its own for %s",
    (code) => {
      const message = renderPausedNote({ ...VIEW, reason: code });
      checkMessage(message, { mentions: [WATCH.channel] });
      expect(message.text).not.toMatch(/Slack refuses the message|\{invite\}|\{scope\}|undefined/);
    },
  );

  test("is still useful for an error that does not exist yet", () => {
    const text = asText(renderPausedNote({ ...VIEW, reason: "brand_new_error", botName: null }));
    expect(text).toContain("Slack refuses the message (`brand_new_error`).");
  });
});

test("the note about a lost run", () => {
  expect(asText(renderLostNote({ ...VIEW, posted: 1 }))).toMatchInlineSnapshot(`
    "❔ Parallel no longer knows this run (“Find x”), so it is not followed any more. What was found stays here: 1 match.
    It may have been deleted, or the app's API key may belong to another account now. If it comes back, send \`/findall findall_0123\` here and the same card and thread go on."
  `);
});

test("the note that all is reviewed counts the verdicts, names who decided, and offers the export", () => {
  const message = renderReviewedNote({ ...VIEW, tally: { ...TALLY, toReview: 0 } });
  checkMessage(message);
  expect(message.text).toMatchInlineSnapshot(`
    "🏁 *All 7 candidates are reviewed* for “Find x”.
    ✅ 4 accepted · ❌ 2 rejected · 🤔 1 maybe · by ana, ben"
  `);
  expect(controlsIn(message)).toMatchObject([{ block: "w-1", buttons: ["Export CSV"] }]);
  const one = { ...TALLY, accepted: 1, rejected: 0, maybe: 0, toReview: 0 };
  expect(renderReviewedNote({ ...VIEW, tally: one }).text).toContain("The only candidate is reviewed");
});
