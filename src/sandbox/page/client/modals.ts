/// <reference lib="dom" />
import { type Held, heldBy, holdersIn, valuesIn } from "./controls.ts";
import { viewer } from "./navigate.ts";
import { post, postFrom } from "./post.ts";

/** Opens the dialogs that the server has drawn, the topmost last. */
export function openModals(): void {
  for (const dialog of document.querySelectorAll<HTMLDialogElement>("dialog[data-modal]:not([open])")) {
    dialog.showModal();
    dialog.querySelector<HTMLElement>("[data-focus]")?.focus();
  }
}

/** Submitting and closing of modals. */
export function watchModals(): void {
  document.addEventListener("submit", (event) => {
    const form = (event.target as Element).closest<HTMLFormElement>("[data-view-form]");
    if (!form) return;
    event.preventDefault();
    void submit(form);
  });
  document.addEventListener("click", (event) => {
    const dialog = (event.target as Element).closest("[data-dismiss]")?.closest<HTMLElement>("dialog[data-modal]");
    if (dialog) dismiss(dialog);
  });
  // Escape: the server closes it, and then it goes.
  document.addEventListener(
    "cancel",
    (event) => {
      const dialog = event.target as HTMLElement;
      if (!dialog.dataset.modal) return;
      event.preventDefault();
      dismiss(dialog);
    },
    true,
  );
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    (event.target as Element).closest<HTMLFormElement>("[data-view-form]")?.requestSubmit();
  });
}

function dismiss(dialog: HTMLElement): void {
  void post("dismiss", { user: viewer().user, view: dialog.dataset.modal });
}

async function submit(form: HTMLFormElement): Promise<void> {
  const button = form.querySelector("button[type=submit]");
  const dialog = form.closest<HTMLElement>("dialog[data-modal]");
  if (!button || !dialog || button.getAttribute("aria-busy") === "true") return;
  const missing = holdersIn(form).filter(
    (control) => control.hasAttribute("data-required") && isEmpty(heldBy(control)),
  );
  clearErrors(form);
  if (missing.length > 0) {
    for (const control of missing)
      showError(form, control.dataset.blockId ?? "", "Please complete this required field.");
    missing[0]?.focus();
    return;
  }
  const values = valuesIn(form);
  const outcome = await postFrom(button, "submit", { user: viewer().user, view: dialog.dataset.modal, values });
  const errors = (outcome?.errors ?? {}) as Readonly<Record<string, string>>;
  for (const [blockId, words] of Object.entries(errors)) showError(form, blockId, words);
}

function isEmpty(held: Held): boolean {
  return held === null || held.length === 0;
}

function clearErrors(form: HTMLElement): void {
  for (const place of form.querySelectorAll<HTMLElement>("[data-error-for]")) tell(place, "");
  for (const error of form.querySelectorAll("[data-local]")) error.remove();
  for (const control of form.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
}

function showError(form: HTMLElement, blockId: string, words: string): void {
  const id = CSS.escape(blockId);
  form.querySelector(`[data-action-id][data-block-id="${id}"]`)?.setAttribute("aria-invalid", "true");
  const place = form.querySelector<HTMLElement>(`[data-error-for="${id}"]`);
  if (place) {
    tell(place, words);
    return;
  }
  // An error for a block that has no place for one must not get lost.
  const error = document.createElement("p");
  error.className = "field-error";
  error.setAttribute("role", "alert");
  error.setAttribute("data-local", "");
  error.textContent = words;
  form.querySelector(".modal-body")?.prepend(error);
}

function tell(place: HTMLElement, words: string): void {
  place.textContent = words;
  place.hidden = words === "";
}
