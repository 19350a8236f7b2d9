import { type Decision, type Person, type ReviewAct, standing, type Verdict } from "../../domain/review.ts";
import { DATE, slackDate } from "../../slack/format.ts";
import type { ReviewItem } from "../../steps/review-results.ts";
import { foreign, linked } from "./say.ts";

const NAME_LENGTH = 100;

/** "ben accepted it": what a verdict is called in a sentence. */
export const DECIDED: Readonly<Record<Verdict, string>> = {
  accepted: "accepted",
  rejected: "rejected",
  maybe: "put on maybe",
};

/** What a button says that decides so. */
export const VERDICT_LABEL: Readonly<Record<Verdict, string>> = {
  accepted: "Accept",
  rejected: "Reject",
  maybe: "Maybe",
};

/** The candidate in a sentence. */
export function candidateName({ candidate }: ReviewItem): string {
  const name = foreign(candidate.name, NAME_LENGTH);
  return name ? `*${name}*` : "this candidate";
}

/** A person in a sentence; by name, since a mention notifies. */
export function personName(person: Person, viewer: Person): string {
  return person.id === viewer.id ? "you" : foreign(person.name, NAME_LENGTH) || "a teammate";
}

/** When a decision was made, in the reader's own time. */
export function whenDecided({ at }: Pick<Decision, "at">): string {
  return slackDate(at, DATE.at);
}

/** How a candidate stands: "*Acme* is accepted (by ben, today at 12:04)". */
export function standsWords(item: ReviewItem, viewer: Person): string {
  const decision = standing(item.review);
  if (!decision) return `${candidateName(item)} waits for a decision`;
  const by = `by ${personName(decision.by, viewer)}, ${whenDecided(decision)}`;
  return `${candidateName(item)} is ${DECIDED[decision.verdict]} (${by})`;
}

/** Where the candidate is to be seen; nothing when its message is not there yet. */
export function seeMessage(item: ReviewItem): string {
  const reference = linked(item.messageLink, "See it in the thread");
  return reference ? ` ${reference}.` : "";
}

/** The verdict an act asks for; null for an undo. */
export function wishOf(act: ReviewAct): Verdict | null {
  return act.kind === "decide" ? act.verdict : null;
}

/** A sentence's beginning. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
