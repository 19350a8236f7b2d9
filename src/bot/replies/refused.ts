import type { Message } from "../../domain/message.ts";
import type { ReviewRefusal } from "../../steps/review-results.ts";
import { refusalWords } from "./refusal-words.ts";
import { say } from "./say.ts";

/** A click or command on a review was refused. */
export function refused(refusal: ReviewRefusal): Message {
  return say(refusalWords(refusal));
}
