import type { Message } from "../../domain/message.ts";
import type { ReviewItem } from "../../steps/review-results.ts";
import { candidateName, capitalized, seeMessage } from "./review-words.ts";
import { say } from "./say.ts";

/** There is no decision to take back. */
export function nothingToUndo(item: ReviewItem): Message {
  return say(nothingToUndoWords(item) + seeMessage(item));
}

export function nothingToUndoWords(item: ReviewItem): string {
  return `${capitalized(candidateName(item))} has no decision that could be undone: it waits for one.`;
}
