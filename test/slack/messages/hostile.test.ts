import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NEW_REVIEW, type Person, type Tally, VERDICTS } from "../../../src/domain/review.ts";
import type { Run, RunSpec, Trouble } from "../../../src/domain/run.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../../src/domain/settings.ts";
import type { Wait } from "../../../src/domain/waiting.ts";
import type { Watch, WatchState } from "../../../src/domain/watch.ts";
import { toPlainMessage } from "../../../src/slack/fit.ts";
import { BUDGET } from "../../../src/slack/limits.ts";
import { checkUrl } from "../../../src/slack/links.ts";
import { renderCandidate } from "../../../src/slack/messages/candidate.ts";
import { renderCard } from "../../../src/slack/messages/card.ts";
import { renderCompletion } from "../../../src/slack/messages/completion.ts";
import { renderLostNote, renderPausedNote, renderReviewedNote } from "../../../src/slack/messages/note.ts";
import { renderPage } from "../../../src/slack/messages/page.ts";
import type { ReviewView } from "../../../src/slack/messages/review-view.ts";
import { checkMessage, urlsOf } from "../support/check-message.ts";
import { controlsIn } from "../support/controls-in.ts";
import { CARD, RUN, WATCH } from "../support/examples.ts";
import { hostileCandidate, hostileText } from "../support/hostile.ts";
import { keyOf } from "../support/reviews.ts";

const IDS = { entryId: "d-1", watchId: "w-1" };
const count = fc.oneof(fc.nat(), fc.constantFrom(0, Number.NaN, Number.POSITIVE_INFINITY, -1, 1e21));
const time = fc.oneof(fc.constantFrom(0, Date.now(), Number.NaN, 1e300), fc.double());

const run: fc.Arbitrary<Run> = fc.record({
  id: hostileText,
  status: fc.oneof(fc.constantFrom("running", "completed", "failed", "constructor", "__proto__"), hostileText),
  isActive: fc.boolean(),
  terminationReason: fc.option(fc.oneof(fc.constantFrom("low_match_rate", "toString"), hostileText)),
  generated: count,
  matched: count,
  generator: fc.option(fc.oneof(fc.constant("preview"), hostileText)),
  createdAt: fc.option(fc.oneof(fc.constant(RUN.createdAt ?? ""), hostileText)),
  modifiedAt: fc.option(hostileText),
});

const spec: fc.Arbitrary<RunSpec | null> = fc.option(
  fc.record({
    objective: hostileText,
    entityType: hostileText,
    matchConditions: fc.constant([]),
    matchLimit: fc.option(count),
  }),
);

const watch: fc.Arbitrary<Watch> = fc
  .record({
    runId: hostileText,
    channel: hostileText,
    requester: fc.oneof(fc.constant("U0ANA"), hostileText),
    state: fc.constantFrom<WatchState>("active", "resting", "stopped", "paused", "lost"),
    pauseReason: fc.option(fc.oneof(fc.constantFrom("not_in_channel", "toString"), hostileText)),
  })
  .map((part) => ({ ...WATCH, ...part }));

const trouble: fc.Arbitrary<Trouble | null> = fc.option(
  fc.record({
    kind: fc.constantFrom<Trouble["kind"]>("unreachable", "unauthorized", "too_large", "unreadable", "not_found"),
    since: time,
    detail: hostileText,
  }),
);

const person: fc.Arbitrary<Person> = fc.record({ id: hostileText, name: hostileText });

const tally: fc.Arbitrary<Tally | null> = fc.option(
  fc.record({
    accepted: count,
    rejected: count,
    maybe: count,
    toReview: count,
    reviewers: fc.array(person, { maxLength: 12 }),
  }),
);

const verdict = fc.constantFrom(...VERDICTS);

/** Keys are ours; all else may be anything. */
const review: fc.Arbitrary<Omit<ReviewView, "key">> = fc.record({
  review: fc
    .record({
      revision: fc.nat(9999),
      decisions: fc.array(fc.record({ verdict, by: person, at: time }), { maxLength: 2 }),
      noteBy: fc.array(hostileText, { maxLength: 3 }),
    })
    .map((part) => ({ ...NEW_REVIEW, ...part })),
  earlier: fc.option(
    fc.record({
      watchId: hostileText,
      runId: hostileText,
      title: hostileText,
      verdict,
      by: person,
      at: time,
      note: hostileText,
    }),
  ),
  folded: fc.boolean(),
});

const failures = fc.array(fc.record({ name: hostileText, failed: count, judged: count }), { maxLength: 4 });
const name = fc.option(hostileText);

/** What people type into the settings is as foreign as what comes from the web. */
const anySettings = fc.record({
  ...Object.fromEntries(Object.entries(DEFAULT_SETTINGS).map(([name, value]) => [name, fc.constant(value)])),
  condition: fc.record({ name: hostileText, contains: fc.option(hostileText) }),
  excludedDomains: fc.array(hostileText, { maxLength: 5 }),
  timeZone: hostileText,
  quiet: fc.constant({ from: "22:00", to: "07:00" }),
}) as unknown as fc.Arbitrary<Settings>;

describe("whatever the world sends, a message is valid and nothing in it is live but what is ours", () => {
  test("the card mentions nobody", () => {
    const view = fc.record({
      entryId: fc.constant("d-1"),
      watch,
      run,
      spec,
      trouble,
      seenAt: time,
      changedAt: fc.option(time),
      waiting: count,
      wait: fc.constantFrom<Wait | null>(null, { kind: "digest", until: 1_764_000_000_000 }, { kind: "paused" }),
      posted: count,
      failures,
      threadLink: fc.option(fc.oneof(fc.constant("https://acme.slack.com/archives/C1/p1"), hostileText)),
      requesterName: name,
      stoppedByName: name,
      botName: name,
      tally,
      settings: anySettings,
      held: fc.nat(2_000),
    });
    fc.assert(
      fc.property(view, (each) => {
        const urls = [checkUrl(each.threadLink ?? "")?.href ?? ""];
        checkMessage(renderCard(each), { urls });
        checkMessage(toPlainMessage(renderCard(each)), { urls });
      }),
    );
  });

  test("a card that names the bot, however long its name", () => {
    const watch: Watch = { ...WATCH, state: "paused", pauseReason: "not_in_channel" };
    for (const botName of ["www.evil.example".repeat(400), "\u{1D41F}".repeat(4_000)]) {
      const card = renderCard({ ...CARD, watch, botName });
      checkMessage(card, { urls: [] });
      checkMessage(toPlainMessage(card), { urls: [] });
    }
  });

  test("a candidate links to its own addresses, and can always be decided", () => {
    fc.assert(
      fc.property(hostileCandidate(8), fc.boolean(), fc.boolean(), review, (candidate, withdrawn, repeated, about) => {
        const view = { ...about, key: keyOf("1") };
        const message = renderCandidate({ ...IDS, candidate, withdrawn, maybeRepeated: repeated, review: view });
        checkMessage(message, { urls: urlsOf([candidate]) });
        expect(controlsIn(message)).toMatchObject([{ block: view.key }]);
      }),
    );
  });

  test.each([
    { compact: false, most: BUDGET.pageItems },
    { compact: true, most: BUDGET.compactPageItems },
  ])("a page of up to $most candidates (compact: $compact)", ({ compact, most }) => {
    const items = fc.array(fc.record({ candidate: hostileCandidate(4), withdrawn: fc.boolean(), review }), {
      minLength: 1,
      maxLength: most,
    });
    fc.assert(
      fc.property(items, fc.boolean(), (each, maybeRepeated) => {
        const urls = urlsOf(each.map((item) => item.candidate));
        const keyed = each.map((item, i) => ({ ...item, review: { ...item.review, key: keyOf(`${i}`) } }));
        const message = renderPage({ ...IDS, items: keyed, compact, maybeRepeated });
        checkMessage(message, { urls });
        expect(new Set(controlsIn(message).map(({ block }) => block))).toEqual(
          new Set(keyed.map((item) => item.review.key)),
        );
      }),
      { numRuns: 60 },
    );
  });

  test("the completion alert mentions the requester alone", () => {
    const view = fc.record({
      entryId: fc.constant("d-1"),
      watch,
      run,
      spec,
      failures,
      durationMs: fc.option(count),
      posted: count,
      again: fc.boolean(),
      maybeRepeated: fc.boolean(),
      tally,
      settings: anySettings,
      held: fc.nat(2_000),
    });
    fc.assert(fc.property(view, (each) => checkMessage(renderCompletion(each), { mentions: ["U0ANA"] })));
  });

  test("notes mention nobody", () => {
    fc.assert(
      fc.property(watch, hostileText, name, name, (each, reason, objective, botName) => {
        const about = { entryId: "d-1", watch: { ...each, channel: WATCH.channel }, objective };
        checkMessage(renderPausedNote({ ...about, reason, botName, needed: reason }), { mentions: [WATCH.channel] });
        checkMessage(renderLostNote({ ...about, posted: 3 }));
        const reviewers = [{ id: reason, name: reason }];
        const tally = { accepted: 3, rejected: 0, maybe: 1, toReview: 0, reviewers };
        checkMessage(renderReviewedNote({ ...about, tally }));
      }),
    );
  });
});
