import fc from "fast-check";
import type { Candidate } from "../../../../src/domain/candidate.ts";
import {
  type EarlierVerdict,
  NEW_REVIEW,
  type Note,
  type Person,
  type Review,
  type ReviewEvent,
  type Tally,
} from "../../../../src/domain/review.ts";
import type { DetailsState } from "../../../../src/slack/views/details-state.ts";
import type { DetailsItem } from "../../../../src/slack/views/item.ts";
import type { QueueState } from "../../../../src/slack/views/queue-state.ts";
import { CANDIDATE } from "../../support/examples.ts";
import { hostileCandidate, hostileText } from "../../support/hostile.ts";

export const KEY = `d-${"0a".repeat(16)}`;
export const WATCH_ID = `w-${"1b".repeat(16)}`;
export const ANA: Person = { id: "U0ANA", name: "ana" };
export const BEN: Person = { id: "U0BEN", name: "ben" };
export const NOON = Date.parse("2026-10-03T12:04:00Z");
export const LINK = "https://acme.slack.com/archives/C0RESEARCH/p1";
export const PLACE = {
  responseUrl: "https://hooks.slack.com/actions/T1/2/x",
  channelId: "C0RESEARCH",
  messageTs: "1790000000.000100",
  at: NOON,
};

export const DETAILS: DetailsState = { key: KEY, page: 0, place: PLACE, notice: null };
export const QUEUE: QueueState = { watchId: WATCH_ID, from: 11, left: 5, skipped: 0, key: KEY };
export const TALLY: Tally = { accepted: 4, rejected: 2, maybe: 1, toReview: 5, reviewers: [ANA, BEN] };
export const ITEM: DetailsItem = {
  key: KEY,
  candidate: CANDIDATE,
  withdrawn: false,
  review: NEW_REVIEW,
  notes: [],
  earlier: null,
  messageLink: LINK,
};

export const ACCEPTED: Review = {
  revision: 3,
  decisions: [{ verdict: "accepted", by: ANA, at: NOON }],
  events: [
    { what: "maybe", by: BEN, at: NOON - 120_000 },
    { what: "undone", by: BEN, at: NOON - 60_000 },
    { what: "accepted", by: ANA, at: NOON },
    { what: "note_added", by: ANA, at: NOON + 1 },
  ],
  forgotten: 2,
  noteBy: [ANA.id],
};

/** `prefix0 prefix1 …`: a text in which it shows when a word is missing. */
export function words(prefix: string, count: number): string {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}`).join(" ");
}

const time = fc.oneof(fc.constantFrom(0, NOON, Number.NaN, 1e300), fc.double());

export const person: fc.Arbitrary<Person> = fc.record({
  id: fc.oneof(fc.constantFrom("U0ANA", "W0BEN"), hostileText),
  name: hostileText,
});

const verdict = fc.constantFrom("accepted" as const, "rejected" as const, "maybe" as const);
const event: fc.Arbitrary<ReviewEvent> = fc.record({
  what: fc.constantFrom("accepted", "rejected", "maybe", "undone", "note_added", "note_changed", "note_removed"),
  by: person,
  at: time,
});

const review: fc.Arbitrary<Review> = fc.record({
  revision: fc.nat(),
  decisions: fc.array(fc.record({ verdict, by: person, at: time }), { maxLength: 3 }),
  events: fc.array(event, { maxLength: 200 }),
  forgotten: fc.nat(5),
  noteBy: fc.constant([]),
});

const earlier: fc.Arbitrary<EarlierVerdict> = fc.record({
  watchId: fc.constant(WATCH_ID),
  runId: hostileText,
  title: hostileText,
  verdict,
  by: person,
  at: time,
  note: hostileText,
});

const note: fc.Arbitrary<Note> = fc.record({ by: person, text: hostileText, at: time });

/** Citations with excerpts, which `hostileCandidate` leaves out. */
const candidate: fc.Arbitrary<Candidate> = fc
  .tuple(hostileCandidate(8), fc.array(hostileText, { maxLength: 3 }))
  .map(([made, excerpts]) => ({
    ...made,
    conditions: made.conditions.map((condition) => ({
      ...condition,
      basis: condition.basis && {
        ...condition.basis,
        citations: condition.basis.citations.map((citation) => ({ ...citation, excerpts })),
      },
    })),
  }));

/** An item in which everybody who wrote something meant harm. */
export const hostileItem: fc.Arbitrary<DetailsItem> = fc.record({
  key: fc.constant(KEY),
  candidate,
  withdrawn: fc.boolean(),
  review,
  notes: fc.array(note, { maxLength: 12 }),
  earlier: fc.option(earlier),
  messageLink: fc.option(fc.constant(LINK)),
});

export const hostileTally: fc.Arbitrary<Tally> = fc.record({
  accepted: fc.nat(),
  rejected: fc.nat(),
  maybe: fc.nat(),
  toReview: fc.nat(),
  reviewers: fc.array(person, { maxLength: 30 }),
});
