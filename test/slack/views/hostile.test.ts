import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Person } from "../../../src/domain/review.ts";
import { mrkdwn } from "../../../src/slack/text.ts";
import { renderDetails } from "../../../src/slack/views/details.ts";
import { fitView } from "../../../src/slack/views/fit-view.ts";
import type { DetailsItem } from "../../../src/slack/views/item.ts";
import { modal } from "../../../src/slack/views/modal.ts";
import { renderNotice } from "../../../src/slack/views/notice.ts";
import { renderQueue } from "../../../src/slack/views/queue.ts";
import { renderQueueEnd, renderQueueNothing } from "../../../src/slack/views/queue-end.ts";
import { urlsOf } from "../support/check-message.ts";
import { hostileText } from "../support/hostile.ts";
import { checkView, viewText } from "./support/check-view.ts";
import { DETAILS, hostileItem, hostileTally, LINK, person, QUEUE, WATCH_ID } from "./support/examples.ts";

/** Who may be named: everybody with the id of a user. */
const USERS = ["U0ANA", "W0BEN"];
const RUNS = { numRuns: 60 };

function allowedOf(item: DetailsItem) {
  return { mentions: USERS, urls: [LINK, ...urlsOf([item.candidate])] };
}

const own = (item: DetailsItem, who: Person) => ({ ...item, notes: item.notes.map((note) => ({ ...note, by: who })) });

describe("whatever the world sends, a modal is valid, whole, and nothing in it is live but what is ours", () => {
  test("the details, on every page", () => {
    fc.assert(
      fc.property(hostileItem, person, fc.option(hostileText), fc.boolean(), (item, viewer, notice, isOwn) => {
        const shown = isOwn ? own(item, viewer) : item;
        const state = { ...DETAILS, notice: notice === null ? null : mrkdwn(notice, 900) };
        const first = renderDetails(shown, state, viewer);
        checkView(first, allowedOf(item));
        const pages = Number(/Page 1 of (\d+)/.exec(viewText(first))?.[1] ?? 1);
        for (let page = 1; page < pages; page += 1)
          checkView(renderDetails(shown, { ...state, page }, viewer), allowedOf(item));
      }),
      RUNS,
    );
  });

  test("the review queue", () => {
    const view = fc.record({
      item: hostileItem,
      position: fc.oneof(fc.nat(), fc.constant(Number.NaN)),
      total: fc.nat(),
      tally: hostileTally,
      notices: fc.array(
        hostileText.map((text) => mrkdwn(text, 900)),
        { maxLength: 40 },
      ),
      viewer: person,
    });
    fc.assert(
      fc.property(view, (each) => checkView(renderQueue(each, QUEUE), allowedOf(each.item))),
      RUNS,
    );
  });

  test("the end of the queue", () => {
    const view = fc.record({
      watchId: fc.constant(WATCH_ID),
      tally: hostileTally,
      skipped: fc.nat(),
      objective: fc.option(hostileText),
      notices: fc.array(
        hostileText.map((text) => mrkdwn(text, 900)),
        { maxLength: 40 },
      ),
      held: fc.nat(2_000),
    });
    fc.assert(
      fc.property(view, (each) => {
        checkView(renderQueueEnd(each, QUEUE));
        checkView(renderQueueNothing(each, QUEUE));
      }),
      RUNS,
    );
  });
});

describe("a notice", () => {
  test("is a small modal with one text", () => {
    const view = renderNotice("🔒 Only members of <#C0RESEARCH> decide there.");
    expect(viewText(view)).toMatchInlineSnapshot(`
      "== Review ==
      🔒 Only members of #C0RESEARCH decide there.
      [Close]"
    `);
    expect(view.submit).toBeUndefined();
  });

  test.each(["", " ", "x".repeat(10_000)])("is valid whatever it is to say (%#)", (text) =>
    checkView(renderNotice(text)),
  );
});

describe("the guard of all modals", () => {
  const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text, verbatim: true } }) as const;
  const view = (blocks: Parameters<typeof modal>[0]["blocks"]) =>
    fitView(modal({ callbackId: "x", title: "A title that is much too long for Slack", state: "", blocks }));

  test("cuts what is too many or too large, and says so", () => {
    const many = view(Array.from({ length: 150 }, () => section("x")));
    const large = view(Array.from({ length: 90 }, () => section("ü".repeat(2000))));
    for (const each of [many, large]) {
      expect(viewText(each)).toContain("the rest did not fit into this window");
      expect(each.blocks.length).toBeGreaterThan(50);
      expect(each.blocks.length).toBeLessThanOrEqual(100);
      expect(Buffer.byteLength(JSON.stringify(each))).toBeLessThanOrEqual(240_000);
    }
  });

  test("leaves no text empty and none too long", () => {
    checkView(view([section(""), section("x".repeat(5000))]));
  });
});
