import type { ViewsOpenArguments } from "@slack/web-api";
import { describe, expect, test } from "vitest";
import type { Candidate } from "../../../src/domain/candidate.ts";
import { NOTE_LENGTH } from "../../../src/domain/review.ts";
import { ACTIONS, VIEWS } from "../../../src/slack/controls.ts";
import { DETAILS_PAGE_ACTION, renderDetails } from "../../../src/slack/views/details.ts";
import { readDetailsState } from "../../../src/slack/views/details-state.ts";
import type { DetailsItem } from "../../../src/slack/views/item.ts";
import type { ReviewItem } from "../../../src/steps/review-results.ts";
import { urlsOf } from "../support/check-message.ts";
import { CANDIDATE } from "../support/examples.ts";
import { buttonsOf, checkView, sectionTexts, viewText } from "./support/check-view.ts";
import { ACCEPTED, ANA, BEN, DETAILS, ITEM, KEY, LINK, NOON, PLACE, WATCH_ID, words } from "./support/examples.ts";

const URLS = [...urlsOf([CANDIDATE]), LINK];
const PEOPLE = { mentions: [ANA.id, BEN.id], urls: URLS };

/** All pages of an item. */
function pagesOf(item: DetailsItem) {
  const first = renderDetails(item, DETAILS, ANA);
  const count = Number(/Page 1 of (\d+)/.exec(viewText(first))?.[1] ?? 1);
  return Array.from({ length: count }, (_, page) => renderDetails(item, { ...DETAILS, page }, ANA));
}

function textOf(item: DetailsItem): string {
  return pagesOf(item)
    .flatMap((page) => sectionTexts(page))
    .join(" ")
    .replace(/\n> |\n/g, " ");
}

describe("the details of a candidate", () => {
  test("show everything that is known before anybody decided", () => {
    const view = renderDetails(ITEM, DETAILS, ANA);
    checkView(view, PEOPLE);
    expect(viewText(view)).toMatchInlineSnapshot(`
      "== Candidate ==
      Tern Robotics (www.ternrobotics.example) · ternrobotics.example
      To review: nobody has decided yet.
      ✓ A match · 1 of 3 conditions met · in the thread (acme.slack.com)
      [Accept] [Reject] [Maybe] [Open website (www.ternrobotics.example)]
      Your note: [plain_text_input]
        Seen by everybody here. “Save note” with an empty field removes it.
      ────────
      Builds general purpose warehouse humanoids
      # Match conditions · 1 of 3 conditions met
      ✓ met · portfolio: Led the Series B round
      > Announcements name the fund.
      Confidence: high · 2 sources
      • example.org
      • news.example
      ✗ not met · founded after 2020: 2019
      > Two profiles give 2019.
      Confidence: low · 1 source
      • example.org
      ? not stated · in europe: yes
      # Enrichments (2)
      ceo name: Ada Example
      Confidence: medium · 1 source
      • ternrobotics.example
      employees: 120
      [Close] [Save note]"
    `);
  });

  test("show who decided what, everybody's notes and the history, and what the channel decided before", () => {
    const notes = [
      { by: ANA, text: "call them\non Monday", at: NOON },
      { by: BEN, text: "<!channel> too *small*", at: NOON + 1 },
    ];
    const earlier = {
      watchId: WATCH_ID,
      runId: "findall_9",
      title: "robots",
      verdict: "rejected",
      by: BEN,
      at: NOON,
    } as const;
    const view = renderDetails({ ...ITEM, review: ACCEPTED, notes, earlier: { ...earlier, note: "no" } }, DETAILS, ANA);
    checkView(view, PEOPLE);
    expect(viewText(view)).toMatchInlineSnapshot(`
      "== Candidate ==
      Tern Robotics (www.ternrobotics.example) · ternrobotics.example
      ✅ Accepted by @U0ANA · 2026-10-03 12:04 UTC
      ✓ A match · 1 of 3 conditions met · in the thread (acme.slack.com)
      🕘 Rejected before in “robots” (run \`findall_9\`) on 2026-10-03 12:04 UTC by ben: “no”
      [Reject] [Maybe] [Undo] [Open website (www.ternrobotics.example)]
      Your note: [plain_text_input: call them
      on Monday]
        Seen by everybody here. “Save note” with an empty field removes it.
      ────────
      Builds general purpose warehouse humanoids
      # Match conditions · 1 of 3 conditions met
      ✓ met · portfolio: Led the Series B round
      > Announcements name the fund.
      Confidence: high · 2 sources
      • example.org
      • news.example
      ✗ not met · founded after 2020: 2019
      > Two profiles give 2019.
      Confidence: low · 1 source
      • example.org
      ? not stated · in europe: yes
      # Enrichments (2)
      ceo name: Ada Example
      Confidence: medium · 1 source
      • ternrobotics.example
      employees: 120
      # Notes (2)
      💬 @U0ANA (you) · 2026-10-03 12:04 UTC
      call them
      on Monday
      💬 @U0BEN · 2026-10-03 12:04 UTC
      <!channel> too ∗small∗
      # History
      2 older events are not kept.
      🤔 Maybe by @U0BEN · 2026-10-03 12:02 UTC
      ↩ Decision undone by @U0BEN · 2026-10-03 12:03 UTC
      ✅ Accepted by @U0ANA · 2026-10-03 12:04 UTC
      ✎ Note added by @U0ANA · 2026-10-03 12:04 UTC
      # Decided before in this channel
      ❌ Rejected in another run (run \`findall_9\`) by @U0BEN · 2026-10-03 12:04 UTC
      What that run looked for: robots
      Note then: no
      [Close] [Save note]"
    `);
  });

  test("offer the verdicts that are not in force, undo once decided, and say which revision was seen", () => {
    const shown = (item: DetailsItem) => buttonsOf(renderDetails(item, DETAILS, ANA));
    expect(shown(ITEM)).toEqual([
      { block: KEY, action: ACTIONS.accepted, value: "0" },
      { block: KEY, action: ACTIONS.rejected, value: "0" },
      { block: KEY, action: ACTIONS.maybe, value: "0" },
      { block: KEY, action: ACTIONS.open, value: undefined },
    ]);
    expect(shown({ ...ITEM, review: ACCEPTED })).toEqual([
      { block: KEY, action: ACTIONS.rejected, value: "3" },
      { block: KEY, action: ACTIONS.maybe, value: "3" },
      { block: KEY, action: ACTIONS.undo, value: "3" },
      { block: KEY, action: ACTIONS.open, value: undefined },
    ]);
  });

  test("say that a candidate was withdrawn, and keep its decision", () => {
    const candidate = { ...CANDIDATE, matchStatus: "discarded" };
    const text = viewText(renderDetails({ ...ITEM, candidate, withdrawn: true, review: ACCEPTED }, DETAILS, ANA));
    expect(text).toContain("No longer a match");
    expect(text).toContain("✅ Accepted by");
    expect(text).not.toContain("✓ A match");
  });

  test("hold the viewer's own note for changing, the same field on every page", () => {
    const notes = [
      { by: BEN, text: "ben's", at: NOON },
      { by: ANA, text: `mine "&" <b>\n${"x".repeat(NOTE_LENGTH)}`.slice(0, NOTE_LENGTH), at: NOON },
      ...Array.from({ length: 200 }, (_, i) => ({ by: { id: `U9${i}`, name: "x" }, text: words("n", 500), at: NOON })),
    ];
    const pages = pagesOf({ ...ITEM, notes });
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages) {
      const input = page.blocks.find((block) => block.type === "input");
      expect(input).toMatchObject({
        block_id: `note:${KEY}`,
        element: { action_id: ACTIONS.note, max_length: NOTE_LENGTH },
      });
      expect(input).toMatchObject({ element: { initial_value: notes[1]?.text } });
      expect(page.submit?.text).toBe("Save note");
    }
    expect(renderDetails(ITEM, DETAILS, ANA).blocks.find((block) => block.type === "input")).not.toHaveProperty(
      "element.initial_value",
    );
  });

  test("show a word about what just happened once", () => {
    const view = renderDetails(ITEM, { ...DETAILS, notice: "*ben* decided first." }, ANA);
    expect(viewText(view).split("\n")[1]).toContain("ben decided first.");
    expect(readDetailsState(view.private_metadata)).toEqual({ ...DETAILS, notice: null });
  });

  test("are what Slack's client takes, for an item as the steps give it", () => {
    const item = ITEM as unknown as ReviewItem;
    const view: ViewsOpenArguments["view"] = renderDetails(item, DETAILS, ANA);
    expect(view).toMatchObject({ type: "modal", callback_id: VIEWS.details, close: { text: "Close" } });
  });
});

describe("details that do not fit into one window", () => {
  const candidate: Candidate = {
    ...CANDIDATE,
    name: words("name", 300),
    url: `javascript:${"x".repeat(3000)}`,
    description: words("desc", 2000),
    conditions: Array.from({ length: 200 }, (_, i) => ({
      name: `cond_${i}_check`,
      value: words(`v${i}w`, 60),
      isMatched: true,
      basis: {
        reasoning: words(`r${i}w`, 450),
        confidence: "high",
        citations: [
          {
            url: `https://source${i}.example/a`,
            title: words(`t${i}w`, 50),
            excerpts: i % 20 ? [] : [words(`e${i}w`, 2500)],
          },
          { url: "not an address", title: "", excerpts: [] },
        ],
      },
    })),
    enrichments: Array.from({ length: 40 }, (_, i) => ({
      name: `field_${i}`,
      value: words(`f${i}w`, 500),
      basis: null,
    })),
  };
  const notes = Array.from({ length: 1000 }, (_, i) => ({
    by: { id: `U0N${i}`, name: `n${i}` },
    text: words(`o${i}w`, i % 100 ? 40 : 400).slice(0, NOTE_LENGTH),
    at: NOON,
  }));
  const events = Array.from({ length: 200 }, (_, i) => ({
    what: "maybe" as const,
    by: { id: `U0E${i}`, name: "e" },
    at: i,
  }));
  const item: DetailsItem = { ...ITEM, candidate, notes, review: { ...ACCEPTED, events } };

  const conditions = candidate.conditions.slice(0, 60);
  const small: DetailsItem = { ...item, notes: [], candidate: { ...candidate, conditions } };

  test("are all reachable, word for word, and every page is valid", () => {
    const pages = pagesOf(item);
    expect(pages.length).toBeGreaterThan(20);
    const mentions = [ANA.id, ...notes.map((note) => note.by.id), ...events.map((event) => event.by.id)];
    const urls = [LINK, ...urlsOf([candidate])];
    for (const page of pages) checkView(page, { mentions, urls });
    const said = new Set(
      pages
        .flatMap((page) => sectionTexts(page))
        .join(" ")
        .split(/[\s*]+/),
    );
    const texts = [
      candidate.name,
      candidate.description,
      ...candidate.conditions.flatMap((each) => [
        each.value,
        each.basis?.reasoning ?? "",
        ...(each.basis?.citations ?? []).flatMap((citation) => [citation.title, ...citation.excerpts]),
      ]),
      ...candidate.enrichments.map((each) => each.value),
      ...notes.map((note) => note.text),
      ...events.map((event) => `<@${event.by.id}>`),
    ];
    expect(texts.flatMap((text) => text.split(" ")).filter((word) => !said.has(word))).toEqual([]);
  });

  test("keep their order", () => {
    const text = textOf({ ...item, notes: [] });
    const at = [0, 50, 199].map((i) => text.indexOf(`r${i}w449`));
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    expect(at).not.toContain(-1);
    expect(text).toContain(words("desc", 2000));
  });

  test("are turned page by page, each button with an id of its own", () => {
    const turns = (page: number) =>
      buttonsOf(renderDetails(small, { ...DETAILS, page }, ANA)).filter(({ action }) =>
        DETAILS_PAGE_ACTION.test(action ?? ""),
      );
    const last = pagesOf(small).length - 1;
    const block = `pages:${KEY}`;
    expect(turns(0)).toEqual([{ block, action: "details_page:next", value: "1" }]);
    expect(turns(3)).toEqual([
      { block, action: "details_page:prev", value: "2" },
      { block, action: "details_page:next", value: "4" },
    ]);
    expect(turns(last)).toEqual([{ block, action: "details_page:prev", value: String(last - 1) }]);
  });

  test.each([-1, 1e9, Number.NaN, 2.5])("show the nearest page for page %s", (page) => {
    const last = pagesOf(small).length - 1;
    const view = renderDetails(small, { ...DETAILS, page }, ANA);
    const expected = page === 1e9 ? last : page === 2.5 ? 2 : 0;
    expect(viewText(view)).toContain(`Page ${expected + 1} of ${last + 1}`);
    expect(readDetailsState(view.private_metadata)).toEqual({ ...DETAILS, page: expected, place: PLACE });
  });
});
