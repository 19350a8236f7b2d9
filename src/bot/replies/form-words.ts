/** A note that nobody could have typed into the form. */
export const NOTE_TOO_LONG = "A note has at most 3,000 characters. Please make it shorter; nothing was saved.";

/** A form is answered within three seconds; this one was not ready. */
export const FORM_LATE =
  "This takes longer than it should. What you typed is still here: please press the button again in a moment.";

/** Something unexpected, under a field of a form. */
export function formFailed(reference: string): string {
  return `Sorry, something went wrong on my side. Please try again; if it goes on, tell whoever runs this app: reference ${reference}.`;
}

export const NOTE_SAVED = "✔️ Your note is saved.";
export const NOTE_REMOVED = "✔️ Your note is removed.";
export const NOTE_UNCHANGED = "Your note is as it was: nothing was changed.";
