import type { ReviewRefusal } from "../../steps/review-results.ts";
import { code } from "./say.ts";

/** Why something cannot be shown or done. */
export interface Refused {
  /** Finished mrkdwn. */
  readonly refused: string;
  /** For where Slack shows nothing but plain text. */
  readonly plain: string;
}

export function refusedFor(refusal: ReviewRefusal): Refused {
  return { refused: refusalWords(refusal), plain: plainRefusal(refusal) };
}

/** Why a person may not, or cannot now, act on a candidate or a watch; as mrkdwn. */
export function refusalWords(refusal: ReviewRefusal): string {
  if (refusal.kind === "not_member") {
    return `Only people in <#${refusal.channel}> decide there: join the channel, then try again. Nothing was saved.`;
  }
  if (refusal.kind === "expired") {
    return `This is no longer kept: what belongs to a run is let go of some time after its end. Send ${code("/findall <run id>")} in the channel to follow the run anew.`;
  }
  return plainRefusal(refusal);
}

/** The same under a field of a form. */
export function plainRefusal(refusal: ReviewRefusal): string {
  switch (refusal.kind) {
    case "expired":
      return "This is no longer kept, so nothing was saved.";
    case "not_member":
      return "Only people in the candidate’s channel decide there. Join it, then press the button again.";
    case "membership_unknown":
      return "Slack does not tell me whether you are in that channel, so nothing was saved. Please try again in a minute.";
    case "store_unavailable":
      return "I cannot reach my own storage right now. Nothing was saved; please try again in a minute.";
  }
}
