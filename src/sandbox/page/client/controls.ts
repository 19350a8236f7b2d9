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
    if (control.dataset.kind === "button") void press(control, event);
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
}

/** A button that leads elsewhere does so once the person has agreed, where it asks. */
async function press(button: HTMLElement, event: Event): Promise<void> {
  const isLink = button instanceof HTMLAnchorElement && button.dataset.confirm !== undefined;
  if (isLink) event.preventDefault();
  if ((await act(button, button, {})) && isLink) open(button.href, "_blank", "noopener");
}

/** Sends what was done with a control; false when the person thought better of it. */
async function act(control: HTMLElement, busy: Element, extra: { readonly chosen?: Held }): Promise<boolean> {
  const { actionId, blockId, value, confirm } = control.dataset;
  if (!actionId || busy.getAttribute("aria-busy") === "true") return false;
  if (confirm && !(await confirmed(confirm))) {
    putBack(control);
    return false;
  }
  const place = surfaceOf(control);
  await postFrom(busy, "click", { user: viewer().user, ...place, actionId, blockId, value, ...extra });
  return true;
}

/** Shows again what was chosen before. */
function putBack(control: HTMLElement): void {
  for (const option of control.querySelectorAll("option")) option.selected = option.defaultSelected;
  for (const box of control.querySelectorAll("input")) box.checked = box.defaultChecked;
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

/** What stands in the controls of a modal or Home tab, by block and action id. */
export function valuesIn(view: Element): Readonly<Record<string, Held>> {
  return Object.fromEntries(
    holdersIn(view).map((control) => [`${control.dataset.blockId}/${control.dataset.actionId}`, heldBy(control)]),
  );
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
