import { VIEWS } from "../../slack/controls.ts";
import { renderDetails } from "../../slack/views/details.ts";
import { readDetailsState } from "../../slack/views/details-state.ts";
import type { ModalView } from "../../slack/views/modal.ts";
import { renderNotice } from "../../slack/views/notice.ts";
import { readQueueState } from "../../slack/views/queue-state.ts";
import type { NoteResult } from "../../steps/review-results.ts";
import { within } from "../../steps/within.ts";
import { FORGED_WORDS } from "../replies/forged-click.ts";
import {
  FORM_LATE,
  formFailed,
  NOTE_REMOVED,
  NOTE_SAVED,
  NOTE_TOO_LONG,
  NOTE_UNCHANGED,
} from "../replies/form-words.ts";
import { plainRefusal } from "../replies/refusal-words.ts";
import type { Desk } from "./desk.ts";
import { isTooLong, type Submission } from "./payload.ts";
import { queuePage } from "./queue-page.ts";

/** What the acknowledgement of a sent form asks Slack for. */
export type FormAnswer =
  | { readonly response_action: "update"; readonly view: ModalView }
  | { readonly response_action: "errors"; readonly errors: Readonly<Record<string, string>> };

/** Slack wants it within three seconds. In ms. */
const ANSWER_BY = 2_000;

/**
 * The answer to a sent form, in time. Nothing that was typed is lost: whatever goes wrong is said below the field, and the
 * form stays as it is. Never rejects.
 */
export async function answerForm(form: Submission, desk: Desk): Promise<FormAnswer> {
  try {
    const left = Math.max(0, desk.receivedAt + ANSWER_BY - desk.now());
    const answer = await within(
      Promise.resolve().then(() => sent(form, desk)),
      left,
    );
    if (answer) return answer;
    desk.onTrouble("form_late", null);
    return below(form, FORM_LATE);
  } catch (error) {
    const reference = desk.newReference();
    desk.onTrouble("action_failed", error, reference);
    return below(form, formFailed(reference));
  }
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
  return update(renderDetails(result.item, { ...state, notice: savedWords(result, text) }, form.by));
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
  return "refused" in page ? below(form, page.plain) : update(page.view);
}

function forged(desk: Desk): FormAnswer {
  desk.onTrouble("forged", null);
  return update(renderNotice(FORGED_WORDS));
}

/** Slack shows an error only below a field. */
function below(form: Submission, words: string): FormAnswer {
  const { note } = form.view;
  return note === null ? update(renderNotice(words)) : { response_action: "errors", errors: { [note.blockId]: words } };
}

function update(view: ModalView): FormAnswer {
  return { response_action: "update", view };
}
