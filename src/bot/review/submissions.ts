import { VIEWS } from "../../slack/controls.ts";
import { renderDetails } from "../../slack/views/details.ts";
import { readDetailsState } from "../../slack/views/details-state.ts";
import { renderNotice } from "../../slack/views/notice.ts";
import { readQueueState } from "../../slack/views/queue-state.ts";
import type { NoteResult } from "../../steps/review-results.ts";
import { type FormAnswer, formErrors, formUpdate, inTime } from "../form-answer.ts";
import { FORGED_WORDS } from "../replies/forged-click.ts";
import { NOTE_REMOVED, NOTE_SAVED, NOTE_TOO_LONG, NOTE_UNCHANGED } from "../replies/form-words.ts";
import { plainRefusal } from "../replies/refusal-words.ts";
import type { Desk } from "./desk.ts";
import { isTooLong, type Submission } from "./payload.ts";
import { queuePage } from "./queue-page.ts";

/** The answer to a sent form of a review. Never rejects. */
export function answerForm(form: Submission, desk: Desk): Promise<FormAnswer> {
  return inTime(
    () => sent(form, desk),
    (words) => below(form, words),
    desk,
  );
}

async function sent(form: Submission, desk: Desk): Promise<FormAnswer> {
  if (isTooLong(form.view.note?.text ?? "")) return below(form, NOTE_TOO_LONG);
  if (form.view.callbackId === VIEWS.details) return saveNote(form, desk);
  return skip(form, desk);
}

async function saveNote(form: Submission, desk: Desk): Promise<FormAnswer> {
  const state = readDetailsState(form.view.state);
  if (state === null || form.view.note === null) return forged(desk);
  const { text } = form.view.note;
  const result = await desk.actions.saveNote(state.key, text, form.by);
  if (!("item" in result)) return below(form, plainRefusal(result));
  return formUpdate(renderDetails(result.item, { ...state, notice: savedWords(result, text) }, form.by));
}

function savedWords({ kind }: NoteResult, text: string): string {
  if (kind === "unchanged") return NOTE_UNCHANGED;
  return text === "" ? NOTE_REMOVED : NOTE_SAVED;
}

/** What was typed is kept, and the candidate waits for another time. */
async function skip(form: Submission, desk: Desk): Promise<FormAnswer> {
  const state = readQueueState(form.view.state);
  if (state === null || state.key === null) return forged(desk);
  const note = form.view.note?.text ?? "";
  const saved = note.trim() === "" ? null : await desk.actions.saveNote(state.key, note, form.by);
  if (saved && !("item" in saved)) return below(form, plainRefusal(saved));
  const { watchId, from, left, skipped } = state;
  const page = await queuePage(desk.actions, { watchId, by: form.by }, { from: from + 1, left, skipped: skipped + 1 });
  return "refused" in page ? below(form, page.plain) : formUpdate(page.view);
}

function forged(desk: Desk): FormAnswer {
  desk.onTrouble("forged", null);
  return formUpdate(renderNotice(FORGED_WORDS));
}

/** Slack shows an error only below a field. */
function below(form: Submission, words: string): FormAnswer {
  const { note } = form.view;
  return note === null ? formUpdate(renderNotice(words)) : formErrors({ [note.blockId]: words });
}
