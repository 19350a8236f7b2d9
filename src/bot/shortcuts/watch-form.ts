import { WATCH_FIELDS, renderWatchNotice } from "../../slack/views/watch-form.ts";
import type { StartWatchResult } from "../../steps/results.ts";
import { parseCommand } from "../parse-command.ts";
import { type FormAnswer, formErrors, formUpdate } from "../form-answer.ts";
import { readFormValues } from "../form-values.ts";
import { formFailed } from "../replies/form-words.ts";
import type { Desk } from "../review/desk.ts";
import type { Submission } from "../review/payload.ts";
import { within } from "../../steps/within.ts";
import { route } from "../routes.ts";

const CHANNEL = /^[CGD][A-Z0-9]{1,30}$/;
/** From here on the window says that it takes longer, and is changed when the answer is there. In ms since it was sent. */
const WINDOW_BY = 1_800;
const WORKING = "⏳ Still asking about that run. This window says so as soon as I know; you may close it.";

/** The answer that the acknowledgement carries, and what is done after it. */
export interface WatchFormAnswer {
  readonly now: Promise<FormAnswer>;
  /** Never rejects. */
  readonly later: Promise<void>;
}

/** What concerns the whole form stands below the run. @param words plain text */
export function watchBelow(words: string): FormAnswer {
  return formErrors({ [WATCH_FIELDS.id]: words });
}

/** Follows the run that was asked for, in that channel and for that person, who must be in it. */
export function answerWatchForm(form: Submission, desk: Desk, botUserId: string): WatchFormAnswer {
  const work = follow(form, desk, botUserId);
  let isLate = false;
  const soon = within(work, Math.max(0, desk.receivedAt + WINDOW_BY - desk.now())).then((answer) => {
    isLate = answer === null;
    return answer ?? formUpdate(renderWatchNotice(WORKING));
  });
  return { now: soon, later: soon.then(() => (isLate ? showLater(work, form, desk) : undefined)).catch(() => {}) };
}
