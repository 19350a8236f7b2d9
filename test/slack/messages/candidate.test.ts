import { describe, expect, test } from "vitest";
import { renderCandidate } from "../../../src/slack/messages/candidate.ts";
import { asText } from "../support/as-text.ts";
import { checkMessage, urlsOf } from "../support/check-message.ts";
import { CANDIDATE } from "../support/examples.ts";
import { review } from "../support/reviews.ts";

const VIEW = {
  entryId: "d-1",
  watchId: "w-1",
  candidate: CANDIDATE,
  withdrawn: false,
  maybeRepeated: false,
  review: review(),
};

describe("a candidate", () => {
  test("shows its evidence", () => {
    const message = renderCandidate(VIEW);
    checkMessage(message, { urls: urlsOf([CANDIDATE]) });
    expect(asText(message)).toMatchInlineSnapshot(`
      "Tern Robotics (www.ternrobotics.example) · ternrobotics.example
      Builds general purpose warehouse humanoids
      ✓ met · portfolio: Led the Series B round
      > Announcements name the fund. · high confidence · example.org, news.example
      ✗ not met · founded after 2020: 2019
      > Two profiles give 2019. · low confidence · example.org
      ? not stated · in europe: yes
      ceo name: Ada Example: medium confidence · ternrobotics.example
      employees: 120
      [Accept] [Reject] [Maybe] [More] [Open (www.ternrobotics.example)]"
    `);
    expect(message).toMatchInlineSnapshot(`
      {
        "blocks": [
          {
            "expand": true,
            "text": {
              "text": "*<https://www.ternrobotics.example/|Tern Robotics>* · ternrobotics.example
      Builds general purpose warehouse humanoids",
              "type": "mrkdwn",
              "verbatim": true,
            },
            "type": "section",
          },
          {
            "expand": true,
            "text": {
              "text": "✓ met · *portfolio*: Led the Series B round
      > Announcements name the fund. · high confidence · <https://example.org/p|example.org>, <https://news.example/a?b=1&amp;c=2|news.example>
      ✗ not met · *founded after 2020*: 2019
      > Two profiles give 2019. · low confidence · <https://example.org/q|example.org>
      ? not stated · *in europe*: yes",
              "type": "mrkdwn",
              "verbatim": true,
            },
            "type": "section",
          },
          {
            "fields": [
              {
                "text": "*ceo name*
      Ada Example
      medium confidence · <https://ternrobotics.example/team|ternrobotics.example>",
                "type": "mrkdwn",
                "verbatim": true,
              },
              {
                "text": "*employees*
      120",
                "type": "mrkdwn",
                "verbatim": true,
              },
            ],
            "type": "section",
          },
          {
            "block_id": "d-246d43a24bef04fcc2c49681e0882747",
            "elements": [
              {
                "accessibility_label": "Accept Tern Robotics",
                "action_id": "review_accepted",
                "text": {
                  "text": "Accept",
                  "type": "plain_text",
                },
                "type": "button",
                "value": "0",
              },
              {
                "accessibility_label": "Reject Tern Robotics",
                "action_id": "review_rejected",
                "text": {
                  "text": "Reject",
                  "type": "plain_text",
                },
                "type": "button",
                "value": "0",
              },
              {
                "accessibility_label": "Maybe: Tern Robotics",
                "action_id": "review_maybe",
                "text": {
                  "text": "Maybe",
                  "type": "plain_text",
                },
                "type": "button",
                "value": "0",
              },
              {
                "accessibility_label": "More about Tern Robotics",
                "action_id": "review_more",
                "text": {
                  "text": "More",
                  "type": "plain_text",
                },
                "type": "button",
              },
              {
                "accessibility_label": "Open Tern Robotics",
                "action_id": "open_link",
                "text": {
                  "text": "Open",
                  "type": "plain_text",
                },
                "type": "button",
                "url": "https://www.ternrobotics.example/",
              },
            ],
            "type": "actions",
          },
        ],
        "metadata": {
          "event_payload": {
            "candidates": "d-246d43a24bef04fcc2c49681e0882747",
            "id": "d-1",
            "watch": "w-1",
          },
          "event_type": "findall_candidates",
        },
        "text": "Match: *<https://www.ternrobotics.example/|Tern Robotics>* · ternrobotics.⁠example
      Builds general purpose warehouse humanoids
      ✓ met · *portfolio*: Led the Series B round
      > Announcements name the fund. · high confidence · <https://example.org/p|example.org>, <https://news.example/a?b=1&amp;c=2|news.example>
      ✗ not met · *founded after 2020*: 2019
      > Two profiles give 2019. · low confidence · <https://example.org/q|example.org>
      ? not stated · *in europe*: yes
      ceo name: Ada Example
      employees: 120",
      }
    `);
  });

  test("that was withdrawn says so first, and keeps its evidence", () => {
    const candidate = { ...CANDIDATE, matchStatus: "unmatched" };
    const message = renderCandidate({ ...VIEW, candidate, withdrawn: true });
    expect(asText(message)).toMatch(/^↩ No longer a match: Parallel now reports this candidate as unmatched\./);
    expect(message.text).toMatch(/^↩ \*No longer a match\*/);
    expect(asText(message)).toContain("Led the Series B round");
  });

  test("that may be there twice says so", () => {
    expect(asText(renderCandidate({ ...VIEW, maybeRepeated: true }))).toContain("may be in Slack twice");
  });

  test("without a name, a URL or evidence is still a message", () => {
    const candidate = { ...CANDIDATE, name: "\u200b", url: "", description: "", conditions: [], enrichments: [] };
    const message = renderCandidate({ ...VIEW, candidate });
    checkMessage(message);
    expect(asText(message)).toContain("(no name)");
  });

  test("with 200 output keys shows as many as fit and counts the rest", () => {
    const condition = { value: "yes", isMatched: true, basis: CANDIDATE.conditions[0]?.basis ?? null };
    const conditions = Array.from({ length: 120 }, (_, i) => ({ ...condition, name: `condition_${i}_check` }));
    const enrichments = Array.from({ length: 80 }, (_, i) => ({
      name: `field_${i}`,
      value: "x".repeat(50),
      basis: null,
    }));
    const candidate = { ...CANDIDATE, conditions, enrichments };
    const message = renderCandidate({ ...VIEW, candidate });
    checkMessage(message, { urls: urlsOf([candidate]) });
    const text = asText(message);
    expect(text).toContain("condition 0");
    expect(text).toMatch(/… and \d+ more conditions \(\d+ met\)/);
    expect(text).toContain("field 0");
    expect(text).toContain("… and 60 more fields");
  });

  test("with texts of 10,000 characters is cut with an ellipsis, each text on its own", () => {
    const long = "word ".repeat(2000);
    const basis = { reasoning: long, confidence: "high", citations: [] };
    const conditions = [{ name: long, value: long, isMatched: true, basis }];
    const candidate = { ...CANDIDATE, name: long, description: long, conditions, enrichments: [] };
    const message = renderCandidate({ ...VIEW, candidate });
    checkMessage(message, { urls: urlsOf([candidate]) });
    expect(JSON.stringify(message.blocks).match(/…/g)?.length).toBeGreaterThanOrEqual(5);
  });
});
