import type { Message } from "../../domain/message.ts";
import type { Refused } from "./refusal-words.ts";
import { code, say } from "./say.ts";

/** A run that this channel does not follow cannot be reviewed here, and has nothing to export. */
export function notFollowedHere(runId: string): Message {
  return say(notFollowed(runId).refused);
}

export function notFollowed(runId: string): Refused {
  const plain = "This channel does not follow that run, so there is nothing to review here.";
  const here = `This channel does not follow ${code(runId)}, so there is nothing to review or export here.`;
  return { refused: `${here} ${code(`/findall ${runId}`)} follows it.`, plain };
}
