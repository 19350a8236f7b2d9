/**
 * The review of a candidate: what a team's people decided about it. Pure; the store keeps it, the steps order it.
 *
 * A decision belongs to a watch and a candidate, never to a message. Decisions stand on each other: undo takes the last
 * one away, and what was there before stands again.
 */
export type Verdict = "accepted" | "rejected" | "maybe";

export const VERDICTS: readonly Verdict[] = ["accepted", "rejected", "maybe"];

/** A Slack user, with the name that Slack gave with their click. */
export interface Person {
  readonly id: string;
  readonly name: string;
}

export interface Decision {
  readonly verdict: Verdict;
  readonly by: Person;
  /** ms since the epoch */
  readonly at: number;
}

/** One line of a candidate's history. */
export interface ReviewEvent {
  readonly what: Verdict | "undone" | "note_added" | "note_changed" | "note_removed";
  readonly by: Person;
  /** ms since the epoch */
  readonly at: number;
}

export interface Review {
  /** Rises with every decision and undo; buttons carry it, so that a click on what is no longer so is noticed. */
  readonly revision: number;
  /** The last one is in force. */
  readonly decisions: readonly Decision[];
  /** Oldest first; the oldest are let go of when there are very many. */
  readonly events: readonly ReviewEvent[];
  /** Events that were let go of. */
  readonly forgotten: number;
  /** Who has a note on this candidate, by user id. */
  readonly noteBy: readonly string[];
}

export const NEW_REVIEW: Review = { revision: 0, decisions: [], events: [], forgotten: 0, noteBy: [] };

/** A person's note on a candidate. */
export interface Note {
  readonly by: Person;
  readonly text: string;
  /** ms since the epoch */
  readonly at: number;
}

/** Longest note, in characters: what Slack's text input takes (slack-platform 2.3). */
export const NOTE_LENGTH = 3_000;

const MOST_DECISIONS = 50;
const MOST_EVENTS = 200;

/** What a person wants; `seen` is the revision of what they saw when they clicked. */
export type ReviewAct =
  | { readonly kind: "decide"; readonly verdict: Verdict; readonly seen: number }
  | { readonly kind: "undo"; readonly seen: number };

export type ReviewOutcome =
  | { readonly kind: "recorded"; readonly review: Review }
  /** It stands so already, by this very person. */
  | { readonly kind: "already" }
  /** It changed since the person looked: nothing is overruled that they did not see. */
  | { readonly kind: "conflict" }
  | { readonly kind: "nothing_to_undo" };

/** The decision in force; null while the candidate waits for one. */
export function standing(review: Review): Decision | null {
  return review.decisions.at(-1) ?? null;
}

/** What becomes of a review when a person acts on it. The first of two people wins, the second is told. */
export function actOn(review: Review, act: ReviewAct, by: Person, at: number): ReviewOutcome {
  const now = standing(review);
  if (act.kind === "decide" && now?.verdict === act.verdict && now.by.id === by.id) return { kind: "already" };
  if (act.kind === "undo" && !now) return { kind: "nothing_to_undo" };
  if (act.seen !== review.revision) return { kind: "conflict" };
  const decisions =
    act.kind === "undo"
      ? review.decisions.slice(0, -1)
      : [...review.decisions, { verdict: act.verdict, by, at }].slice(-MOST_DECISIONS);
  const what = act.kind === "undo" ? "undone" : act.verdict;
  const next = { ...review, revision: review.revision + 1, decisions };
  return { kind: "recorded", review: withEvent(next, { what, by, at }) };
}

/** The review after a person's note was written, changed or (empty text) removed; the same object when nothing changed. */
export function withNote(review: Review, before: string | null, text: string, by: Person, at: number): Review {
  if ((before ?? "") === text) return review;
  const what = text === "" ? "note_removed" : before ? "note_changed" : "note_added";
  const others = review.noteBy.filter((id) => id !== by.id);
  return withEvent({ ...review, noteBy: text === "" ? others : [...others, by.id] }, { what, by, at });
}

function withEvent(review: Review, event: ReviewEvent): Review {
  const events = [...review.events, event];
  const dropped = Math.max(0, events.length - MOST_EVENTS);
  return { ...review, events: events.slice(dropped), forgotten: review.forgotten + dropped };
}

/** How the review of a watch stands. */
export interface Tally {
  readonly accepted: number;
  readonly rejected: number;
  readonly maybe: number;
  /** Matches without a decision. A withdrawn candidate asks for none. */
  readonly toReview: number;
  /** Whose decisions stand, most decisions first. */
  readonly reviewers: readonly Person[];
}

/** A candidate in its place in the order of match. */
export interface Reviewable {
  readonly id: string;
  readonly isMatched: boolean;
}

export type Reviews = ReadonlyMap<string, Review>;

/** Counts what stands. */
export function tallyOf(candidates: readonly Reviewable[], reviews: Reviews): Tally {
  const counts: Record<Verdict, number> = { accepted: 0, rejected: 0, maybe: 0 };
  const people = new Map<string, { readonly person: Person; readonly decisions: number }>();
  let toReview = 0;
  for (const { id, isMatched } of candidates) {
    const decision = standing(reviews.get(id) ?? NEW_REVIEW);
    if (!decision) {
      if (isMatched) toReview += 1;
      continue;
    }
    counts[decision.verdict] += 1;
    people.set(decision.by.id, { person: decision.by, decisions: (people.get(decision.by.id)?.decisions ?? 0) + 1 });
  }
  const reviewers = [...people.values()].sort((a, b) => b.decisions - a.decisions).map(({ person }) => person);
  return { ...counts, toReview, reviewers };
}

/** Candidates that have a decision. */
export function decidedOf(tally: Tally): number {
  return tally.accepted + tally.rejected + tally.maybe;
}

/** The place (from 0) of the next candidate without a decision, at `from` or after it; null when there is none. */
export function nextToReview(candidates: readonly Reviewable[], reviews: Reviews, from: number): number | null {
  for (let place = Math.max(0, from); place < candidates.length; place += 1) {
    const candidate = candidates[place];
    if (candidate?.isMatched && !standing(reviews.get(candidate.id) ?? NEW_REVIEW)) return place;
  }
  return null;
}

/** What this channel decided about the same entity in another run. */
export interface EarlierVerdict {
  readonly watchId: string;
  readonly runId: string;
  /** What that run looked for. */
  readonly title: string;
  readonly verdict: Verdict;
  readonly by: Person;
  /** ms since the epoch */
  readonly at: number;
  /** The decider's note, or empty. */
  readonly note: string;
}
