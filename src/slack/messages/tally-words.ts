import { decidedOf, type Person, type Tally } from "../../domain/review.ts";
import { dotted } from "../blocks.ts";
import { count } from "../format.ts";
import { bare } from "../text.ts";
import { personName } from "./review-words.ts";

const NAMED = 5;
const NAME = 40;

/**
 * `*Review:* ✅ 4 accepted · ❌ 2 rejected · 5 to review · by ana, ben`. Empty when there is nothing to review. Harmless in
 * blocks and in top-level text.
 */
export function tallyWords(tally: Tally | null): string {
  if (tally === null || decidedOf(tally) + tally.toReview === 0) return "";
  const left = tally.toReview > 0 ? `${count(tally.toReview)} to review` : "all reviewed";
  return `*Review:* ${dotted([verdictCounts(tally), left, byWords(tally.reviewers)])}`;
}

/** `✅ 4 accepted · ❌ 2 rejected`; what nobody chose is not counted. */
export function verdictCounts(tally: Tally): string {
  return dotted([
    tally.accepted > 0 ? `✅ ${count(tally.accepted)} accepted` : null,
    tally.rejected > 0 ? `❌ ${count(tally.rejected)} rejected` : null,
    tally.maybe > 0 ? `🤔 ${count(tally.maybe)} maybe` : null,
  ]);
}

/** `by ana, ben and 3 more`; empty when nobody decided. */
export function byWords(reviewers: readonly Person[]): string {
  if (reviewers.length === 0) return "";
  const named = reviewers.slice(0, NAMED).map((person) => personName(person, NAME, bare));
  const more = reviewers.length - named.length;
  return `by ${named.join(", ")}${more > 0 ? ` and ${count(more)} more` : ""}`;
}
