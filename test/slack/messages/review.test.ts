import { describe, expect, test } from "vitest";
import { ACTIONS, CANDIDATE_KEY } from "../../../src/slack/controls.ts";
import { toPlainMessage } from "../../../src/slack/fit.ts";
import { BUDGET } from "../../../src/slack/limits.ts";
import { renderCandidate } from "../../../src/slack/messages/candidate.ts";
import { type PageItem, renderPage } from "../../../src/slack/messages/page.ts";
import { pageReviewRow } from "../../../src/slack/messages/review-controls.ts";
import type { ReviewView } from "../../../src/slack/messages/review-view.ts";
import { asText } from "../support/as-text.ts";
import { checkMessage, urlsOf } from "../support/check-message.ts";
import { controlsIn } from "../support/controls-in.ts";
import { CANDIDATE } from "../support/examples.ts";
import { ANA, decided, EARLIER, keyOf, longestCandidate, longestReview, review } from "../support/reviews.ts";

const alone = (view: ReviewView, more = {}) =>
  renderCandidate({
    entryId: "d-1",
    watchId: "w-1",
    candidate: CANDIDATE,
    withdrawn: false,
    maybeRepeated: false,
    review: view,
    ...more,
  });

const item = (name: string, more: Partial<ReviewView> = {}): PageItem => ({
  candidate: { ...CANDIDATE, id: name, name },
  withdrawn: false,
  review: review({ key: keyOf(name), ...more }),
});

const page = (items: readonly PageItem[], compact = false) =>
  renderPage({ entryId: "d-1", watchId: "w-1", items, compact, maybeRepeated: false });

const before = { earlier: EARLIER };
const foldedBefore = { ...before, folded: true };

describe("a candidate alone", () => {
  test("offers accept, reject, maybe, more and a link, each named for screen readers", () => {
    expect(controlsIn(alone(review()))).toEqual([
      {
        block: keyOf("candidate_1"),
        buttons: ["Accept", "Reject", "Maybe", "More", "Open"],
        actions: [ACTIONS.accepted, ACTIONS.rejected, ACTIONS.maybe, ACTIONS.more, ACTIONS.open],
        values: ["0", "0", "0", undefined, undefined],
        labels: [
          "Accept Tern Robotics",
          "Reject Tern Robotics",
          "Maybe: Tern Robotics",
          "More about Tern Robotics",
          "Open Tern Robotics",
        ],
      },
    ]);
    expect(keyOf("candidate_1")).toMatch(CANDIDATE_KEY);
  });

  test("without a usable address has no link button", () => {
    const message = alone(review(), { candidate: { ...CANDIDATE, url: "javascript:alert(1)" } });
    expect(controlsIn(message)[0]?.buttons).toEqual(["Accept", "Reject", "Maybe", "More"]);
  });

  test("that was decided says so above its buttons, and offers the other verdicts and undo", () => {
    const message = alone(review({ review: decided(ANA, "maybe", "rejected") }));
    expect(asText(message)).toMatch(/\n❌ Rejected by ana · 2026-10-03 14:05 UTC\n.*Accept.*$/);
    expect(message.text).toMatch(/^Match: .*\n❌ \*Rejected\* by ana · <!date/);
    const [row] = controlsIn(message);
    expect(row?.buttons).toEqual(["Accept", "Maybe", "Undo", "More", "Open"]);
    expect(row?.values.slice(0, 3)).toEqual(["2", "2", "2"]);
    checkMessage(message, { urls: urlsOf([CANDIDATE]) });
  });

  test("that was withdrawn after a decision says both", () => {
    const message = alone(review({ review: decided(ANA, "accepted") }), { withdrawn: true });
    expect(asText(message)).toMatch(/^↩ No longer a match[\s\S]*✅ Accepted by ana/);
    expect(message.text).toMatch(/^↩ \*No longer a match[\s\S]*✅ \*Accepted\* by ana/);
    expect(controlsIn(message)[0]?.buttons).toContain("Undo");
  });

  test("that was decided in another run says so, for screen readers too", () => {
    const message = alone(review(before));
    const words = /🕘 \*Rejected\* before in “Find robotics companies in Spain” \(run `findall_old`\)/;
    expect(JSON.stringify(message.blocks)).toMatch(words);
    expect(message.text).toMatch(words);
    checkMessage(message, { urls: urlsOf([CANDIDATE]) });
  });

  test("folded is its name, the earlier verdict and a button", () => {
    const message = alone(review(foldedBefore));
    checkMessage(message, { urls: urlsOf([CANDIDATE]) });
    expect(asText(message)).not.toContain("Led the Series B round");
    expect(message.text).not.toContain("Led the Series B round");
    expect(message.text).toContain("🕘 *Rejected* before");
    expect(message.blocks).toHaveLength(2);
    expect(controlsIn(message)).toMatchObject([{ block: keyOf("candidate_1"), actions: [ACTIONS.more] }]);
  });

  test("decided here is not folded", () => {
    const message = alone(review({ ...foldedBefore, review: decided(ANA, "accepted") }));
    expect(asText(message)).toContain("Led the Series B round");
    expect(asText(message)).toContain("✅ Accepted by ana");
  });
});

describe("a page", () => {
  test("gives each candidate its own row, and its decision above it", () => {
    const message = page([item("A"), item("B", { review: decided(ANA, "accepted") }), item("C", before)]);
    checkMessage(message, { urls: urlsOf([CANDIDATE]) });
    expect(controlsIn(message).map(({ block, buttons }) => [block, buttons.join(" ")])).toEqual([
      [keyOf("A"), "Accept Reject Maybe More"],
      [keyOf("B"), "Reject Maybe Undo More"],
      [keyOf("C"), "Accept Reject Maybe More"],
    ]);
    const sections = message.blocks.filter((block) => JSON.stringify(block).startsWith('{"type":"section"'));
    expect(sections.map((block) => /✅ \*Accepted\* by ana/.test(JSON.stringify(block)))).toEqual([false, true, false]);
    expect(sections.map((block) => /🕘 \*Rejected\* before/.test(JSON.stringify(block)))).toEqual([false, false, true]);
    expect(message.text).toMatch(/\|B>[^\n]*\n✅ \*Accepted\* by ana/);
    expect(message.text).toMatch(/\|C>[^\n]*\n🕘 \*Rejected\* before/);
  });

  test("in compact form gives each one button, and its decision in its text", () => {
    const message = page([item("A"), item("B", { ...before, review: decided(ANA, "maybe") })], true);
    checkMessage(message, { urls: urlsOf([CANDIDATE]) });
    expect(controlsIn(message)).toMatchObject([
      { block: keyOf("A"), buttons: ["Review"], actions: [ACTIONS.more] },
      { block: keyOf("B"), buttons: ["Change"], actions: [ACTIONS.more] },
    ]);
    expect(asText(message)).toContain("🤔 Maybe by ana · 2026-10-03 14:05 UTC · 🕘 Rejected before");
  });

  test.each([false, true])("folds what was decided before into lines at its end (compact: %s)", (compact) => {
    const message = page([item("A", foldedBefore), item("B"), item("C", foldedBefore)], compact);
    checkMessage(message, { urls: urlsOf([CANDIDATE]) });
    expect(asText(message)).toMatch(
      /^3 matches\nB [\s\S]*\n2 decided before in this channel\nA .* · 🕘 Rejected before .*\(run `findall_old`\).*\n(.*More.*\n)?C /,
    );
    expect(message.text).toMatch(/\n2 decided before in this channel:\n\*.*A.*\n\*.*C.*$/);
    expect(controlsIn(message).map(({ block, buttons }) => [block, buttons.at(-1)])).toEqual([
      [keyOf("B"), compact ? "Review" : "More"],
      [keyOf("A"), "More"],
      [keyOf("C"), "More"],
    ]);
  });

  test("of folded candidates alone is a page of lines", () => {
    const message = page([item("A", foldedBefore), item("B", foldedBefore)]);
    checkMessage(message, { urls: urlsOf([CANDIDATE]) });
    expect(controlsIn(message)).toHaveLength(2);
  });

  test("shortens the evidence of the candidate that is decided, and hardly that of another", () => {
    const many = (more: Partial<ReviewView>) =>
      Array.from({ length: 10 }, (_, i) => ({
        ...item(`${i}`, i === 0 ? more : {}),
        candidate: { ...longestCandidate(`c${i}`), url: "" },
      }));
    const lengthOf = (items: readonly PageItem[]) => JSON.stringify(page(items).blocks[3]).length;
    expect(Math.abs(lengthOf(many({})) - lengthOf(many({ review: decided(ANA, "accepted") })))).toBeLessThan(20);
  });
});

describe("as much as there can be of everything", () => {
  const longest = (count: number, kindOf: (index: number) => Parameters<typeof longestReview>[1]) =>
    Array.from({ length: count }, (_, i) => ({
      candidate: longestCandidate(`n${i}`),
      withdrawn: true,
      review: longestReview(`n${i}`, kindOf(i)),
    }));

  test.each(["undecided", "decided", "folded"] as const)("a candidate alone, %s", (kind) => {
    const candidate = longestCandidate("n0");
    const message = alone(longestReview("n0", kind), { candidate, withdrawn: true, maybeRepeated: true });
    checkMessage(message, { urls: urlsOf([candidate]) });
    checkMessage(toPlainMessage(message), { urls: urlsOf([candidate]) });
    expect(JSON.stringify(message.blocks)).not.toContain("did not fit");
    expect(controlsIn(message)).toHaveLength(1);
  });

  test("the row of a page stays within its budget", () => {
    for (const kind of ["undecided", "decided"] as const)
      expect(JSON.stringify(pageReviewRow(longestReview("n0", kind))).length + 1).toBeLessThanOrEqual(
        BUDGET.controlsJson,
      );
  });

  const mixes = [0, 1, 2, 3].map((turn) => ({
    mix: ["all undecided", "all decided", "all folded", "some of each"][turn],
    kindOf: (i: number) => (["undecided", "decided", "folded"] as const)[turn === 3 ? i % 3 : turn] ?? "decided",
  }));

  const pages = [
    { compact: false, most: BUDGET.pageItems },
    { compact: true, most: BUDGET.compactPageItems },
  ].flatMap((size) => mixes.map((mix) => ({ ...size, ...mix })));

  test.each(pages)("a page of $most (compact: $compact), $mix", ({ compact, most, kindOf }) => {
    const items = longest(most, kindOf);
    const message = renderPage({ entryId: "d-1", watchId: "w-1", items, compact, maybeRepeated: true });
    checkMessage(message, { urls: urlsOf(items.map((each) => each.candidate)) });
    expect(
      controlsIn(message)
        .map((each) => each.block)
        .sort(),
    ).toEqual(items.map((each) => each.review.key).sort());
    const shown = JSON.stringify(message.blocks);
    expect(shown).not.toContain("did not fit");
    for (const { candidate } of items) {
      expect(shown).toContain(`*${candidate.id} long`);
      expect(message.text).toContain(`*${candidate.id} long`);
    }
    const count = (pattern: RegExp, text: string) => text.match(pattern)?.length ?? 0;
    const isDecided = items.filter((_, index) => kindOf(index) === "decided").length;
    for (const text of [shown, message.text]) {
      expect(count(/✅ \*Accepted\* by Wolf/g, text)).toBe(isDecided);
      expect(count(/\*Rejected\* before/g, text)).toBe(most);
      expect(count(/\*No longer a match\*/g, text)).toBe(most);
    }
  });
});
