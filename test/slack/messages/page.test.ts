import { describe, expect, test } from "vitest";
import { renderPage } from "../../../src/slack/messages/page.ts";
import { asText } from "../support/as-text.ts";
import { checkMessage, urlsOf } from "../support/check-message.ts";
import { CANDIDATE } from "../support/examples.ts";
import { review } from "../support/reviews.ts";

const page = (count: number, compact: boolean) => ({
  entryId: "d-1",
  watchId: "w-1",
  items: Array.from({ length: count }, (_, i) => ({
    candidate: { ...CANDIDATE, name: `Company ${i + 1}` },
    withdrawn: false,
    review: review({ key: `d-${i}` }),
  })),
  compact,
  maybeRepeated: false,
});

describe("a page", () => {
  test("shows each candidate with its evidence", () => {
    const message = renderPage(page(2, false));
    checkMessage(message, { urls: urlsOf([CANDIDATE]) });
    expect(asText(message)).toMatchInlineSnapshot(`
      "2 matches
      Company 1 (www.ternrobotics.example) · ternrobotics.example
      Builds general purpose warehouse humanoids
      ✓ met · portfolio: Led the Series B round
      > Announcements name the fund. · high confidence · example.org, news.example
      ✗ not met · founded after 2020: 2019
      > Two profiles give 2019. · low confidence · example.org
      ? not stated · in europe: yes
      ceo name: Ada Example · employees: 120
      [Accept] [Reject] [Maybe] [More]
      Company 2 (www.ternrobotics.example) · ternrobotics.example
      Builds general purpose warehouse humanoids
      ✓ met · portfolio: Led the Series B round
      > Announcements name the fund. · high confidence · example.org, news.example
      ✗ not met · founded after 2020: 2019
      > Two profiles give 2019. · low confidence · example.org
      ? not stated · in europe: yes
      ceo name: Ada Example · employees: 120
      [Accept] [Reject] [Maybe] [More]"
    `);
  });

  test("in compact form gives each candidate three lines", () => {
    const message = renderPage(page(2, true));
    checkMessage(message, { urls: urlsOf([CANDIDATE]) });
    expect(asText(message)).toMatchInlineSnapshot(`
      "2 matches
      Company 1 (www.ternrobotics.example) · ternrobotics.example
      Builds general purpose warehouse humanoids
      ✓ met: portfolio (Led the Series B round) · ✗ not met: founded after 2020 (2019) · ? not stated: in europe (yes) · example.org, news.example, example.org
      [Review]
      Company 2 (www.ternrobotics.example) · ternrobotics.example
      Builds general purpose warehouse humanoids
      ✓ met: portfolio (Led the Series B round) · ✗ not met: founded after 2020 (2019) · ? not stated: in europe (yes) · example.org, news.example, example.org
      [Review]"
    `);
    expect(message.text).toMatchInlineSnapshot(`
      "2 matches:
      Match: *<https://www.ternrobotics.example/|Company 1>* · ternrobotics.⁠example
      Builds general purpose warehouse humanoids
      ✓ met · *portfolio*: Led the Series B round
      > Announcements name the fund. · high confidence · <https://example.org/p|example.org>, <https://news.example/a?b=1&amp;c=2|news.example>
      ✗ not met · *founded after 2020*: 2019
      > Two profiles give 2019. · low confidence · <https://example.org/q|example.org>
      ? not stated · *in europe*: yes
      ceo name: Ada Example
      employees: 120
      Match: *<https://www.ternrobotics.example/|Company 2>* · ternrobotics.⁠example
      Builds general purpose warehouse humanoids
      ✓ met · *portfolio*: Led the Series B round
      > Announcements name the fund. · high confidence · <https://example.org/p|example.org>, <https://news.example/a?b=1&amp;c=2|news.example>
      ✗ not met · *founded after 2020*: 2019
      > Two profiles give 2019. · low confidence · <https://example.org/q|example.org>
      ? not stated · *in europe*: yes
      ceo name: Ada Example
      employees: 120"
    `);
  });

  test.each([
    [10, false, 2],
    [20, true, 1],
  ])("of %i candidates (compact: %s) names each and stays far from 50 blocks", (count, compact, blocksEach) => {
    const { blocks, text } = renderPage(page(count, compact));
    expect(blocks).toHaveLength(1 + count * blocksEach);
    for (let i = 1; i <= count; i++) {
      expect(JSON.stringify(blocks)).toContain(`Company ${i}`);
      expect(text).toContain(`Company ${i}`);
    }
  });

  test("one long candidate does not shorten the others", () => {
    const view = page(10, false);
    const long = { ...CANDIDATE, description: "long ".repeat(2000), enrichments: [] };
    const items = [{ candidate: long, withdrawn: false, review: review() }, ...view.items.slice(0, 3)];
    expect(asText(renderPage({ ...view, items }))).toContain(
      "Announcements name the fund. · high confidence · example.org",
    );
  });

  test("marks what was withdrawn", () => {
    const withdrawn = { candidate: { ...CANDIDATE, matchStatus: "unmatched" }, withdrawn: true, review: review() };
    const items = [withdrawn, ...page(2, false).items];
    expect(asText(renderPage({ ...page(3, false), items })).match(/No longer a match/g)).toHaveLength(1);
  });
});
