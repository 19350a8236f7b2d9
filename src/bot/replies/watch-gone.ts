import type { Message } from "../../domain/message.ts";
import type { Refused } from "./refusal-words.ts";
import { code, say } from "./say.ts";

/** The button belongs to a watch that is kept no longer. */
export function watchGone(): Message {
  return say(WATCH_GONE.refused);
}

const GONE = "The run behind this button is no longer followed here, and what was known of it is gone.";

export const WATCH_GONE: Refused = {
  refused: `${GONE} ${code("/findall <run id>")} follows a run anew.`,
  plain: GONE,
};
