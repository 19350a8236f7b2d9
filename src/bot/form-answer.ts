import type { ModalView } from "../slack/views/modal.ts";
import { within } from "../steps/within.ts";
import { FORM_LATE, formFailed } from "./replies/form-words.ts";
import type { Desk } from "./review/desk.ts";

/** What the acknowledgement of a sent form asks Slack for. */
export type FormAnswer =
  | { readonly response_action: "update"; readonly view: ModalView }
  | { readonly response_action: "errors"; readonly errors: Readonly<Record<string, string>> };

/** Slack wants it within three seconds. In ms. */
export const ANSWER_BY = 2_000;

/** Another view in the place of the form. */
export function formUpdate(view: ModalView): FormAnswer {
  return { response_action: "update", view };
}

/** The form stays, with words below its fields. @param errors plain text, by block */
export function formErrors(errors: Readonly<Record<string, string>>): FormAnswer {
  return { response_action: "errors", errors };
}

/**
 * The answer to a sent form, in time. Nothing that was typed is lost: whatever goes wrong is said in words, and the form
 * stays as it is. Never rejects.
 * @param below the answer that says so where this form can
 */
export async function inTime(
  work: () => Promise<FormAnswer>,
  below: (words: string) => FormAnswer,
  desk: Desk,
): Promise<FormAnswer> {
  try {
    const left = Math.max(0, desk.receivedAt + ANSWER_BY - desk.now());
    const answer = await within(Promise.resolve().then(work), left);
    if (answer) return answer;
    desk.onTrouble("form_late", null);
    return below(FORM_LATE);
  } catch (error) {
    const reference = desk.newReference();
    desk.onTrouble("action_failed", error, reference);
    return below(formFailed(reference));
  }
}
