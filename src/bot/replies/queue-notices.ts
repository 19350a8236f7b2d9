import type { Person } from "../../domain/review.ts";
import { standing } from "../../domain/review.ts";
import { plural } from "../../slack/format.ts";
import type { ReviewItem } from "../../steps/review-results.ts";
import { candidateName, DECIDED, personName } from "./review-words.ts";

/** Others went on while this person read. */
export function decidedByOthers(candidates: number): readonly string[] {
  if (candidates === 0) return [];
  return [`👥 ${plural(candidates, "candidate was", "candidates were")} decided by others meanwhile.`];
}

/** The candidate that this person was about to decide on has been decided. */
export function skippedMeanwhile(item: ReviewItem, by: Person): string {
  const decision = standing(item.review);
  const name = candidateName(item);
  if (!decision) return `↩ The decision on ${name} was taken back meanwhile: please decide again.`;
  const who = personName(decision.by, by);
  const where = "It can be changed in the thread.";
  return `⏭ ${name} was ${DECIDED[decision.verdict]} by ${who} meanwhile, so it was skipped. ${where}`;
}
