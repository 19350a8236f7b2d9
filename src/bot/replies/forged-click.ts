import type { Message } from "../../domain/message.ts";
import { say } from "./say.ts";

/** A button with a value that we never gave it. */
export function forgedClick(): Message {
  return say(FORGED_WORDS);
}

export const FORGED_WORDS =
  "I do not recognise this button, so I did nothing. Please use the buttons on the newest message of the candidate.";
