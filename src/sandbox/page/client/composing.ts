/// <reference lib="dom" />

import { chooseHint, hideHints, moveHint, showHints } from "./hints.ts";
import { viewer } from "./navigate.ts";
import { post } from "./post.ts";

/** What was typed and not sent, by composer: going elsewhere loses nothing. */
const drafts = new Map<string, string>();

/** Makes the fields work in which one writes. */
export function watchComposers(): void {
  document.addEventListener("submit", (event) => {
    const form = (event.target as Element).closest<HTMLFormElement>("[data-composer]");
    if (!form) return;
    event.preventDefault();
    void send(form);
  });
  document.addEventListener("input", (event) => {
    const field = fieldOf(event.target);
    if (!field) return;
    drafts.set(placeOf(field), field.value);
    showHints(field);
  });
  document.addEventListener("keydown", (event) => {
    const field = fieldOf(event.target);
    if (field && !event.isComposing) onKey(event, field);
  });
  document.addEventListener("mousedown", (event) => {
    const hint = (event.target as Element).closest<HTMLElement>("[data-command]");
    const field = document.querySelector<HTMLTextAreaElement>("#composer");
    if (!hint || !field) return;
    event.preventDefault();
    chooseHint(field, hint);
  });
  document.addEventListener("focusout", (event) => {
    if (fieldOf(event.target)) hideHints();
  });
}

/** Puts back what was being written where one is now. */
export function restoreDrafts(): void {
  for (const field of document.querySelectorAll<HTMLTextAreaElement>("[data-composer] textarea")) {
    if (field.value === "") field.value = drafts.get(placeOf(field)) ?? "";
  }
}

function onKey(event: KeyboardEvent, field: HTMLTextAreaElement): void {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (moveHint(field, event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
  } else if (event.key === "Escape") {
    hideHints();
  } else if (event.key === "Tab" && !event.shiftKey) {
    if (chooseHint(field)) event.preventDefault();
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    if (chooseHint(field)) return;
    field.form?.requestSubmit();
  }
}

async function send(form: HTMLFormElement): Promise<void> {
  const field = form.querySelector("textarea");
  const text = field?.value ?? "";
  if (!field || text.trim() === "") return;
  const { user, channel } = viewer();
  // Gone from the field at once, as in Slack; back again when it could not be sent.
  field.value = "";
  drafts.delete(placeOf(field));
  hideHints();
  const outcome = await post("send", { user, channel, thread: form.dataset.thread, text });
  if (!outcome && field.value === "") field.value = text;
}

function fieldOf(target: EventTarget | null): HTMLTextAreaElement | null {
  return target instanceof HTMLTextAreaElement && target.closest("[data-composer]") ? target : null;
}

function placeOf(field: Element): string {
  return field.closest<HTMLElement>("[data-key]")?.dataset.key ?? "";
}
