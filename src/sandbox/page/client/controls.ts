/// <reference lib="dom" />
import { confirmed } from "./confirming.ts";
import { viewer } from "./navigate.ts";
import { postFrom } from "./post.ts";

/** What a control holds: nothing, one value, or several. */
export type Held = string | readonly string[] | null;

/** Makes the app's own controls work: a person's click goes where Slack would send it. */
export function watchControls(): void {
  document.addEventListener("click", (event) => {
    const control = (event.target as Element).closest<HTMLElement>("[data-kind]");
    if (!control) return;
    if (control.dataset.kind === "button") void act(control, control, {});
    const option = (event.target as Element).closest<HTMLElement>("[data-option-value]");
    if (control.dataset.kind !== "overflow" || !option) return;
    control.removeAttribute("open");
    void act(control, option, { chosen: option.dataset.optionValue });
  });
  document.addEventListener("change", (event) => {
    const control = (event.target as Element).closest<HTMLElement>("[data-kind]");
    if (!control || control.dataset.kind === "input") return;
    if (control.hasAttribute("data-input") && !control.hasAttribute("data-dispatch")) return;
    void act(control, control, { chosen: heldBy(control) ?? "" });
  });
  document.addEventListener("keydown", (event) => {
    const field = event.target as HTMLInputElement;
    if (event.key !== "Enter" || event.isComposing || field.dataset?.kind !== "input") return;
    if (!field.dataset.dispatch?.includes("on_enter_pressed")) return;
    event.preventDefault();
    void act(field, field, { chosen: field.value });
  });
  // A click elsewhere, or Escape, folds menus.
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.b-overflow[open]")) {
      if (!menu.contains(event.target as Node)) menu.removeAttribute("open");
    }
  });
}

async function act(control: HTMLElement, busy: Element, extra: { readonly chosen?: Held }): Promise<void> {
  const { actionId, blockId, value, confirm } = control.dataset;
  if (!actionId || busy.getAttribute("aria-busy") === "true") return;
  if (confirm && !(await confirmed(confirm))) return;
  const place = surfaceOf(control);
  await postFrom(busy, "click", { user: viewer().user, ...place, actionId, blockId, value, ...extra });
}

/** The message or view that a control is on. */
function surfaceOf(control: Element): object {
  const view = control.closest<HTMLElement>("[data-view]");
  if (view) return { view: view.dataset.view, values: valuesIn(view) };
  const ephemeral = control.closest<HTMLElement>("[data-ephemeral]")?.dataset.ephemeral;
  if (ephemeral) return { ephemeral };
  const { channel, ts } = control.closest<HTMLElement>("[data-message]")?.dataset ?? {};
  return { channel, ts };
}

/** Every control of a modal or Home tab that holds something. */
export function holdersIn(view: Element): readonly HTMLElement[] {
  const all = [...view.querySelectorAll<HTMLElement>("[data-action-id][data-kind]")];
  return all.filter(({ dataset }) => dataset.kind !== "button" && dataset.kind !== "overflow");
}

/** What stands in the controls of a modal or Home tab, by action id. */
export function valuesIn(view: Element): Readonly<Record<string, Held>> {
  return Object.fromEntries(holdersIn(view).map((control) => [control.dataset.actionId ?? "", heldBy(control)]));
}

/** What is chosen or typed in a control now. */
export function heldBy(control: HTMLElement): Held {
  switch (control.dataset.kind) {
    case "multi_select":
      return [...(control as HTMLSelectElement).selectedOptions].map((option) => option.value);
    case "checkboxes":
      return [...control.querySelectorAll<HTMLInputElement>("input:checked")].map((box) => box.value);
    case "radio":
      return control.querySelector<HTMLInputElement>("input:checked")?.value ?? null;
    case "datetimepicker": {
      const { value } = control as HTMLInputElement;
      // Drawn in UTC, so read as UTC.
      return value ? String(Date.parse(`${value}Z`) / 1_000) : null;
    }
    default: {
      const { value, defaultValue } = control as HTMLInputElement;
      // Nothing where something stood before was taken out by hand, and is not the same as left alone.
      return value || (defaultValue ? "" : null);
    }
  }
}
