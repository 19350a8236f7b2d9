import type { Json } from "../../fake-slack/model.ts";
import { isObject } from "../../fake-slack/validate/checks.ts";
import { controlData, labelled } from "./control.ts";
import { type AttributeValue, attributes, type Html, html } from "./html.ts";
import { field } from "./json.ts";
import type { Spot } from "./look.ts";
import { textHtml, textString } from "./mrkdwn.ts";
import { notShown } from "./not-shown.ts";
import { richTextHtml } from "./rich-text.ts";

/** A field for text, of one line or more. */
export function plainTextInput(element: Json, spot: Spot): Html {
  const names = {
    ...typed(element, spot, "Text"),
    minlength: field(element, "min_length"),
    maxlength: field(element, "max_length"),
  };
  const value = field(element, "initial_value") ?? "";
  if (element.multiline !== true) return html`<input${attributes({ type: "text", ...names, value })}>`;
  const rows = field(element, "min_lines") ?? "4";
  // A browser drops the first line break of a text area, so one is given to it.
  return html`<textarea${attributes({ ...names, rows })}>${"\n"}${value}</textarea>`;
}

/** A field for an e-mail address. */
export function emailInput(element: Json, spot: Spot): Html {
  const value = field(element, "initial_value");
  return html`<input${attributes({ type: "email", ...typed(element, spot, "E-mail address"), value })}>`;
}

/** A field for an address on the web. */
export function urlInput(element: Json, spot: Spot): Html {
  const value = field(element, "initial_value");
  return html`<input${attributes({ type: "url", ...typed(element, spot, "Address"), value })}>`;
}

/** A field for a number. */
export function numberInput(element: Json, spot: Spot): Html {
  const names = {
    type: "number",
    ...typed(element, spot, "Number"),
    step: element.is_decimal_allowed === true ? "any" : "1",
    min: field(element, "min_value"),
    max: field(element, "max_value"),
    value: field(element, "initial_value"),
  };
  return html`<input${attributes(names)}>`;
}

function typed(element: Json, spot: Spot, ownWords: string): Readonly<Record<string, AttributeValue>> {
  const placeholder = textString(element.placeholder, spot.look);
  return {
    class: "b-field-input",
    ...labelled(spot, placeholder || ownWords),
    ...controlData("input", element, spot),
    placeholder: placeholder || null,
  };
}

/** A day. */
export function datepicker(element: Json, spot: Spot): Html {
  const names = {
    type: "date",
    ...picked("datepicker", element, spot, "Date"),
    value: field(element, "initial_date"),
  };
  return withHint(html`<input${attributes(names)}>`, textHtml(element.placeholder, spot.look));
}

/** A time of day. */
export function timepicker(element: Json, spot: Spot): Html {
  const zone = field(element, "timezone");
  const names = {
    type: "time",
    ...picked("timepicker", element, spot, "Time"),
    value: field(element, "initial_time"),
    "data-timezone": zone,
  };
  const hint = html`${textHtml(element.placeholder, spot.look)}${zone === undefined ? null : ` (${zone})`}`;
  return withHint(html`<input${attributes(names)}>`, hint);
}

/** A day and a time of it. What is written stands in UTC; a client may move it to the zone of its person. */
export function datetimepicker(element: Json, spot: Spot): Html {
  const seconds = element.initial_date_time;
  const date = new Date(typeof seconds === "number" ? seconds * 1000 : Number.NaN);
  const isSet = !Number.isNaN(date.getTime());
  const names = {
    type: "datetime-local",
    ...picked("datetimepicker", element, spot, "Date and time"),
    value: isSet ? date.toISOString().slice(0, 16) : null,
    "data-timestamp": isSet ? String(seconds) : null,
  };
  return withHint(html`<input${attributes(names)}>`, isSet ? html`UTC` : html``);
}

function picked(
  kind: "datepicker" | "timepicker" | "datetimepicker",
  element: Json,
  spot: Spot,
  ownWords: string,
): Readonly<Record<string, AttributeValue>> {
  const placeholder = textString(element.placeholder, spot.look);
  return { class: "b-picker-input", ...labelled(spot, placeholder || ownWords), ...controlData(kind, element, spot) };
}

// These controls have no room for a placeholder.
function withHint(control: Html, hint: Html): Html {
  return html`<span class="b-picker">${hint.markup === "" ? null : html`<span class="b-hint">${hint}</span>`}${control}</span>`;
}

/** Fields that this page cannot fill in: named, with what stands in them. */
export function namedField(element: Json, spot: Spot): Html {
  const initial = isObject(element.initial_value) ? richTextHtml(element.initial_value, spot.look) : null;
  return html`<span class="b-note">${textHtml(element.placeholder, spot.look)}</span>${initial}${notShown("element type", element)}`;
}
