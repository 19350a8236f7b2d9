import type { Message } from "../../domain/message.ts";
import type { Person } from "../../domain/review.ts";
import type { ReviewItem } from "../../steps/review-results.ts";
import { seeMessage, standsWords } from "./review-words.ts";
import { say } from "./say.ts";

/** A decision was stored, and the message that was clicked does not show it. */
export function decisionRecorded(item: ReviewItem, by: Person): Message {
  return say(`✔️ Done: ${standsWords(item, by)}.${seeMessage(item)}`);
}
