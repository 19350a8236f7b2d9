import { describe, expect, test } from "vitest";
import { NEW_REVIEW } from "../../../src/domain/review.ts";
import { earlierLine, standingLine } from "../../../src/slack/messages/review-words.ts";
import { byWords, tallyWords } from "../../../src/slack/messages/tally-words.ts";
import { jsonSize, mrkdwn } from "../../../src/slack/text.ts";
import { ANA, BEN, decided, EARLIER, LONGEST, NOON, TALLY } from "../support/reviews.ts";

describe("how a review stands", () => {
  test.each([
    ["accepted", "✅ *Accepted* by ana"],
    ["rejected", "❌ *Rejected* by ana"],
    ["maybe", "🤔 *Maybe* by ana"],
  ] as const)("%s: an icon, a word, who and when", (verdict, words) => {
    const line = standingLine(decided(ANA, verdict), 300, mrkdwn);
    expect(line).toBe(`${words} · <!date^${NOON / 1000}^{date_short_pretty} at {time}|2026-10-03 14:05 UTC>`);
  });

  test("is the last decision, and counts the notes", () => {
    const review = { ...decided(BEN, "accepted", "rejected"), noteBy: ["U0ANA", "U0BEN"] };
    expect(standingLine(review, 300, mrkdwn)).toMatch(/^❌ \*Rejected\* by ben · <.*> · 2 notes$/);
    expect(standingLine({ ...NEW_REVIEW, noteBy: ["U0ANA"] }, 300, mrkdwn)).toBe("✎ 1 note");
  });

  test("is nothing before anybody said anything", () => {
    expect(standingLine(NEW_REVIEW, 300, mrkdwn)).toBe("");
  });

  test("never mentions: a name is foreign text", () => {
    const review = decided({ id: "U0ANA", name: "<@U0VICTIM> @channel *x*" }, "accepted");
    expect(standingLine(review, 300, mrkdwn)).not.toMatch(/<@|@channel|\*x\*/);
    expect(standingLine(decided({ id: "U0ANA", name: "" }, "accepted"), 300, mrkdwn)).toContain("by somebody");
  });

  test("lets go of the time before the verdict when there is little room", () => {
    const line = standingLine({ ...decided(LONGEST.person, "accepted"), noteBy: ["U1"] }, 50, mrkdwn);
    expect(line).toMatch(/^✅ \*Accepted\* by Wolfeschlegel\w*…$/);
    expect(jsonSize(line)).toBeLessThanOrEqual(50);
  });
});

describe("what was decided before", () => {
  test("names the verdict, what the run looked for, the run, the day, who, and the note", () => {
    expect(earlierLine(EARLIER, 600, mrkdwn)).toBe(
      "🕘 *Rejected* before in “Find robotics companies in Spain” (run `findall_old`) on <!date^1788253200^{date_short}|2026-09-01 09:00 UTC> by ben: “Sells software only”",
    );
  });

  test("has the verdict and who in any room", () => {
    expect(earlierLine(EARLIER, 60, mrkdwn)).toBe("🕘 *Rejected* before (run `findall_old`) by ben");
    expect(earlierLine(EARLIER, 40, mrkdwn)).toBe("🕘 *Rejected* before by ben");
  });

  test.each([40, 60, 120, 175, 280, 600])("stays within %i characters, on one line", (room) => {
    const line = earlierLine({ ...LONGEST.earlier, note: `${"a\n".repeat(500)}` }, room, mrkdwn);
    expect(jsonSize(line)).toBeLessThanOrEqual(room);
    expect(line).toMatch(/^🕘 \*Rejected\* before/);
    expect(line).not.toContain("\n");
  });

  test("is harmless", () => {
    const hostile = "<!channel> `*x*` <https://evil.example|y>";
    const by = { id: "U1", name: hostile };
    const line = earlierLine({ ...EARLIER, runId: hostile, title: hostile, note: hostile, by }, 600, mrkdwn);
    expect(line).not.toMatch(/<!channel|<https|\*x\*/);
  });
});

describe("the tally", () => {
  test("counts what was decided, what waits, and who decided", () => {
    expect(tallyWords(TALLY)).toBe("*Review:* ✅ 4 accepted · ❌ 2 rejected · 🤔 1 maybe · 5 to review · by ana, ben");
  });

  test("does not count what nobody chose, and says when nothing is left", () => {
    expect(tallyWords({ accepted: 1234, rejected: 0, maybe: 0, toReview: 0, reviewers: [ANA] })).toBe(
      "*Review:* ✅ 1,234 accepted · all reviewed · by ana",
    );
    expect(tallyWords({ accepted: 0, rejected: 0, maybe: 0, toReview: 2, reviewers: [] })).toBe(
      "*Review:* 2 to review",
    );
  });

  test("is nothing without candidates, or when it is not known", () => {
    expect(tallyWords({ accepted: 0, rejected: 0, maybe: 0, toReview: 0, reviewers: [] })).toBe("");
    expect(tallyWords(null)).toBe("");
  });

  test("names five people at most", () => {
    const people = Array.from({ length: 8 }, (_, i) => ({ id: `U${i}`, name: `p${i}` }));
    expect(byWords(people)).toBe("by p0, p1, p2, p3, p4 and 3 more");
  });
});
