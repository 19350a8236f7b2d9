import type { Json } from "../../fake-slack/model.ts";
import { isObject } from "../../fake-slack/validate/checks.ts";
import { elementHtml } from "./elements.ts";
import { attributes, type Html, html } from "./html.ts";
import { inside, type Spot } from "./look.ts";
import { textHtml } from "./mrkdwn.ts";

// A group of boxes is named by its legend; what is not shown as a control has nothing to be labelled.
const GROUPS = ["checkboxes", "radio_buttons"];
const NO_CONTROL = ["external_select", "multi_external_select", "rich_text_input", "file_input"];

/** A field to fill in, with its label, its hint and a place for what is wrong with it (`data-error-for`). */
export function inputBlock(block: Json, spot: Spot): Html {
  const own = inside(spot, "input");
  const hintId = `${own.id}-hint`;
  const errorId = `${own.id}-error`;
  const optional = block.optional === true;
  const note = optional ? html` <span class="b-optional">(optional)</span>` : null;
  const label = html`${textHtml(block.label, spot.look)}${note}`;
  const hasHint = block.hint !== undefined && block.hint !== null;
  const field = {
    label,
    describedBy: hasHint ? `${hintId} ${errorId}` : errorId,
    required: !optional,
    dispatch: block.dispatch_action === true,
  };
  const hint = hasHint
    ? html`<div${attributes({ id: hintId, class: "b-hint" })}>${textHtml(block.hint, spot.look)}</div>`
    : null;
  const error = { id: errorId, class: "b-error", role: "alert", "data-error-for": spot.blockId, hidden: true };
  const element = elementHtml(block.element, { ...own, field });
  return html`<div class="b-input">${labelFor(block, own, label)}${element}${hint}<div${attributes(error)}></div></div>`;
}

function labelFor(block: Json, own: Spot, label: Html): Html | null {
  const type = isObject(block.element) && typeof block.element.type === "string" ? block.element.type : "";
  if (GROUPS.includes(type)) return null;
  if (NO_CONTROL.includes(type)) return html`<div class="b-label">${label}</div>`;
  return html`<label${attributes({ class: "b-label", for: own.id })}>${label}</label>`;
}
