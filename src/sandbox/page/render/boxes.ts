import type { Json } from "../../fake-slack/model.ts";
import { isObject } from "../../fake-slack/validate/checks.ts";
import { controlData } from "./control.ts";
import { attributes, type Html, html } from "./html.ts";
import { field, listOf } from "./json.ts";
import type { Spot } from "./look.ts";
import { textHtml } from "./mrkdwn.ts";
import { notShown } from "./not-shown.ts";

/** Boxes to tick, any number of them. */
export function checkboxes(element: Json, spot: Spot): Html {
  return group("checkboxes", "checkbox", listOf(element.initial_options), element, spot);
}

/** Boxes of which one is ticked. */
export function radioButtons(element: Json, spot: Spot): Html {
  return group("radio", "radio", listOf(element.initial_option), element, spot);
}

function group(
  kind: "checkboxes" | "radio",
  type: "checkbox" | "radio",
  initial: readonly unknown[],
  element: Json,
  spot: Spot,
): Html {
  const ticked = new Set(initial.map((option) => (isObject(option) ? field(option, "value") : undefined)));
  const names = {
    id: spot.id,
    class: "b-boxes",
    ...controlData(kind, element, spot),
    disabled: !spot.look.interactive,
    "aria-describedby": spot.field?.describedBy,
  };
  const boxes = listOf(element.options).map((option) => {
    if (!isObject(option)) return notShown("option", option);
    const value = field(option, "value") ?? "";
    return box(option, { type, name: spot.id, value, checked: ticked.has(value) }, spot);
  });
  const label = spot.field?.label ?? (kind === "radio" ? "Choose one" : "Choose any");
  const legend = html`<legend${attributes({ class: spot.field ? "b-label" : "b-aloud" })}>${label}</legend>`;
  return html`<fieldset${attributes(names)}>${legend}${boxes}</fieldset>`;
}

function box(option: Json, input: Readonly<Record<string, string | boolean>>, { look }: Spot): Html {
  const description = option.description
    ? html`<span class="b-description">${textHtml(option.description, look)}</span>`
    : null;
  const words = html`<span class="b-box-words">${textHtml(option.text, look)}${description}</span>`;
  return html`<label class="b-box"><input${attributes(input)}>${words}</label>`;
}
