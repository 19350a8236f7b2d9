import type { Person, ReviewAct } from "../../domain/review.ts";
import type { ReviewItem, ReviewResult } from "../../steps/review-results.ts";
import { meanwhileWords } from "../replies/decided-meanwhile.ts";
import { nothingToUndoWords } from "../replies/nothing-to-undo.ts";
import { candidateName, DECIDED, wishOf } from "../replies/review-words.ts";

type Acted = Extract<ReviewResult, { item: ReviewItem }>;

/** What a modal that shows the candidate says beside it; null when the candidate itself says everything. */
export function actNotice(result: Acted, act: ReviewAct, by: Person): string | null {
  const verdict = wishOf(act);
  switch (result.kind) {
    case "recorded":
    case "repeated":
      return null;
    case "already":
      return verdict && `You ${DECIDED[verdict]} ${candidateName(result.item)} already. Nothing was changed.`;
    case "conflict":
      return `⚠️ ${meanwhileWords(result.item, act, by)} Click again to change it.`;
    case "nothing_to_undo":
      return nothingToUndoWords(result.item);
  }
}
