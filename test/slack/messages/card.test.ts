import { describe, expect, test } from "vitest";
import type { Trouble } from "../../../src/domain/run.ts";
import { ACTIONS } from "../../../src/slack/controls.ts";
import { type CardView, renderCard } from "../../../src/slack/messages/card.ts";
import { asText } from "../support/as-text.ts";
import { checkMessage } from "../support/check-message.ts";
import { controlsIn } from "../support/controls-in.ts";
import { CARD, ended, RUN, SPEC, WATCH } from "../support/examples.ts";
import { TALLY } from "../support/reviews.ts";

const UNTIL = Date.parse("2026-10-03T13:30:00Z");
const escaped = (text: string) => text.replace(/[()]/g, "\\$&");
const paused = { ...WATCH, state: "paused" as const, pauseReason: "not_in_channel" };

describe("the card", () => {
  test("of a running run", () => {
    const card = renderCard(CARD);
    checkMessage(card);
    expect(asText(card)).toMatchInlineSnapshot(`
      "# Find all robotics companies founded after 2020 in the portfolio of Acme Ventures
      🔎 Running · 12 of 50 matched
      ▰▰▱▱▱▱▱▱▱▱ 24%
      212 generated · match rate 5.7%
      10 matches in the thread · 2 more matches on the way
      Started 2026-10-03 12:00 UTC · last change 2026-10-03 13:12 UTC · as seen 2026-10-03 13:12 UTC
      Requested by Ana · run \`findall_0123\`
      [Export CSV]"
    `);
    expect(card).toMatchInlineSnapshot(`
      {
        "blocks": [
          {
            "text": {
              "emoji": false,
              "text": "Find all robotics companies founded after 2020 in the portfolio of Acme Ventures",
              "type": "plain_text",
            },
            "type": "header",
          },
          {
            "expand": true,
            "text": {
              "text": "🔎 *Running* · 12 of 50 matched
      ▰▰▱▱▱▱▱▱▱▱ 24%
      212 generated · match rate 5.7%",
              "type": "mrkdwn",
              "verbatim": true,
            },
            "type": "section",
          },
          {
            "elements": [
              {
                "text": "10 matches in the thread · 2 more matches on the way
      Started <!date^1791028800^{ago}|2026-10-03 12:00 UTC> · last change <!date^1791033120^{date_short_pretty} at {time}|2026-10-03 13:12 UTC> · as seen <!date^1791033120^{date_short_pretty} at {time}|2026-10-03 13:12 UTC>
      Requested by Ana · run \`findall_0123\`",
                "type": "mrkdwn",
                "verbatim": true,
              },
            ],
            "type": "context",
          },
          {
            "block_id": "w-1",
            "elements": [
              {
                "action_id": "review_export",
                "text": {
                  "text": "Export CSV",
                  "type": "plain_text",
                },
                "type": "button",
              },
            ],
            "type": "actions",
          },
        ],
        "metadata": {
          "event_payload": {
            "id": "d-card",
            "watch": "w-1",
          },
          "event_type": "findall_card",
        },
        "text": "Find all robotics companies founded after 2020 in the portfolio of Acme Ventures
      🔎 *Running* · 12 of 50 matched
      24% · 212 generated · match rate 5.7%
      10 matches in the thread · 2 more matches on the way
      Started <!date^1791028800^{ago}|2026-10-03 12:00 UTC> · last change <!date^1791033120^{date_short_pretty} at {time}|2026-10-03 13:12 UTC> · as seen <!date^1791033120^{date_short_pretty} at {time}|2026-10-03 13:12 UTC>
      Requested by Ana · run \`findall_0123\`",
      }
    `);
  });

  test("of a run that has ended says why and what to do", () => {
    const run = ended("completed", "low_match_rate");
    const failures = [
      { name: "in_europe_check", failed: 20, judged: 200 },
      { name: "founded_after_2020_check", failed: 180, judged: 200 },
    ];
    expect(asText(renderCard({ ...CARD, run, failures, waiting: 0, posted: 12 }))).toMatchInlineSnapshot(`
      "# Find all robotics companies founded after 2020 in the portfolio of Acme Ventures
      ✅ Completed · 12 of 50 matched
      ▰▰▱▱▱▱▱▱▱▱ 24%
      212 generated · match rate 5.7%
      Too few of the candidates matched, so Parallel stopped looking.
      Next: Most candidates failed founded after 2020 (180 of 200 candidates). Loosen a condition or choose a stronger generator, then start a new run at Parallel and send its id with \`/findall <id>\`.
      12 matches in the thread
      Started 2026-10-03 12:00 UTC · took 1 h 12 min · last change 2026-10-03 13:12 UTC · as seen 2026-10-03 13:12 UTC
      Requested by Ana · run \`findall_0123\`
      [Export CSV]"
    `);
  });

  test("tells how the review stands, and leads to the queue and the export", () => {
    const card = renderCard({ ...CARD, tally: TALLY });
    checkMessage(card);
    const words = "✅ 4 accepted · ❌ 2 rejected · 🤔 1 maybe · 5 to review · by ana, ben";
    expect(asText(card)).toContain(words);
    expect(card.text).toContain(words);
    expect(controlsIn(card)).toMatchObject([
      { block: WATCH.id, buttons: ["Review 5", "Export CSV"], actions: [ACTIONS.queue, ACTIONS.export] },
    ]);
  });

  test("has no button for what cannot be done", () => {
    const buttons = (more: Partial<CardView>) => controlsIn(renderCard({ ...CARD, ...more }))[0]?.buttons;
    expect(buttons({ tally: { ...TALLY, toReview: 0 } })).toEqual(["Export CSV"]);
    expect(buttons({ tally: TALLY, posted: 0 })).toEqual(["Review 5"]);
    expect(buttons({ tally: null, posted: 0 })).toBeUndefined();
  });

  test("never says that nothing matched while matches are in the thread or on the way", () => {
    const run = ended("completed", "timeout", { matched: 0, generated: 0 });
    expect(asText(renderCard({ ...CARD, run, posted: 1, waiting: 0 }))).not.toContain("Nothing matched");
    expect(asText(renderCard({ ...CARD, run, posted: 0, waiting: 1 }))).not.toContain("Nothing matched");
  });

  test.each([
    [null, "2 more matches on the way"],
    [{ kind: "paused" }, "2 more matches wait until the run is resumed"],
    [{ kind: "stopped" }, "2 more matches wait until the run is followed again"],
    [{ kind: "refused" }, "2 more matches wait until Slack takes messages here again"],
    [{ kind: "muted", until: null }, "2 more matches wait for the end of the run (muted)"],
    [{ kind: "muted", until: UNTIL }, "2 more matches wait until 2026-10-03 13:30 UTC (muted)"],
    [{ kind: "quiet", until: UNTIL }, "2 more matches wait until 2026-10-03 13:30 UTC (quiet hours)"],
    [{ kind: "digest", until: UNTIL }, "2 more matches wait for the next digest (2026-10-03 13:30 UTC)"],
    [{ kind: "end" }, "2 more matches wait for the end of the run"],
  ] as const)("says what matches wait for: %j", (wait, words) => {
    const card = renderCard({ ...CARD, wait });
    checkMessage(card);
    expect(asText(card)).toMatch(new RegExp(`10 matches in the thread · ${escaped(words)}$`, "m"));
  });

  test("says of one match that it is held back, and in the export", () => {
    const words = (held: number) => asText(renderCard({ ...CARD, held }));
    expect(words(1)).toContain("1 match held back by the filter here (it is in the export)");
    expect(words(2)).toContain("2 matches held back by the filter here (they are in the export)");
  });

  test("leaves out a duration that cannot be", () => {
    const run = ended("completed", null, { createdAt: "2026-10-03T12:00:00Z", modifiedAt: "2026-10-03T11:00:00Z" });
    expect(asText(renderCard({ ...CARD, run }))).not.toContain("took");
  });

  test("of a stopped watch does not say of a run that has ended that it goes on", () => {
    const stopped = { watch: { ...WATCH, state: "stopped" as const }, stoppedByName: "Ben" };
    const card = renderCard({ ...CARD, ...stopped, run: ended("completed", "match_limit_met") });
    expect(asText(card)).toContain("stopped by Ben.");
    expect(asText(card)).not.toContain("goes on;");
  });

  test("without matches says so", () => {
    const run = ended("completed", "candidates_exhausted", { matched: 0, generated: 31 });
    expect(asText(renderCard({ ...CARD, run, waiting: 0, posted: 0 }))).toMatchInlineSnapshot(`
      "# Find all robotics companies founded after 2020 in the portfolio of Acme Ventures
      ✅ Completed · 0 of 50 matched
      ▱▱▱▱▱▱▱▱▱▱ 0%
      31 generated · match rate 0%
      Nothing matched. There were no more candidates to look at.
      Next: To find any, broaden the objective, then start a new run at Parallel and send its id with \`/findall <id>\`.
      Started 2026-10-03 12:00 UTC · took 1 h 12 min · last change 2026-10-03 13:12 UTC · as seen 2026-10-03 13:12 UTC
      Requested by Ana · run \`findall_0123\`"
    `);
  });

  test("before anything is known of the run", () => {
    const run = {
      ...RUN,
      status: "queued",
      generated: 0,
      matched: 0,
      createdAt: null,
      modifiedAt: null,
      generator: null,
    };
    const card = renderCard({ ...CARD, run, spec: null, changedAt: null, waiting: 0, posted: 0, requesterName: null });
    expect(asText(card)).toMatchInlineSnapshot(`
      "# FindAll run findall_0123
      🕓 Queued · 0 matched
      0 generated
      As seen 2026-10-03 13:12 UTC
      Requested by a teammate · run \`findall_0123\`"
    `);
  });

  test("of a preview run measures candidates, not matches", () => {
    const run = { ...RUN, generator: "preview", generated: 4, matched: 3 };
    expect(asText(renderCard({ ...CARD, run, spec: { ...SPEC, matchLimit: 10 } }))).toContain("3 matched");
    expect(asText(renderCard({ ...CARD, run, spec: { ...SPEC, matchLimit: 10 } }))).toContain("40% of 10 candidates");
  });

  test("shows a status that does not exist yet as it is, and that the run goes on", () => {
    expect(renderCard({ ...CARD, run: { ...RUN, status: "enriching_v2" } }).text).toContain(
      "“enriching_v2” (still active)",
    );
  });

  test("goes by the run's activity where the status says otherwise", () => {
    expect(renderCard({ ...CARD, run: { ...RUN, status: "completed" } }).text).toContain("Completed (still active)");
    expect(renderCard({ ...CARD, run: { ...RUN, isActive: false } }).text).toContain("Running (ended)");
  });

  test("keeps to the old reason in no way while the run is active again", () => {
    const card = renderCard({ ...CARD, run: { ...RUN, terminationReason: "match_limit_met" } });
    expect(card.text).not.toContain("Next:");
  });

  test("does not change with the second it was seen, but with the minute", () => {
    const at = (seconds: number) =>
      renderCard({ ...CARD, seenAt: Date.parse("2026-10-03T13:12:00Z") + seconds * 1000 });
    expect(at(0)).toEqual(at(59));
    expect(at(0)).not.toEqual(at(60));
  });

  test("gives a long objective whole below the headline", () => {
    const objective = `Find ${"very ".repeat(60)}special companies`;
    const card = renderCard({ ...CARD, spec: { ...SPEC, objective } });
    checkMessage(card);
    expect(asText(card)).toContain(objective);
    expect(card.text).toContain(objective);
  });

  test("posted again leads to the first thread", () => {
    const threadLink = "https://acme.slack.com/archives/C1/p1?thread_ts=1.0&cid=C1";
    const card = renderCard({ ...CARD, threadLink });
    checkMessage(card, { urls: [threadLink] });
    expect(asText(card)).toContain("10 matches in the first thread");
  });

  test.each<[Trouble["kind"], string]>([
    ["unreachable", "the app keeps trying"],
    ["unauthorized", "PARALLEL_API_KEY"],
    ["too_large", "MAX_RESULT_BYTES"],
    ["unreadable", "cannot be read"],
    ["not_found", "another account"],
  ])("in trouble (%s) says since when, and who can mend it", (kind, words) => {
    const trouble = { kind, since: Date.parse("2026-10-03T13:05:00Z"), detail: "HTTP 503" };
    const text = asText(renderCard({ ...CARD, trouble }));
    expect(text).toContain(words);
    expect(text).toContain("since 2026-10-03 13:05 UTC (HTTP 503)");
  });

  test.each([
    [
      "stopped",
      { watch: { ...WATCH, state: "stopped" as const }, stoppedByName: "Ben" },
      "stopped by Ben. The run itself goes on",
    ],
    ["paused", { watch: paused, botName: "findall" }, "Type `/invite @findall` in the channel."],
    ["lost", { watch: { ...WATCH, state: "lost" as const } }, "no longer knows this run"],
  ])("of a %s watch says so, in blocks and in text", (_state, part, words) => {
    const card = renderCard({ ...CARD, ...part });
    expect(asText(card)).toContain(words);
    expect(card.text).toContain(words);
  });
});
