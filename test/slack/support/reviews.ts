import type { Candidate } from "../../../src/domain/candidate.ts";
import { entryIdOf } from "../../../src/domain/ids.ts";
import {
  actOn,
  type EarlierVerdict,
  NEW_REVIEW,
  type Person,
  type Review,
  type Tally,
  type Verdict,
} from "../../../src/domain/review.ts";
import type { ReviewView } from "../../../src/slack/messages/review-view.ts";

export const ANA: Person = { id: "U0ANA", name: "ana" };
export const BEN: Person = { id: "U0BEN", name: "ben" };
/** 2026-10-03 14:05 UTC */
export const NOON = Date.parse("2026-10-03T14:05:00Z");

/** The review of a candidate that nobody has looked at. */
export function review(more: Partial<ReviewView> = {}): ReviewView {
  return { key: keyOf("candidate_1"), review: NEW_REVIEW, earlier: null, folded: false, ...more };
}

/** The block id of a candidate of watch `w-1`. */
export function keyOf(candidateId: string): string {
  return entryIdOf("w-1", "candidate", candidateId);
}

/** A review in which these decisions were made, one after another. */
export function decided(by: Person, ...verdicts: readonly Verdict[]): Review {
  return verdicts.reduce<Review>((before, verdict) => {
    const outcome = actOn(before, { kind: "decide", verdict, seen: before.revision }, by, NOON);
    if (outcome.kind !== "recorded") throw new Error(`not recorded: ${outcome.kind}`);
    return outcome.review;
  }, NEW_REVIEW);
}

export const EARLIER: EarlierVerdict = {
  watchId: "w-0",
  runId: "findall_old",
  title: "Find robotics companies in Spain",
  verdict: "rejected",
  by: BEN,
  at: Date.parse("2026-09-01T09:00:00Z"),
  note: "Sells software only",
};

export const TALLY: Tally = { accepted: 4, rejected: 2, maybe: 1, toReview: 5, reviewers: [ANA, BEN] };

/** As much as there can be of everything. */
export const LONGEST = {
  person: { id: "U0LONG", name: "Wolfeschlegelsteinhausenbergerdorff ".repeat(3) },
  earlier: {
    ...EARLIER,
    runId: `findall_${"0123456789abcdef".repeat(2)}`,
    title: "Find all the companies that ".repeat(100),
    by: { id: "U0LONG", name: "Wolfeschlegelsteinhausenbergerdorff ".repeat(3) },
    note: 'said "no" \\ '.repeat(250),
  },
} as const;

/** A candidate with names, notes and 200 conditions of the greatest length. */
export function longestCandidate(id: string): Candidate {
  const long = `${id} ${'long "word" '.repeat(300)}`;
  const url = `https://${"sub.".repeat(15)}acme.example/${"path/".repeat(350)}`;
  const basis = { reasoning: long, confidence: "high", citations: [{ url, title: long, excerpts: [long] }] };
  const conditions = Array.from({ length: 200 }, (_, i) => ({
    name: `${long}_${i}`,
    value: long,
    isMatched: true,
    basis,
  }));
  const enrichments = Array.from({ length: 50 }, (_, i) => ({ name: `${long}_${i}`, value: long, basis }));
  return { id, name: long, url, description: long, matchStatus: "unmatched_in_the_end", conditions, enrichments };
}

/** The longest review there can be of it; a revision that took 9,999 clicks. */
export function longestReview(candidateId: string, kind: "undecided" | "decided" | "folded"): ReviewView {
  const noteBy = Array.from({ length: 100 }, (_, i) => `U${i}`);
  const decisions = kind === "decided" ? decided(LONGEST.person, "accepted").decisions : [];
  return {
    key: keyOf(candidateId),
    review: { ...NEW_REVIEW, revision: 9_999, decisions, noteBy },
    earlier: LONGEST.earlier,
    folded: kind === "folded",
  };
}
