import type { Message } from "../../domain/message.ts";
import type { Verdict } from "../../domain/review.ts";
import type { ReviewItem } from "../../steps/review-results.ts";
import { candidateName, DECIDED } from "./review-words.ts";
import { say } from "./say.ts";

/** The person had decided just so before. */
export function alreadyDecided(item: ReviewItem, verdict: Verdict | null): Message {
  const what = verdict === null ? "did that with" : DECIDED[verdict];
  return say(`You ${what} ${candidateName(item)} already. Nothing was changed.`);
}
