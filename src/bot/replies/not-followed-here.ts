import type { Message } from "../../domain/message.ts";
import type { Refused } from "./refusal-words.ts";
import { code, say } from "./say.ts";

/** A run that this channel does not follow cannot be reviewed here, and has nothing to export. */
export function notFollowedHere(runId: string, meant: string | null = null): Message {
  return say(notFollowed(runId, meant).refused);
}

/** @param meant what to type for the run that was probably meant */
export function notFollowed(runId: string, meant: string | null = null): Refused {
  const plain = "This channel does not follow that run, so there is nothing to review here.";
  const here = `This channel does not follow ${code(runId)}, so there is nothing to review or export here.`;
  const guess = meant === null ? "" : ` Did you mean ${code(meant)}?`;
  return { refused: `${here}${guess} ${code(`/findall ${runId}`)} follows it.`, plain };
}
