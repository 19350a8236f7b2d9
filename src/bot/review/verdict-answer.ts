import type { Message } from "../../domain/message.ts";
import type { Person, ReviewAct } from "../../domain/review.ts";
import type { ReviewItem, ReviewResult } from "../../steps/review-results.ts";
import { alreadyDecided } from "../replies/already-decided.ts";
import { decidedMeanwhile } from "../replies/decided-meanwhile.ts";
import { decisionRecorded } from "../replies/decision-recorded.ts";
import { nothingToUndo } from "../replies/nothing-to-undo.ts";
import { refused } from "../replies/refused.ts";
import { wishOf } from "../replies/review-words.ts";
import type { MessageClick } from "./payload.ts";

type Place = Pick<MessageClick, "channelId" | "messageTs" | "isEphemeral">;

/**
 * What is said to the one who clicked on a message, and to nobody else. Null when the message itself shows the decision:
 * one that is on its way, stands elsewhere, or is theirs alone does not.
 */
export function verdictAnswer(result: ReviewResult, act: ReviewAct, by: Person, place: Place): Message | null {
  switch (result.kind) {
    case "recorded":
    case "repeated":
      return isShownOn(result.item, place) ? null : decisionRecorded(result.item, by);
    case "already":
      return alreadyDecided(result.item, wishOf(act));
    case "conflict":
      return decidedMeanwhile(result.item, act, by);
    case "nothing_to_undo":
      return nothingToUndo(result.item);
    default:
      return refused(result);
  }
}

function isShownOn({ watch, messageLink }: ReviewItem, place: Place): boolean {
  if (place.isEphemeral || place.channelId !== watch.channel || messageLink === null) return false;
  return messageLink.includes(`/p${place.messageTs.replace(".", "")}`);
}
